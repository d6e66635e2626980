#include "engine/network/driver.h"

#include "engine/network/bridge_network.h"
#include "engine/network/network_namespace.h"
#include "engine/network/sub_interface_network.h"

namespace escale {

Result<const NetworkDriver*> driverNamed(const std::string& name) {
    static const BridgeDriver bridge;
    static const SubInterfaceDriver subInterfaces;
    if (name == "bridge")
        return &bridge;
    if (name == "macvlan" || name == "ipvlan")
        return &subInterfaces;
    return fail(ErrorCode::InvalidArgument, "there is no network driver \"" + name + "\"",
                "Use bridge, macvlan or ipvlan.");
}

Result<void> attachEndpoint(const Network& network, const Endpoint& endpoint, pid_t pid) {
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(network.driver));
    TRY_ASSIGN(const UniqueFd target, openNetworkNamespace(pid));
    TRY_ASSIGN(const UniqueFd own, openOwnNetworkNamespace());
    TRY_ASSIGN(const bool same, isSameNamespace(target.get(), own.get()));
    if (same)
        return fail(ErrorCode::WrongState,
                    "process " + std::to_string(pid) + " shares the host's network namespace",
                    "Only a process with a network namespace of its own can be joined to a network.");
    return driver->attach(network, endpoint, target.get());
}

Result<void> detachEndpoint(const Network& network, const Endpoint& endpoint, pid_t pid) {
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(network.driver));
    UniqueFd target;
    if (pid > 0) {
        auto opened = openNetworkNamespace(pid);
        if (!opened && opened.error().code != ErrorCode::NotFound)
            return fail(std::move(opened).error());
        TRY_ASSIGN(const UniqueFd own, openOwnNetworkNamespace());
        TRY_ASSIGN(const bool isHosts, opened ? isSameNamespace(opened->get(), own.get()) : false);
        // In the host's there is no endpoint: the number is another process's by now.
        if (opened && !isHosts)
            target = *std::move(opened);
    }
    return driver->detach(network, endpoint, target.get());
}

} // namespace escale
