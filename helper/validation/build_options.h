// What callers ask of builds, checked: counts, lengths, references, ids. What the Dockerfile says of it is
// the build worker's to see.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/registry/credentials.h"
#include "helper/validation/build_secrets.h"

#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace escale {

struct BuildAccount {
    std::string registry;
    Credentials credentials;
};

/// Who one is at registries, and which of them are reached without their certificates being looked at.
struct RegistryChoices {
    std::vector<BuildAccount> accounts;
    std::set<std::string> insecure;
};
/// The options "accounts" and "insecure-registries".
Result<RegistryChoices> registryChoices(const QVariantMap& options);

/// The options of Build.
struct BuildOrder {
    std::string name;                      // the context's; empty: it has none
    std::string dockerfile = "Dockerfile"; // the file's name
    std::vector<std::string> tags;         // references, as written
    std::string target;
    std::map<std::string, std::string> arguments, labels;
    bool usesCache = true;
    std::vector<std::string> stagesWithoutCache;
    bool pulls = false;
    std::string platform;
    std::string network = "default";
    std::set<std::string> allowed; // "network.host", "security.insecure"
    std::vector<std::string> extraHosts;
    std::uint64_t shmSize = 64ULL << 20U;
    std::uint64_t memory = 0; // bytes; 0: no limit
    double cpus = 0;
    std::vector<LentDescriptor> secrets, agents;
    RegistryChoices registries;
};

/// The gate has seen to names and types. InvalidArgument.
Result<BuildOrder> buildOrder(const QVariantMap& options);
/// What is kept of it: without contents of secrets, agents and accounts.
Json orderToJson(const BuildOrder& order);
/// The same as the options of Inspect.
QVariantMap orderToBus(const Json& kept);

/// 64 hex digits.
Result<std::string> checkBuildId(const QString& text);
Result<std::vector<std::string>> checkBuildIds(const QStringList& texts);

/// The options of PruneCache.
struct CachePruneOrder {
    std::optional<std::int64_t> until;
    std::optional<std::uint64_t> keepBytes;
    std::set<std::string> kinds; // "step", "context", "mount"; empty: all
};
Result<CachePruneOrder> cachePruneOrder(const QVariantMap& options);

} // namespace escale
