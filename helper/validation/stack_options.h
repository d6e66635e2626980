// What callers say of stacks, checked: each part by the rules of the method that would make it alone, and
// what only a stack has by engine/stack. The gate has seen to names and types of the options.
#pragma once

#include "engine/stack/stack_plan.h"
#include "helper/dbus/types.h"
#include "helper/validation/build_options.h"

#include <QVariantMap>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace escale {

/// What a descriptor that comes beside a stack has to be.
enum class StackSourceKind : std::uint8_t { Path, Content, Dockerfile, Context, BuildSecret, Agent };

struct StackBuildOrder {
    BuildOrder order;                                     // its secrets and agents have no descriptors yet
    std::map<std::string, std::uint32_t> secrets, agents; // id → source
};

struct StackOrder {
    Stack stack;
    std::map<std::string, StackBuildOrder> builds; // by service
    std::map<std::uint32_t, StackSourceKind> sources;
};

/// InvalidArgument names the service, the network, the volume.
Result<StackOrder> stackOrder(const dbus::Stack& stack);

/// The options of Up, Plan, Scale and Run that are about a whole stack.
struct StackUpOrder {
    UpOptions up;
    unsigned waitTimeout = 0;       // seconds; 0: none
    std::optional<PullPolicy> pull; // of all services
    bool build = false;             // even when the image is there
    bool noBuild = false;
    RegistryChoices registries;
};
Result<StackUpOrder> upOrder(const QVariantMap& options);

/// Replicas by service. InvalidArgument: more than a service may have.
Result<std::map<std::string, unsigned>> replicasOf(const dbus::CountMap& counts);
Result<std::string> checkProject(const QString& text);
/// Names of services, none of them twice; empty: all.
Result<std::set<std::string>> checkServices(const QStringList& names);

struct StackDownOrder {
    DownOptions down;
    bool removesBuiltImages = false; // "local"
    bool removesAllImages = false;
};
Result<StackDownOrder> downOrder(const QVariantMap& options);

} // namespace escale
