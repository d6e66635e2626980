#include "engine/registry/client.h"

#include "engine/base/json.h"
#include "engine/image/manifest.h"
#include "engine/registry/exchange.h"
#include "engine/registry/pagination.h"
#include "engine/registry/receivers.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kLongestList = 16u << 20;
constexpr std::string_view kDockerHub = "registry-1.docker.io"; // "docker.io" is a web site

std::string withoutPort(const std::string& host) {
    if (host.starts_with('['))
        return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

bool isLoopback(const std::string& registry) {
    const std::string host = withoutPort(registry);
    const bool isAddress =
        std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return host == "localhost" || host == "::1" || (isAddress && host.starts_with("127."));
}

std::string pullScope(const std::string& repository) {
    return "repository:" + repository + ":pull";
}

std::string withoutParameters(std::string contentType) {
    contentType.resize(std::min(contentType.size(), contentType.find(';')));
    while (!contentType.empty() && contentType.back() == ' ')
        contentType.pop_back();
    return contentType;
}

} // namespace

class RegistryClient::Implementation {
public:
    Implementation(const std::string& registry, RegistryOptions given)
        : options(std::move(given))
        , authorization(registry, options.credentials, isLoopback(registry) || options.insecure) {
        endpoint.registry = registry;
        endpoint.host = registry == "docker.io" ? kDockerHub : std::string_view(registry);
        endpoint.plain = isLoopback(registry);
        endpoint.mayBePlain = options.insecure;
    }

    Result<HttpHead> run(const RegistryRequest& request, ResumableReceiver& receiver,
                         const Cancellation& cancellation) {
        return Exchange(*session, endpoint, authorization, options, cancellation).run(request, receiver);
    }

    Result<Json> document(const RegistryRequest& request, HttpHead& head, const Cancellation& cancellation);
    Result<RegistryPage> page(RegistryRequest request, const std::string& member,
                              bool (*isName)(std::string_view), const std::string& last, int count,
                              const Cancellation& cancellation);
    Result<FetchedManifest> manifest(const std::string& repository, const std::string& reference,
                                     const Cancellation& cancellation);
    [[nodiscard]] tl::unexpected<Error> nonsense(const std::string& what) const {
        return fail(
            ErrorCode::RemoteFailure, endpoint.registry + " answered with something else than " + what,
            "is there a registry at this address? a proxy or a sign-in page may have answered instead");
    }

    RegistryOptions options;
    RegistryEndpoint endpoint;
    RegistryAuthorization authorization;
    std::unique_ptr<HttpSession> session;
};

Result<Json> RegistryClient::Implementation::document(const RegistryRequest& request, HttpHead& head,
                                                      const Cancellation& cancellation) {
    DocumentReceiver receiver(kLongestList, endpoint.registry);
    TRY_ASSIGN(head, run(request, receiver, cancellation));
    auto json = Json::parse(receiver.text());
    if (!json || !json->isObject())
        return nonsense(request.what);
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
        return nonsense(request.what);
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
    const bool byDigest = reference.find(':') != std::string::npos;
    RegistryRequest request;
    request.target = "/v2/" + repository + "/manifests/" + reference;
    request.what = "the manifest of " + repository + (byDigest ? "@" : ":") + reference;
    request.accept = manifestAccept();
    request.scope = pullScope(repository);
    DocumentReceiver receiver(kLongestManifest, endpoint.registry);
    TRY_ASSIGN(const HttpHead head, run(request, receiver, cancellation));

    const std::string mediaType = withoutParameters(head.header("content-type"));
    if (mediaType == "text/html" || !Json::parse(receiver.text()))
        return nonsense(request.what);
    Digest digest = Digest::ofData(receiver.text());
    if (byDigest && digest.toString() != reference)
        return fail(ErrorCode::Untrusted,
                    endpoint.registry + " answered with another manifest than " + reference,
                    "the registry or a proxy on the way is faulty; nothing was kept");
    // A signed schema 1 manifest has the digest of its payload; parseManifest says what is wrong with those.
    const bool isOld = mediaType.starts_with("application/vnd.docker.distribution.manifest.v1");
    const auto stated = Digest::parse(head.header("docker-content-digest"));
    if (stated && *stated != digest && !isOld)
        return fail(ErrorCode::Untrusted,
                    request.what + " does not have the digest that " + endpoint.registry + " states for it",
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
    HttpSettings settings;
    settings.userAgent = options.userAgent;
    settings.verifyCertificates = !options.insecure;
    settings.connectTimeout = options.connectTimeout;
    settings.stallTimeout = options.stallTimeout;
    auto implementation = std::make_unique<Implementation>(registry, std::move(options));
    TRY_ASSIGN(implementation->session, HttpSession::create(std::move(settings)));
    return std::unique_ptr<RegistryClient>(new RegistryClient(std::move(implementation)));
}

const std::string& RegistryClient::registry() const {
    return m_implementation->endpoint.registry;
}

Result<void> RegistryClient::ping(const Cancellation& cancellation) {
    RegistryRequest request;
    request.target = "/v2/";
    request.what = "its version";
    HttpHead head;
    auto json = m_implementation->document(request, head, cancellation);
    if (!json && json.error().code == ErrorCode::NotFound)
        return m_implementation->nonsense("a registry would");
    TRY(json);
    return {};
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
        (code == ErrorCode::AuthenticationNeeded && m_implementation->authorization.hasCredentials()))
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
    RegistryRequest request;
    request.target = "/v2/" + repository + "/blobs/" + digest.toString();
    request.what = "the blob " + digest.shortHex() + " of " + repository;
    request.scope = pullScope(repository);
    request.isDocument = false;
    BlobReceiver receiver(request.what, registry(), size, sink, progress);
    TRY(m_implementation->run(request, receiver, cancellation));
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

} // namespace escale
