#include "engine/registry/client.h"

#include "engine/base/json.h"
#include "engine/image/manifest.h"
#include "engine/registry/exchange.h"
#include "engine/registry/pagination.h"
#include "engine/registry/receivers.h"
#include "engine/registry/tag_removal.h"
#include "engine/registry/upload.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLongestList = 16u << 20;
constexpr std::string_view kDockerHub = "registry-1.docker.io"; // "docker.io" is a web site

std::string pullScope(const std::string& repository) {
    return "repository:" + repository + ":pull";
}

std::string withoutParameters(std::string contentType) {
    contentType.resize(std::min(contentType.size(), contentType.find(';')));
    while (!contentType.empty() && contentType.back() == ' ')
        contentType.pop_back();
    return contentType;
}

// The registry, or a mirror of it.
struct Source {
    RegistryOptions options;
    RegistryEndpoint endpoint;
    RegistryAuthorization authorization;
    std::string prefix; // before a repository's name there
    std::unique_ptr<HttpSession> session{};
    bool isGone = false; // did not answer: not asked again
    std::optional<RateLimit> rateLimit{};

    Source(const std::string& host, std::string folder, RegistryOptions given)
        : options(std::move(given))
        , authorization(host, options.credentials, isLoopbackRegistry(host) || options.access.insecure,
                        options.wantsIdentityToken)
        , prefix(std::move(folder)) {
        endpoint.registry = host;
        endpoint.host = host == "docker.io" ? kDockerHub : std::string_view(host);
        endpoint.plain = isLoopbackRegistry(host);
        endpoint.mayBePlain = options.access.insecure;
    }
    Result<void> open() {
        HttpSettings settings;
        settings.userAgent = options.userAgent;
        settings.verifyCertificates = !options.access.insecure;
        settings.certificates = options.access.certificates;
        settings.proxy = options.access.proxy.isSet() ? options.access.proxy : ProxySettings::ofEnvironment();
        settings.connectTimeout = options.connectTimeout;
        settings.stallTimeout = options.stallTimeout;
        settings.leastRate = options.leastRate;
        settings.rateWindow = options.rateWindow;
        TRY_ASSIGN(session, HttpSession::create(std::move(settings)));
        return {};
    }
    Result<HttpHead> run(const RegistryRequest& request, ResumableReceiver& receiver,
                         const Cancellation& cancellation) {
        return Exchange(*session, endpoint, authorization, options, cancellation).run(request, receiver);
    }
    [[nodiscard]] std::string nameOf(const std::string& repository) const {
        return prefix.empty() ? repository : prefix + "/" + repository;
    }
    [[nodiscard]] tl::unexpected<Error> nonsense(const std::string& what) const {
        return fail(
            ErrorCode::RemoteFailure, endpoint.registry + " answered with something else than " + what,
            "is there a registry at this address? a proxy or a sign-in page may have answered instead");
    }
};

// A mirror is there to be fast; whoever is not is passed by.
RegistryOptions mirrorOptions(const RegistryMirror& mirror, RegistryOptions options) {
    options.credentials.reset();
    options.access.insecure = mirror.insecure;
    options.access.certificates = mirror.certificates;
    options.access.mirrors.clear();
    options.attempts = std::min(options.attempts, 2);
    options.connectTimeout = std::min(options.connectTimeout, std::chrono::milliseconds(3000));
    options.longestWait = std::min(options.longestWait, std::chrono::milliseconds(2000));
    return options;
}

// Whether somebody else may know better.
bool isPassedOn(ErrorCode code) {
    switch (code) {
    case ErrorCode::NotFound:
    case ErrorCode::Unreachable:
    case ErrorCode::RemoteFailure:
    case ErrorCode::AuthenticationNeeded:
    case ErrorCode::PermissionDenied:
    case ErrorCode::RateLimited:
    case ErrorCode::Untrusted:
        return true;
    default:
        return false;
    }
}

} // namespace

class RegistryClient::Implementation {
public:
    Result<void> open(const std::string& registry, RegistryOptions options);
    [[nodiscard]] Source& own() const { return *sources.back(); }
    Result<RegistryUpload> uploadTo(const std::string& repository, const Cancellation& cancellation) const;
    /// Asks the mirrors and then the registry, until one has it; `mayGoOn` is asked between two.
    template <class Ask, class MayGoOn>
    auto askAll(const Ask& ask, const MayGoOn& mayGoOn) -> decltype(ask(std::declval<Source&>()));

    Result<Json> document(const RegistryRequest& request, HttpHead& head,
                          const Cancellation& cancellation) const;
    Result<RegistryPage> page(RegistryRequest request, const std::string& member,
                              bool (*isName)(std::string_view), const std::string& last, int count,
                              const Cancellation& cancellation);
    Result<FetchedManifest> manifest(const std::string& repository, const std::string& reference,
                                     const Cancellation& cancellation);
    static Result<FetchedManifest> manifestFrom(Source& source, const std::string& repository,
                                                const std::string& reference,
                                                const Cancellation& cancellation);

    std::vector<std::unique_ptr<Source>> sources; // mirrors first, the registry itself last
};

Result<void> RegistryClient::Implementation::open(const std::string& registry, RegistryOptions options) {
    for (const RegistryMirror& mirror : options.access.mirrors)
        sources.push_back(
            std::make_unique<Source>(mirror.host, mirror.prefix, mirrorOptions(mirror, options)));
    sources.push_back(std::make_unique<Source>(registry, std::string(), std::move(options)));
    for (const auto& source : sources)
        TRY(source->open());
    return {};
}

Result<RegistryUpload> RegistryClient::Implementation::uploadTo(const std::string& repository,
                                                                const Cancellation& cancellation) const {
    if (!isRepositoryName(repository))
        return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is not a repository's name");
    Source& source = own();
    return RegistryUpload(*source.session, source.endpoint, source.authorization, source.options,
                          cancellation, repository);
}

template <class Ask, class MayGoOn>
auto RegistryClient::Implementation::askAll(const Ask& ask, const MayGoOn& mayGoOn)
    -> decltype(ask(std::declval<Source&>())) {
    std::vector<std::string> mirrorsSaid;
    for (const auto& source : sources) {
        const bool isMirror = source != sources.back();
        if (isMirror && source->isGone)
            continue;
        auto answer = ask(*source);
        if (answer)
            return answer;
        Error& error = answer.error();
        if (!isMirror || !isPassedOn(error.code) || !mayGoOn(error)) {
            error.causes.insert(error.causes.end(), mirrorsSaid.begin(), mirrorsSaid.end());
            return answer;
        }
        source->isGone = error.code == ErrorCode::Unreachable;
        mirrorsSaid.push_back("the mirror " + source->endpoint.registry + ": " + error.message);
    }
    return fail(ErrorCode::Internal, "no registry was asked"); // the last one always is
}

Result<Json> RegistryClient::Implementation::document(const RegistryRequest& request, HttpHead& head,
                                                      const Cancellation& cancellation) const {
    DocumentReceiver receiver(kLongestList, own().endpoint.registry);
    TRY_ASSIGN(head, own().run(request, receiver, cancellation));
    auto json = Json::parse(receiver.text());
    if (!json || !json->isObject())
        return own().nonsense(request.what);
    return json;
}

Result<RegistryPage> RegistryClient::Implementation::page(RegistryRequest request, const std::string& member,
                                                          bool (*isName)(std::string_view),
                                                          const std::string& last, int count,
                                                          const Cancellation& cancellation) {
    request.target += pageQuery(last, count);
    HttpHead head;
    TRY_ASSIGN(const Json json, document(request, head, cancellation));
    const Json& names = json.at(member);
    if (!names.isArray() && !(names.isNull() && json.contains("name"))) // a repository without tags: null
        return own().nonsense(request.what);
    RegistryPage page;
    for (const Json& name : names.items()) {
        if (const std::string text = name.toString();
            isName(text)) // what breaks the rules cannot be pulled either
            page.names.push_back(text);
    }
    page.last = nextPage(head.header("link"));
    if (page.last == last)
        page.last.clear(); // a registry that turns in circles
    return page;
}

Result<FetchedManifest> RegistryClient::Implementation::manifest(const std::string& repository,
                                                                 const std::string& reference,
                                                                 const Cancellation& cancellation) {
    if (!isRepositoryName(repository))
        return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is not a repository's name");
    return askAll(
        [&](Source& source) {
            return manifestFrom(source, source.nameOf(repository), reference, cancellation);
        },
        [](const Error&) { return true; });
}

Result<FetchedManifest> RegistryClient::Implementation::manifestFrom(Source& source,
                                                                     const std::string& repository,
                                                                     const std::string& reference,
                                                                     const Cancellation& cancellation) {
    const bool byDigest = reference.find(':') != std::string::npos;
    const std::string& who = source.endpoint.registry;
    RegistryRequest request;
    request.target = "/v2/" + repository + "/manifests/" + reference;
    request.what = "the manifest of " + repository + (byDigest ? "@" : ":") + reference;
    request.accept = manifestAccept();
    request.scope = pullScope(repository);
    DocumentReceiver receiver(kLongestManifest, who);
    TRY_ASSIGN(const HttpHead head, source.run(request, receiver, cancellation));

    source.rateLimit = RateLimit::parse(head.header("ratelimit-limit"), head.header("ratelimit-remaining"));
    const std::string mediaType = withoutParameters(head.header("content-type"));
    if (mediaType == "text/html" || !Json::parse(receiver.text()))
        return source.nonsense(request.what);
    Digest digest = Digest::ofData(receiver.text());
    if (byDigest && digest.toString() != reference)
        return fail(ErrorCode::Untrusted, who + " answered with another manifest than " + reference,
                    "the registry or a proxy on the way is faulty; nothing was kept");
    // A signed schema 1 manifest has the digest of its payload; parseManifest says what is wrong with those.
    const bool isOld = mediaType.starts_with("application/vnd.docker.distribution.manifest.v1");
    const auto stated = Digest::parse(head.header("docker-content-digest"));
    if (stated && *stated != digest && !isOld)
        return fail(ErrorCode::Untrusted,
                    request.what + " does not have the digest that " + who + " states for it",
                    "the registry or a proxy on the way is faulty; nothing was kept");
    return FetchedManifest{receiver.takeText(), mediaType, std::move(digest)};
}

RegistryClient::RegistryClient(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation)) {}
RegistryClient::~RegistryClient() = default;

Result<std::unique_ptr<RegistryClient>> RegistryClient::create(const std::string& registry,
                                                               RegistryOptions options) {
    if (!isRegistryHost(registry))
        return fail(ErrorCode::InvalidArgument, "\"" + registry + "\" is not a registry's host",
                    "write host or host:port, without https://");
    auto implementation = std::make_unique<Implementation>();
    TRY(implementation->open(registry, std::move(options)));
    return std::unique_ptr<RegistryClient>(new RegistryClient(std::move(implementation)));
}

const std::string& RegistryClient::registry() const {
    return m_implementation->own().endpoint.registry;
}

Result<void> RegistryClient::ping(const Cancellation& cancellation) {
    RegistryRequest request;
    request.target = "/v2/";
    request.what = "its version";
    HttpHead head;
    auto json = m_implementation->document(request, head, cancellation);
    if (!json && json.error().code == ErrorCode::NotFound)
        return m_implementation->own().nonsense("a registry would");
    TRY(json);
    return {};
}

bool RegistryClient::hasSentCredentials() const {
    return m_implementation->own().authorization.hasSentCredentials();
}

std::optional<RateLimit> RegistryClient::rateLimit() const {
    return m_implementation->own().rateLimit;
}

bool RegistryClient::isPlain() const {
    return m_implementation->own().endpoint.plain;
}

std::string RegistryClient::identityToken() const {
    return m_implementation->own().authorization.identityToken();
}

Result<RegistryPage> RegistryClient::catalog(const std::string& last, int count,
                                             const Cancellation& cancellation) {
    RegistryRequest request;
    request.target = "/v2/_catalog";
    request.what = "the list of repositories";
    request.scope = "registry:catalog:*";
    auto page = m_implementation->page(request, "repositories", isRepositoryName, last, count, cancellation);
    if (page)
        return page;
    const ErrorCode code = page.error().code;
    if (code == ErrorCode::PermissionDenied || code == ErrorCode::NotFound ||
        (code == ErrorCode::AuthenticationNeeded && m_implementation->own().authorization.hasCredentials()))
        page.error().withHint(
            "many registries do not list their repositories; type the repository's name instead");
    return page;
}

Result<RegistryPage> RegistryClient::tags(const std::string& repository, const std::string& last, int count,
                                          const Cancellation& cancellation) {
    if (!isRepositoryName(repository))
        return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is not a repository's name");
    RegistryRequest request;
    request.target = "/v2/" + repository + "/tags/list";
    request.what = "the tags of " + repository;
    request.scope = pullScope(repository);
    return m_implementation->page(request, "tags", isTag, last, count, cancellation);
}

Result<FetchedManifest> RegistryClient::fetchManifest(const Reference& reference,
                                                      const Cancellation& cancellation) {
    if (!reference.digest && !isTag(reference.tag))
        return fail(ErrorCode::InvalidArgument, "\"" + reference.tag + "\" is not a tag");
    return m_implementation->manifest(reference.repository, reference.manifestReference(), cancellation);
}

Result<FetchedManifest> RegistryClient::fetchManifest(const std::string& repository, const Digest& digest,
                                                      const Cancellation& cancellation) {
    return m_implementation->manifest(repository, digest.toString(), cancellation);
}

Result<void> RegistryClient::fetchBlob(const std::string& repository, const Digest& digest,
                                       std::uint64_t size, const BlobSink& sink, const BlobProgress& progress,
                                       const Cancellation& cancellation) {
    if (!isRepositoryName(repository))
        return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is not a repository's name");
    const std::string what = "the blob " + digest.shortHex() + " of " + repository;
    BlobReceiver receiver(what, registry(), size, sink, progress);
    const auto ask = [&](Source& source) -> Result<void> {
        RegistryRequest request;
        request.target = "/v2/" + source.nameOf(repository) + "/blobs/" + digest.toString();
        request.what = what;
        request.scope = pullScope(source.nameOf(repository));
        request.isDocument = false;
        TRY(source.run(request, receiver, cancellation));
        return {};
    };
    // What the sink has taken stays; only a source that has not yet sent anything wrong may be replaced.
    TRY(m_implementation->askAll(ask, [&](const Error& error) {
        return !receiver.sinkHasFailed() && (error.code != ErrorCode::Untrusted || receiver.position() == 0);
    }));
    return receiver.verify(digest);
}

Result<std::string> RegistryClient::readBlob(const std::string& repository, const Digest& digest,
                                             std::uint64_t size, std::size_t limit,
                                             const Cancellation& cancellation) {
    if (size > limit)
        return fail(ErrorCode::Untrusted, "the blob " + digest.shortHex() + " of " + repository + " has " +
                                              std::to_string(size) + " bytes, more than the " +
                                              std::to_string(limit) + " that are sensible");
    std::string text;
    const BlobSink sink = [&text](std::string_view bytes) -> Result<void> {
        text += bytes;
        return {};
    };
    TRY(fetchBlob(repository, digest, size, sink, {}, cancellation));
    return text;
}

Result<bool> RegistryClient::hasBlob(const std::string& repository, const Digest& digest,
                                     const Cancellation& cancellation) {
    TRY_ASSIGN(auto upload, m_implementation->uploadTo(repository, cancellation));
    return upload.hasBlob(digest);
}

Result<bool> RegistryClient::mountBlob(const std::string& repository, const Digest& digest,
                                       const std::string& from, const Cancellation& cancellation) {
    if (!isRepositoryName(from))
        return fail(ErrorCode::InvalidArgument, "\"" + from + "\" is not a repository's name");
    TRY_ASSIGN(auto upload, m_implementation->uploadTo(repository, cancellation));
    return upload.mountBlob(digest, from);
}

Result<void> RegistryClient::uploadBlob(const std::string& repository, const Digest& digest,
                                        std::uint64_t size, const BlobSource& source,
                                        const BlobProgress& progress, const Cancellation& cancellation) {
    TRY_ASSIGN(auto upload, m_implementation->uploadTo(repository, cancellation));
    return upload.uploadBlob(digest, size, source, progress);
}

Result<Digest> RegistryClient::putManifest(const std::string& repository, const std::string& reference,
                                           const std::string& bytes, const std::string& mediaType,
                                           const Cancellation& cancellation) {
    if (!isTag(reference) && !Digest::parse(reference))
        return fail(ErrorCode::InvalidArgument, "\"" + reference + "\" is not a tag");
    TRY_ASSIGN(auto upload, m_implementation->uploadTo(repository, cancellation));
    return upload.putManifest(reference, bytes, mediaType);
}

Result<void> RegistryClient::deleteTag(const std::string& repository, const std::string& tag,
                                       const Cancellation& cancellation) {
    if (!isRepositoryName(repository))
        return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is not a repository's name");
    if (!isTag(tag))
        return fail(ErrorCode::InvalidArgument, "\"" + tag + "\" is not a tag");
    Source& source = m_implementation->own();
    const auto allTags = [&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> names;
        std::string last;
        do {
            TRY_ASSIGN(RegistryPage page, tags(repository, last, 1000, cancellation));
            names.insert(names.end(), page.names.begin(), page.names.end());
            last = page.last;
        } while (!last.empty());
        return names;
    };
    return removeTag(
        [&] {
            return Exchange(*source.session, source.endpoint, source.authorization, source.options,
                            cancellation);
        },
        source.endpoint.registry, repository, tag, allTags);
}

BlobSource sourceOfFile(int file) {
    return [file](std::uint64_t offset, char* buffer, std::size_t room) -> Result<std::size_t> {
        while (true) {
            const ssize_t count = ::pread(file, buffer, room, static_cast<off_t>(offset));
            if (count >= 0)
                return static_cast<std::size_t>(count);
            if (errno != EINTR)
                return failErrno("cannot read what is to be sent");
        }
    };
}

} // namespace escale
