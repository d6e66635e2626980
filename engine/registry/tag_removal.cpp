#include "engine/registry/tag_removal.h"

#include "engine/image/manifest.h"
#include "engine/registry/receivers.h"

namespace escale {
namespace {

class TagRemoval {
public:
    TagRemoval(const std::function<Exchange()>& exchange, const std::string& registry,
               const std::string& repository)
        : m_exchange(exchange)
        , m_registry(registry)
        , m_repository(repository) {}

    Result<void> run(const std::string& tag,
                     const std::function<Result<std::vector<std::string>>()>& allTags);

private:
    enum class Answer : std::uint8_t { Removed, NotThis }; // NotThis: the registry removes no such thing
    Result<Answer> remove(const std::string& reference);
    Result<Digest> digestOf(const std::string& tag);
    [[nodiscard]] RegistryRequest request(const std::string& method, const std::string& reference) const;

    const std::function<Exchange()>& m_exchange;
    const std::string& m_registry;
    const std::string& m_repository;
};

RegistryRequest TagRemoval::request(const std::string& method, const std::string& reference) const {
    RegistryRequest request;
    request.method = method;
    request.target = "/v2/" + m_repository + "/manifests/" + reference;
    request.what =
        "the removal of " + m_repository + (reference.find(':') == std::string::npos ? ":" : "@") + reference;
    request.accept = manifestAccept();
    // As Docker's registry names it; Docker Hub and others count removal as a push.
    request.scope = "repository:" + m_repository + ":delete,pull,push";
    return request;
}

Result<TagRemoval::Answer> TagRemoval::remove(const std::string& reference) {
    HeadReceiver receiver;
    Exchange exchange = m_exchange();
    while (true) {
        TRY_ASSIGN(RegistryAttempt attempt, exchange.attempt(request("DELETE", reference), receiver));
        if (attempt.head)
            return Answer::Removed;
        if (attempt.status == 400 || attempt.status == 405 || attempt.status == 501)
            return Answer::NotThis;
        if (attempt.status == 403 || attempt.status == 404)
            return fail(std::move(attempt.error));
        if (attempt.status != 0 && attempt.status < 500)
            return fail(std::move(attempt.error));
        TRY(exchange.waitBeforeNext(std::move(attempt.error), attempt.retryAfter));
    }
}

Result<Digest> TagRemoval::digestOf(const std::string& tag) {
    HeadReceiver receiver;
    TRY_ASSIGN(const HttpHead head, m_exchange().run(request("HEAD", tag), receiver));
    auto digest = Digest::parse(head.header("docker-content-digest"));
    if (!digest)
        return fail(ErrorCode::Unsupported, m_registry + " does not say which manifest " + m_repository +
                                                ":" + tag + " is, and removes no tags");
    return digest;
}

Result<void> TagRemoval::run(const std::string& tag,
                             const std::function<Result<std::vector<std::string>>()>& allTags) {
    TRY_ASSIGN(const Digest digest, digestOf(tag));
    TRY_ASSIGN(const Answer byTag, remove(tag));
    if (byTag == Answer::Removed)
        return {};
    // It removes manifests, with all their tags: those of others must not go along.
    TRY_ASSIGN(const auto tags, allTags());
    std::string others;
    for (const std::string& other : tags) {
        if (other == tag)
            continue;
        const auto its = digestOf(other);
        if (!its && its.error().code != ErrorCode::NotFound)
            return fail(its.error());
        if (its && *its == digest)
            others += (others.empty() ? "" : ", ") + other;
    }
    if (!others.empty())
        return fail(ErrorCode::InUse,
                    m_registry + " removes an image with all its tags, and " + m_repository + ":" + tag +
                        " has others, too: " + others,
                    "push something else under one of these tags first");
    TRY_ASSIGN(const Answer byDigest, remove(digest.toString()));
    if (byDigest == Answer::Removed)
        return {};
    return fail(
        ErrorCode::Unsupported, m_registry + " does not allow tags to be removed",
        "whoever runs it can allow it (docker-registry: storage.delete.enabled); some registries do it on "
        "their web site only");
}

} // namespace

Result<void> removeTag(const std::function<Exchange()>& exchange, const std::string& registry,
                       const std::string& repository, const std::string& tag,
                       const std::function<Result<std::vector<std::string>>()>& allTags) {
    return TagRemoval(exchange, registry, repository).run(tag, allTags);
}

} // namespace escale
