// What Docker Hub tells beside its registry, at https://hub.docker.com/v2: a search, the page of a
// repository, and what is behind a tag without a pull being counted. Anonymous, blocking; errors as of
// RegistryClient. `host`: where the hub is; for mirrors of it and stand-ins. Of the options the way counts
// (proxy, times), not the account.
#pragma once

#include "engine/image/platform.h"
#include "engine/registry/client.h"

namespace escale {

struct HubRepository {
    std::string name; // as a registry's repository: "library/debian"
    std::string description;
    std::uint64_t stars = 0;
    std::uint64_t pulls = 0;
    std::int64_t updated = 0; // Unix time, milliseconds; 0: not told (a search does not)
    bool isOfficial = false;  // of Docker's own choice
    bool isVerified = false;  // Docker knows the publisher; a search does not tell
};

struct HubTag {
    std::string digest; // of the index, or the only manifest; may be empty
    std::vector<Platform> platforms;
    std::optional<std::uint64_t> size; // to download, of the wanted platform; nothing: it is not there
    std::int64_t updated = 0;          // Unix time, milliseconds; 0: unknown
};

/// The first `count` repositories for `query`, best first.
Result<std::vector<HubRepository>> searchDockerHub(const std::string& host, std::string_view query, int count,
                                                   const RegistryOptions& options,
                                                   const Cancellation& cancellation);
/// `name` as "library/debian".
Result<HubRepository> readHubRepository(const std::string& host, const std::string& name,
                                        const RegistryOptions& options, const Cancellation& cancellation);
Result<HubTag> readHubTag(const std::string& host, const std::string& repository, const std::string& tag,
                          const Platform& wanted, const RegistryOptions& options,
                          const Cancellation& cancellation);

} // namespace escale
