// A container's places in networks: from its start to its end, and changed while it runs.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/container/container_options.h"
#include "engine/container/launch.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kMostNetworks = 32; // of one container

} // namespace

std::size_t defaultRouteOf(const std::vector<NetworkRecord>& networks) {
    const auto found = std::find_if(networks.begin(), networks.end(),
                                    [](const auto& record) { return !record.network.internal; });
    return static_cast<std::size_t>(found - networks.begin());
}

Result<std::vector<EndpointRecord>> Containers::State::chosenEndpoints(const Container& container) {
    TRY_ASSIGN(const auto choices, networkChoices(container.options));
    std::vector<EndpointRecord> endpoints;
    for (const auto& choice : choices) {
        TRY_ASSIGN(const auto record, m_networks.find(container.owner, choice.network));
        EndpointRecord endpoint;
        endpoint.container = container.id;
        endpoint.network = record.network.id;
        endpoint.position = static_cast<unsigned>(endpoints.size());
        endpoint.request = choice.request;
        TRY(Networks::checkRequest(record, endpoint.request));
        endpoints.push_back(std::move(endpoint));
    }
    return endpoints;
}

// Those that an older Escale made, which kept no endpoints.
Result<void> Containers::State::connectOlder() {
    TRY_ASSIGN(const auto older, m_records.withoutEndpoints());
    for (const auto& container : older) {
        TRY_ASSIGN(const auto endpoints, chosenEndpoints(container));
        const auto lock = m_store.lock();
        TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
        for (const auto& endpoint : endpoints)
            TRY(m_networks.connect(endpoint));
        TRY(m_records.update(container));
        TRY(transaction.commit());
    }
    return {};
}

Result<ContainerOptions> Containers::State::currentOptions(const Container& container) {
    ContainerOptions options = container.options;
    if (!hasNetworks(options))
        return options;
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    options.network = "none";
    options.ip = options.ip6 = options.macAddress = "";
    options.networkAliases.clear();
    options.networks.clear();
    for (const auto& endpoint : endpoints) {
        TRY_ASSIGN(const auto record, m_networks.byId(endpoint.network));
        const EndpointRequest& request = endpoint.request;
        if (&endpoint != &endpoints.front()) {
            options.networks.push_back(toString(NetworkChoice{record.network.name, request}));
            continue;
        }
        options.network = record.network.name;
        options.networkAliases = request.aliases;
        options.ip = request.ip ? request.ip->toString() : "";
        options.ip6 = request.ip6 ? request.ip6->toString() : "";
        options.macAddress = request.mac;
    }
    return options;
}

Result<void> Containers::State::prepareNetworks(Launch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    if (launch.container.startedAt != 0)
        TRY(leaveNetworks(id)); // its last run's, when that was a moment ago
    TRY_ASSIGN(launch.endpoints, m_networks.endpointsOf(id));
    for (auto& endpoint : launch.endpoints) {
        TRY(m_networks.reserve(endpoint));
        revert.add([this, endpoint]() -> Result<void> {
            m_networks.release(endpoint);
            return {};
        });
        TRY_ASSIGN(launch.networks.emplace_back(), m_networks.byId(endpoint.network));
    }
    if (!launch.endpoints.empty())
        launch.container.address = launch.endpoints.front().addresses.front().toString();
    return {};
}

Result<void> Containers::State::attachNetworks(Launch& launch, Revert& revert) {
    const std::size_t defaultRoute = defaultRouteOf(launch.networks);
    for (std::size_t i = 0; i < launch.endpoints.size(); ++i) {
        const EndpointRecord& endpoint = launch.endpoints[i];
        revert.add([this, endpoint] { return m_networks.detach(endpoint, 0); });
        TRY(m_networks.attach(endpoint, i == defaultRoute, launch.process.pid));
    }
    return {};
}

// The kernel takes the interfaces away with the container's network namespace. To do that ourselves would
// mean to wait for it, twenty milliseconds or more (RCU grace periods); we look later whether somebody has
// kept the namespace, and end the container's place in the network then.
void Containers::State::leaveNetworksLater(const std::string& id) {
    constexpr std::chrono::seconds kLeaveAfter(1);
    m_timers->schedule(networkTimerOf(id), kLeaveAfter, [this, id] {
        inBackground([this, id] {
            const auto slot = slotOf(id);
            const std::lock_guard action(slot->action);
            const auto container = m_records.byId(id);
            if (container && isAlive(container->state))
                return; // started again meanwhile
            if (const auto left = leaveNetworks(id); !left)
                logError("container " + shortId(id) + ": " + left.error().text());
            if (!container)
                forget(id);
        });
    });
}

Result<void> Containers::State::leaveNetworks(const std::string& id) {
    m_timers->cancel(networkTimerOf(id));
    return m_networks.leave(id);
}

Result<void> Containers::State::connectNetwork(const std::string& id, const std::string& network,
                                               const EndpointRequest& request) {
    Container container;
    NetworkRecord record;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        TRY_ASSIGN(record, m_networks.find(container.owner, network));
        if (!hasNetworks(container.options))
            return fail(ErrorCode::WrongState,
                        "the container " + container.options.name + " has the network \"" +
                            container.options.network + "\" and can be in no other",
                        "Make one that is in a network.");
        TRY(checkEndpointRequest(request));
        TRY(Networks::checkRequest(record, request));
        TRY_ASSIGN(EndpointRecord endpoint, newEndpoint(container, record, request));
        if (isAlive(container.state))
            TRY(connectRunning(container, endpoint, record));
        else
            TRY(m_networks.connect(endpoint));
    }
    emitNetworkEvent(record, "connect", {{"container", container.id}});
    notify(container);
    notifyNetworks(container.owner, {{container.id, record.network.id, 0, {}, {}, {}}});
    return {};
}

// The first number that is free.
Result<EndpointRecord> Containers::State::newEndpoint(const Container& container, const NetworkRecord& record,
                                                      const EndpointRequest& request) {
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    EndpointRecord endpoint{container.id, record.network.id, 0, request, {}, {}};
    for (const auto& other : endpoints) {
        if (other.network == record.network.id)
            return fail(ErrorCode::AlreadyExists, "the container " + container.options.name +
                                                      " is in the network " + record.network.name +
                                                      " already");
        if (other.position == endpoint.position)
            ++endpoint.position;
    }
    if (endpoints.size() >= kMostNetworks)
        return fail(ErrorCode::NoSpace, "the container " + container.options.name + " is in 32 networks",
                    "Disconnect it from one.");
    return endpoint;
}

Result<void> Containers::State::connectRunning(Container& container, EndpointRecord& endpoint,
                                               const NetworkRecord& record) {
    TRY_ASSIGN(const auto others, networksOf(container.id));
    const bool isDefaultRoute = !record.network.internal && defaultRouteOf(others) == others.size();
    const pid_t pid = processOf(container.id).pid;
    TRY_ASSIGN(const NameFiles before, nameFilesNow(container));
    const Container was = container;
    Revert revert;
    TRY(m_networks.reserve(endpoint));
    revert.add([&]() -> Result<void> {
        m_networks.release(endpoint);
        return {};
    });
    auto outcome = m_networks.attach(endpoint, isDefaultRoute, pid);
    if (outcome) {
        revert.add([&] { return m_networks.detach(endpoint, pid); });
        outcome = recordConnection(container, endpoint);
    }
    if (outcome)
        revert.add([this, &endpoint, was]() -> Result<void> {
            TRY(m_networks.disconnect(endpoint.container, endpoint.network));
            return m_records.update(was);
        });
    if (outcome && isDefaultRoute)
        outcome = republish(container);
    if (outcome)
        outcome = changeNameFiles(container, before);
    if (!outcome)
        return fail(revert.undo(std::move(outcome).error()));
    revert.commit();
    serveNames();
    return {};
}

Result<void> Containers::State::recordConnection(Container& container, const EndpointRecord& endpoint) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_networks.connect(endpoint));
    TRY(m_networks.saveRun(endpoint));
    if (container.address.empty()) {
        container.address = endpoint.addresses.front().toString();
        TRY(m_records.update(container));
    }
    return transaction.commit();
}

Result<std::vector<NetworkRecord>> Containers::State::networksOf(const std::string& id) {
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(id));
    std::vector<NetworkRecord> records;
    for (const auto& endpoint : endpoints) {
        TRY_ASSIGN(records.emplace_back(), m_networks.byId(endpoint.network));
    }
    return records;
}

Result<void> Containers::State::disconnectNetwork(const std::string& id, const std::string& network) {
    Container container;
    NetworkRecord record;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        TRY_ASSIGN(record, m_networks.find(container.owner, network));
        TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(id));
        const auto found = std::find_if(endpoints.begin(), endpoints.end(), [&](const auto& endpoint) {
            return endpoint.network == record.network.id;
        });
        if (found == endpoints.end())
            return fail(ErrorCode::NotFound, "the container " + container.options.name +
                                                 " is not in the network " + record.network.name);
        TRY_ASSIGN(const NameFiles before, nameFilesNow(container));
        if (isAlive(container.state))
            TRY(m_networks.detach(*found, processOf(id).pid));
        m_networks.release(*found);
        TRY(m_networks.disconnect(id, record.network.id));
        if (isAlive(container.state)) {
            TRY(afterDisconnect(container));
            TRY(changeNameFiles(container, before));
            serveNames();
        }
    }
    emitNetworkEvent(record, "disconnect", {{"container", container.id}});
    notify(container);
    notifyNetworks(container.owner, {{container.id, record.network.id, 0, {}, {}, {}}});
    return {};
}

// The container's address and default route are those of the networks that are left.
Result<void> Containers::State::afterDisconnect(Container& container) {
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    container.address = endpoints.empty() || endpoints.front().addresses.empty()
                            ? ""
                            : endpoints.front().addresses.front().toString();
    TRY(m_records.update(container));
    const std::size_t defaultRoute = defaultRouteOf(networks);
    if (defaultRoute < endpoints.size())
        TRY(m_networks.moveDefaultRoute(endpoints[defaultRoute], processOf(container.id).pid));
    return republish(container);
}

Result<NetworkRecord> Containers::State::moveNetwork(uid_t owner, const std::string& network) {
    TRY_ASSIGN(NetworkRecord record, m_networks.find(owner, network));
    TRY_ASSIGN(const auto members,
               m_networks.membersOf(record.network.id)); // by container: no two wait for each other
    std::vector<std::shared_ptr<Slot>> slots;
    std::vector<std::unique_lock<std::mutex>> actions;
    for (const auto& member : members)
        actions.emplace_back(slots.emplace_back(slotOf(member.container))->action);
    std::vector<Container> running;
    std::vector<NameFiles> before;
    std::vector<EndpointRecord> endpoints;
    for (const auto& member : members) {
        auto container = m_records.byId(member.container);
        if (!container || !isAlive(container->state))
            continue;
        TRY_ASSIGN(before.emplace_back(), nameFilesNow(*container));
        TRY(m_networks.detach(member, processOf(member.container).pid));
        m_networks.release(member);
        running.push_back(*std::move(container));
        endpoints.push_back(member);
    }
    TRY_ASSIGN(record, m_networks.move(record.network.id));
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        TRY(attachMoved(running[i], endpoints[i]));
        TRY(changeNameFiles(running[i], before[i]));
    }
    serveNames();
    for (const auto& container : running)
        notify(container);
    notifyNetworks(owner, {{{}, record.network.id, 0, {}, {}, {}}});
    return record;
}

// A fixed address was of the former subnet.
Result<void> Containers::State::attachMoved(Container& container, EndpointRecord& endpoint) {
    endpoint.request.ip.reset();
    endpoint.request.ip6.reset();
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    const std::size_t defaultRoute = defaultRouteOf(networks);
    const bool isDefaultRoute =
        defaultRoute < networks.size() && networks[defaultRoute].network.id == endpoint.network;
    const bool wasFirst =
        !endpoint.addresses.empty() && container.address == endpoint.addresses.front().toString();
    TRY(m_networks.reserve(endpoint));
    TRY(m_networks.attach(endpoint, isDefaultRoute, processOf(container.id).pid));
    if (wasFirst)
        container.address = endpoint.addresses.front().toString();
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_networks.saveRun(endpoint));
    TRY(m_records.update(container));
    TRY(transaction.commit());
    return isDefaultRoute ? republish(container) : Result<void>();
}

void Containers::State::setNetworkListener(std::function<void(uid_t, const std::string&)> listener) {
    const std::lock_guard lock(m_mutex);
    m_networkListener = std::move(listener);
}

void Containers::State::notifyNetworks(uid_t owner, const std::vector<EndpointRecord>& endpoints) {
    std::function<void(uid_t, const std::string&)> listener;
    {
        const std::lock_guard lock(m_mutex);
        listener = m_networkListener;
    }
    for (const auto& endpoint : endpoints) {
        if (listener)
            listener(owner, endpoint.network);
    }
}

void Containers::State::emitNetworkEvent(const NetworkRecord& record, std::string action,
                                         TextMap attributes) {
    attributes["name"] = record.network.name;
    attributes["type"] = record.network.driver;
    m_events->add(record.owner, "network", std::move(action), record.network.id, std::move(attributes));
}

} // namespace escale
