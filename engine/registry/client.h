// Client of an OCI registry (distribution-spec 1.1: pull, push, catalogue, removal of tags; Docker's token
// authentication, distribution docs/spec/auth/token.md). Blocking, over libcurl.
//
// A client is used by one thread at a time; several clients work in parallel, each with its own connections
// (kept open from one call to the next). Every call ends within about 50 ms of `cancellation` with Cancelled.
//
// Errors, beside Cancelled and what a sink returns:
//   InvalidArgument       a malformed host, repository or tag
//   AuthenticationNeeded  401, or credentials that the token server refuses
//   PermissionDenied      403
//   NotFound              404
//   RateLimited           429 again after the waits that Options allow
//   RemoteFailure         other answers: 5xx after retries, HTML instead of JSON, endless redirects, or those
//                         that lead from a public registry to an internal address (address_scope.h)
//   Unreachable           no name, no route, refused, no TLS, silence, or broken off too often
//   Untrusted             content that does not have the promised digest or size
// No error holds a password, a token or a URL's query.
//
// Hosts: "docker.io" is asked at registry-1.docker.io. Loopback hosts (localhost, 127.0.0.0/8, ::1) speak
// plain HTTP, others HTTPS. Proxies come from the options, or else the environment; loopback hosts are
// reached without. Credentials are sent to the registry and the token server it names (over HTTPS unless the
// registry itself is plain HTTP), never to a mirror, nor to a host a redirection leads to.
// Mirrors are asked first for manifests and blobs, shortly and without an account; what one has begun to send
// the next goes on with. Requests are tried again, but for the one that trades an identity token (POST),
// which is sent once, and pieces of an upload, which go on with what the registry says it has.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/image/reference.h"
#include "engine/registry/credentials.h"
#include "engine/registry/rate_limit.h"
#include "engine/registry/registry_settings.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct RegistryOptions {
    std::optional<Credentials> credentials;
    RegistryAccess access;
    std::string userAgent = "Escale/0.1";
    std::chrono::milliseconds connectTimeout{10'000};
    /// An answer that brings no byte for so long is broken off (and resumed, when it is a blob).
    std::chrono::milliseconds stallTimeout{30'000};
    /// A blob that brings less than leastRate (bytes a second) over rateWindow is asked for anew where it is,
    /// and given up the `attempts`th time: a drip holds nobody for ever.
    std::uint64_t leastRate = 2048;
    std::chrono::milliseconds rateWindow{120'000};
    /// Tries of one request, or of one blob without a new byte in between, before giving up.
    int attempts = 5;
    /// Wait before the second try; doubles each time up to longestWait, less up to a half by chance.
    /// Retry-After (seconds or a date) is honoured up to longestWait; what asks for more fails at once.
    std::chrono::milliseconds firstWait{500};
    std::chrono::milliseconds longestWait{30'000};
    /// Bytes that are sent at once of a blob, unless the registry asks for more. Small enough that one that
    /// is lost costs little (many proxies pass on a whole request or nothing; Docker's registry forgets an
    /// upload that broke within a piece), large enough that a round trip each does not count.
    std::uint64_t uploadPiece = 16u << 20;
    /// Of one manifest, list or token as a whole: all its tries, without the waits between them.
    std::chrono::milliseconds longestDocument{120'000};
    /// The password is traded for an identity token where the token server has them: identityToken().
    bool wantsIdentityToken = false;
};

/// One page of names, in the registry's order.
struct RegistryPage {
    std::vector<std::string> names;
    std::string
        last; // ask for the next page with it (opaque: not always a name); empty: this was the last one
};

struct FetchedManifest {
    std::string bytes;     // at most kLongestManifest
    std::string mediaType; // the answer's Content-Type without parameters, for parseManifest
    Digest digest; // computed over the bytes; equals the one asked for and the one the registry stated
};

/// Takes the next bytes of a blob, in order, each byte once; may block (the transfer waits). An error ends
/// the transfer and is returned as it is. The bytes are verified only when fetchBlob returns success.
using BlobSink = std::function<Result<void>(std::string_view)>;
/// Bytes of a blob at `offset`: at least one, at most `room`; asked for again where a connection broke.
using BlobSource = std::function<Result<std::size_t>(std::uint64_t offset, char* buffer, std::size_t room)>;
/// Reads a file by pread(2); the descriptor is borrowed.
BlobSource sourceOfFile(int file);
/// Bytes received (or sent) so far of the blob; called at most about 20 times a second, and once at the end.
using BlobProgress = std::function<void(std::uint64_t)>;

class RegistryClient {
public:
    /// Of a host as in Reference::registry. Makes no connection yet.
    static Result<std::unique_ptr<RegistryClient>> create(const std::string& registry,
                                                          RegistryOptions options);
    RegistryClient(const RegistryClient&) = delete;
    RegistryClient& operator=(const RegistryClient&) = delete;
    ~RegistryClient();

    [[nodiscard]] const std::string& registry() const;

    /// Is there a registry, and are the credentials good? distribution-spec end-1.
    Result<void> ping(const Cancellation& cancellation);
    /// Whether a call has sent the credentials, because the registry asked who is there.
    [[nodiscard]] bool hasSentCredentials() const;
    /// What the last manifest's answer told of it; most registries tell nothing.
    [[nodiscard]] std::optional<RateLimit> rateLimit() const;
    /// Whether the registry was reached by plain HTTP.
    [[nodiscard]] bool isPlain() const;
    /// To be kept in place of the password; empty: the registry gives none, or was not asked.
    [[nodiscard]] std::string identityToken() const;
    /// Repositories after `last` (empty: from the start), about `count` of them. Many public registries
    /// refuse this: the error is PermissionDenied, AuthenticationNeeded or NotFound then, with a hint to name
    /// the repository.
    Result<RegistryPage> catalog(const std::string& last, int count, const Cancellation& cancellation);
    /// Tags of a repository after `last`.
    Result<RegistryPage> tags(const std::string& repository, const std::string& last, int count,
                              const Cancellation& cancellation);

    /// The manifest or index of reference.repository under its digest, or else its tag.
    Result<FetchedManifest> fetchManifest(const Reference& reference, const Cancellation& cancellation);
    /// The manifest of one digest (of an index' entry).
    Result<FetchedManifest> fetchManifest(const std::string& repository, const Digest& digest,
                                          const Cancellation& cancellation);

    /// Streams a blob of exactly `size` bytes into `sink`, resumed by Range requests when the connection
    /// breaks, verified as it streams. `progress` may be empty.
    Result<void> fetchBlob(const std::string& repository, const Digest& digest, std::uint64_t size,
                           const BlobSink& sink, const BlobProgress& progress,
                           const Cancellation& cancellation);
    /// A small blob (a configuration) as a whole. Untrusted when `size` is above `limit`.
    Result<std::string> readBlob(const std::string& repository, const Digest& digest, std::uint64_t size,
                                 std::size_t limit, const Cancellation& cancellation);

    // Into the registry itself, never a mirror. An account needs the right to push; PermissionDenied
    // otherwise.
    Result<bool> hasBlob(const std::string& repository, const Digest& digest,
                         const Cancellation& cancellation);
    /// Makes a blob of another repository of this registry one of this repository's, without sending it.
    /// False when it has none there, the account may not read there, or the registry does not do such things.
    Result<bool> mountBlob(const std::string& repository, const Digest& digest, const std::string& from,
                           const Cancellation& cancellation);
    /// In pieces; what broke off goes on with what the registry has, or begins anew where it has forgotten it
    /// (`progress` goes back then). Untrusted when the registry finds another digest.
    Result<void> uploadBlob(const std::string& repository, const Digest& digest, std::uint64_t size,
                            const BlobSource& source, const BlobProgress& progress,
                            const Cancellation& cancellation);
    /// Under a tag, or its own digest. What it names must be there. Its digest; Untrusted when the registry
    /// states another.
    Result<Digest> putManifest(const std::string& repository, const std::string& reference,
                               const std::string& bytes, const std::string& mediaType,
                               const Cancellation& cancellation);
    /// Takes a tag away. Where the registry removes manifests only, the manifest goes with it, unless another
    /// tag has it (InUse, naming those). Unsupported when the registry removes nothing.
    Result<void> deleteTag(const std::string& repository, const std::string& tag,
                           const Cancellation& cancellation);

private:
    class Implementation;
    explicit RegistryClient(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace escale
