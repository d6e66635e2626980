// POST /images/create of an image in a registry.
#include "engine/image/platform.h"
#include "engine/image/reference.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/registry_auth.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"
#include "helper/docker-api/images/registry_way.h"
#include "helper/docker-api/images/transfer_progress.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::size_t kMostTags = 1000; // of "all tags"
constexpr int kTagsAtOnce = 100;

/// In the words that clients look for.
Error pullError(Error error, const Reference& reference) {
    switch (error.code) {
    case ErrorCode::NotFound:
        error.message =
            "manifest for " + reference.familiar() + " not found: manifest unknown: " + error.message;
        return error;
    case ErrorCode::AuthenticationNeeded:
    case ErrorCode::PermissionDenied: {
        Reference name = reference;
        name.tag.clear();
        name.digest.reset();
        return {ErrorCode::NotFound,
                "pull access denied for " + name.familiar() +
                    ", repository does not exist or may require 'docker login': denied: " + error.message,
                {},
                {}};
    }
    default:
        return error;
    }
}

/// One client's pull, of one tag or of several.
class Pull {
public:
    Pull(Exchange& exchange, const Bus& bus, QVariantMap options)
        : m_exchange(exchange)
        , m_bus(bus)
        , m_options(std::move(options)) {}

    /// With nothing answered yet when it fails early.
    Result<void> bring(const Reference& reference);

private:
    Result<void> begin(const Reference& reference);
    Exchange& m_exchange;
    const Bus& m_bus;
    QVariantMap m_options;
};

Result<void> Pull::begin(const Reference& reference) {
    if (!m_exchange.hasAnswered())
        TRY(m_exchange.beginStream(200, "application/json"));
    // As dockerd: without the host.
    return m_exchange.writeLine(
        Json()
            .set("status", "Pulling from " + reference.repository)
            .set("id", reference.digest ? reference.digest->toString() : reference.tag));
}

Result<void> Pull::bring(const Reference& reference) {
    TRY_ASSIGN(const auto before, knownImages(m_bus));
    const auto had = findImage(before, reference.toString());
    TRY_ASSIGN(const auto job,
               m_bus.ask<QDBusObjectPath>(Face::Images, "Pull", toQString(reference.toString()), m_options));
    TransferProgress progress(TransferProgress::Kind::Pull);
    bool hasBegun = false;
    auto digest = m_bus.finish(job, m_exchange, [&](const dbus::JobStatus& status) -> Result<void> {
        if (!hasBegun && !status.steps.isEmpty()) {
            hasBegun = true;
            TRY(begin(reference));
        }
        const auto lines = progress.take(status.steps);
        for (const Json& line : lines)
            TRY(m_exchange.writeLine(line));
        return {};
    });
    if (!digest)
        return fail(pullError(std::move(digest).error(), reference));
    if (!hasBegun)
        TRY(begin(reference));
    const bool isOld = had && had->image.id == digest->toStdString();
    TRY(m_exchange.writeLine(Json().set("status", "Digest: " + digest->toStdString())));
    return m_exchange.writeLine(Json().set(
        "status", (isOld ? "Status: Image is up to date for " : "Status: Downloaded newer image for ") +
                      reference.familiar()));
}

Result<std::vector<std::string>> allTags(const Reference& reference,
                                         const std::optional<Credentials>& account) {
    TRY_ASSIGN(auto options, registryOptions(reference.registry, account));
    TRY_ASSIGN(const auto client, RegistryClient::create(reference.registry, std::move(options)));
    const Cancellation never;
    std::vector<std::string> tags;
    std::string last;
    do {
        auto page = client->tags(reference.repository, last, kTagsAtOnce, never);
        if (!page)
            return fail(pullError(std::move(page).error(), reference));
        tags.insert(tags.end(), page->names.begin(), page->names.end());
        last = page->last;
    } while (!last.empty() && tags.size() <= kMostTags);
    if (tags.size() > kMostTags)
        return fail(ErrorCode::Unsupported,
                    reference.name() + " has more than " + std::to_string(kMostTags) + " tags",
                    "Name the one that you want.");
    if (tags.empty())
        return fail(ErrorCode::NotFound, "repository " + reference.name() + " not found: it has no tags");
    return tags;
}

Result<std::vector<Reference>> wantedReferences(const Query& query,
                                                const std::optional<Credentials>& account) {
    const std::string image = query.text("fromImage");
    const std::string tag = query.text("tag");
    const auto parsed = [](const std::string& text) -> Result<Reference> {
        auto reference = Reference::parse(text);
        if (!reference)
            return fail(reference.error().code, "invalid reference format: " + reference.error().message,
                        reference.error().hint);
        return reference;
    };
    if (!isNameOnly(image) && tag.empty()) {
        TRY_ASSIGN(const Reference whole, parsed(image));
        return std::vector{whole};
    }
    if (!tag.empty()) { // it counts more than a tag in the name
        TRY_ASSIGN(const Reference name, parsed(image));
        TRY_ASSIGN(const Reference whole,
                   parsed(name.name() + (tag.find(':') == std::string::npos ? ":" : "@") + tag));
        return std::vector{whole};
    }
    TRY_ASSIGN(const Reference name, parsed(image));
    TRY_ASSIGN(const auto tags, allTags(name, account));
    std::vector<Reference> all;
    for (const std::string& each : tags) {
        TRY_ASSIGN(Reference reference, parsed(name.name() + ":" + each));
        all.push_back(std::move(reference));
    }
    return all;
}

} // namespace

Result<void> pullImage(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto account, readRegistryAuth(exchange.request().header("x-registry-auth")));
    QVariantMap options;
    addAccount(options, account);
    addProxy(options);
    if (const std::string platform = exchange.query().text("platform"); !platform.empty()) {
        const auto known = Platform::parse(platform);
        if (!known)
            return fail(ErrorCode::InvalidArgument, "invalid platform: " + known.error().message);
        options.insert(QStringLiteral("platform"), toQString(known->toString()));
    }
    TRY_ASSIGN(const auto references, wantedReferences(exchange.query(), account));
    Pull pull(exchange, bus, options);
    for (const Reference& reference : references) {
        const auto brought = pull.bring(reference);
        if (!brought && !exchange.hasAnswered())
            return brought;
        if (!brought) {
            TRY(exchange.writeLine(errorLine(messageOf(brought.error()))));
            break;
        }
    }
    return exchange.endStream();
}

} // namespace escale::docker_api
