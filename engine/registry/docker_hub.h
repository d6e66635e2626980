// Docker Hub's search, which is no registry's: https://hub.docker.com/v2/search/repositories. Anonymous,
// blocking; errors as of RegistryClient.
#pragma once

#include "engine/registry/client.h"

namespace escale {

struct HubRepository {
    std::string name; // as a registry's repository: "library/debian"
    std::string description;
    std::uint64_t stars = 0;
    std::uint64_t pulls = 0;
    bool isOfficial = false;
};

/// The first `count` repositories for `query`, best first. `host`: where the search is; for mirrors of it and
/// stand-ins. Of the options the way counts (proxy, times), not the account.
Result<std::vector<HubRepository>> searchDockerHub(const std::string& host, std::string_view query, int count,
                                                   RegistryOptions options, const Cancellation& cancellation);

} // namespace escale
