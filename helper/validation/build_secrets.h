// What Build gets as descriptors beside its files: secrets, and ssh agents.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <QVariantMap>

#include <map>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

constexpr std::size_t kLargestBuildSecret = 512U << 10;
constexpr std::size_t kMostBuildSecrets = 64;
constexpr std::size_t kMostBuildAgents = 16;

/// The descriptor goes with the last copy.
struct LentDescriptor {
    std::string id; // a name of a file: it stands in the Dockerfile ("--mount=type=secret,id=…")
    std::shared_ptr<const UniqueFd> descriptor;
};

/// Where nothing else is said, a secret is /run/secrets/ID.
Result<void> checkLentId(const std::string& id);

/// The option "secrets": looked at and copied on the bus's thread. InvalidArgument.
Result<std::vector<LentDescriptor>> lentSecrets(const QVariantMap& options);
/// The option "ssh": O_PATH descriptors of sockets. InvalidArgument.
Result<std::vector<LentDescriptor>> lentAgents(const QVariantMap& options);

/// Contents of secrets by their ids: not on the bus's thread. As readSecretContents().
Result<std::map<std::string, std::string>> readLentSecrets(uid_t owner,
                                                           const std::vector<LentDescriptor>& secrets);

} // namespace escale
