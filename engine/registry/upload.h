// Into a registry: distribution-spec 1.1, "Pushing". RegistryClient offers it; one object a call, on the
// client's thread.
//
//   POST …/blobs/uploads/            begins an upload; its Location is where the bytes go
//   PATCH Location  Content-Range    a piece; the answer has the next Location and what is there (Range)
//   GET Location                     after a connection broke: what is there
//   PUT Location?digest=             the end; a small blob comes with it
//
// A registry that has lost an upload (404) gets it anew. One that does not take pieces gets the blob as a
// whole.
#pragma once

#include "engine/registry/exchange.h"

#include <string>

namespace escale {

/// What a push may touch: "repository:demo:pull,push".
std::string pushScope(const std::string& repository);

/// A place that a registry names for an upload.
struct UploadPlace {
    std::string target;     // "/v2/…" of the registry itself, or an absolute address
    bool isForeign = false; // of another host: never sees who we are
};

/// A Location header's value, of an answer to a request for `from` ("/v2/…" or absolute). The registry's own
/// host is asked as it was before, whatever scheme it names (many stand behind a proxy and do not know
/// theirs). RemoteFailure for what is no address, or one that is less safe than the registry's.
Result<UploadPlace> uploadPlace(const std::string& location, const std::string& from,
                                const RegistryEndpoint& endpoint, bool allowPlain);

class RegistryUpload {
public:
    /// All borrowed, but `repository`: as the registry knows it.
    RegistryUpload(HttpSession& session, RegistryEndpoint& endpoint, RegistryAuthorization& authorization,
                   const RegistryOptions& options, const Cancellation& cancellation, std::string repository);

    Result<bool> hasBlob(const Digest& digest);
    /// False: the registry would not; nothing is left there.
    Result<bool> mountBlob(const Digest& digest, const std::string& from);
    Result<void> uploadBlob(const Digest& digest, std::uint64_t size, const BlobSource& source,
                            const BlobProgress& progress);
    Result<Digest> putManifest(const std::string& reference, const std::string& bytes,
                               const std::string& mediaType);

private:
    [[nodiscard]] RegistryRequest request(std::string method, std::string target, std::string what) const;
    [[nodiscard]] RegistryRequest requestAt(const UploadPlace& place, std::string method,
                                            std::string what) const;
    Result<UploadPlace> placeOf(const HttpHead& head, const std::string& from) const;
    void dropUpload(const HttpHead& head, const std::string& from, const std::string& scope);

    // Steps of uploadBlob. Each that fails for a while waits, and sets m_position to what the registry has.
    Result<void> begin();
    Result<void> send(std::uint64_t end);
    Result<bool> close(const HttpBody* whole);                   // true: it is there
    Result<bool> recover(RegistryAttempt attempt, bool wasLast); // the same
    void makeSmaller(const RegistryAttempt& refused);
    [[nodiscard]] bool mayPass(const RegistryAttempt& attempt) const;
    Result<void> moveTo(const HttpHead& head, std::uint64_t most, std::uint64_t otherwise);
    Result<bool> follow(const RegistryAttempt& attempt);
    [[nodiscard]] HttpBody bodyFrom(std::uint64_t begin, std::uint64_t end);
    [[nodiscard]] Error refused(const RegistryAttempt& attempt) const;

    RegistryEndpoint& m_endpoint;
    const RegistryOptions& m_options;
    Exchange m_exchange;
    std::string m_repository;

    // Of the upload under way
    const Digest* m_digest = nullptr;
    const BlobSource* m_source = nullptr;
    const BlobProgress* m_progress = nullptr;
    std::uint64_t m_size = 0;
    std::string m_what;
    UploadPlace m_place;
    std::uint64_t m_position = 0;
    std::uint64_t m_furthest = 0;
    std::uint64_t m_piece = 0; // bytes of one PATCH
    int m_begun = 0;
    int m_redirections = 0;
    std::chrono::steady_clock::time_point m_told{};
};

} // namespace escale
