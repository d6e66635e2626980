// A container's places in networks: from its start to its end, and changed while it runs.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/container/container_options.h"
#include "engine/container/launch.h"
#include "engine/network/network_namespace.h"

#include <algorithm>
#include <unistd.h>

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
    m_networks.noteEnd(id);
    m_timers->schedule(networkTimerOf(id), kLeaveAfter, [this, id] {
        inBackground([this, id] {
            const auto slot = slotOf(id);
            const std::lock_guard action(slot->action);
            const auto container = m_records.byId(id);
            if (container && isAlive(container->state))
                return; // started again meanwhile
            const auto left = leaveNetworks(id);
            if (!left)
                logError("container " + shortId(id) + ": " + left.error().text());
            if (container)
                return;
            forget(id);
            if (left) // of a build's step
                ::rmdir(stepOf(id).c_str());
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
    TRY_ASSIGN(const auto otherEndpoints, m_networks.endpointsOf(container.id));
    const std::size_t route = defaultRouteOf(others); // always the first's: it may go over to this one
    const bool takesOver = !record.network.internal && route < others.size() &&
                           endpoint.position < otherEndpoints[route].position;
    const bool isDefaultRoute = takesOver || (!record.network.internal && route == others.size());
    const pid_t pid = processOf(container.id).pid;
    const Container before = container;
    TRY_ASSIGN(const NameFiles files, nameFilesNow(container));
    Revert revert;
    TRY(m_networks.reserve(endpoint));
    revert.add([&]() -> Result<void> {
        m_networks.release(endpoint);
        return {};
    });
    auto outcome = m_networks.attach(endpoint, isDefaultRoute && !takesOver, pid);
    if (outcome)
        revert.add([&] { return m_networks.detach(endpoint, pid); });
    if (outcome && takesOver) {
        revert.add([&] { return m_networks.moveDefaultRoute(otherEndpoints[route], pid); });
        outcome = m_networks.moveDefaultRoute(endpoint, pid);
    }
    if (outcome)
        outcome = recordConnection(container, endpoint);
    if (outcome) {
        if (isDefaultRoute) // once its row has gone
            revert.add([&] { return takesOver ? republish(before) : withdrawPorts(container.id); });
        revert.add([&] { return m_networks.disconnect(container.id, endpoint.network); });
        revert.add([this, before] { return m_records.update(before); });
        if (isDefaultRoute)
            outcome = republish(container);
    }
    if (outcome)
        outcome = changeNameFiles(container, files);
    if (!outcome) {
        container = before;
        return fail(revert.undo(std::move(outcome).error()));
    }
    revert.commit();
    measureNetworks(container.id);
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
    Result<void> outcome;
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
            measureNetworks(id);
            outcome = afterDisconnect(container); // it is out, whatever becomes of the rest
            if (outcome)
                outcome = changeNameFiles(container, before);
            serveNames();
        }
    }
    emitNetworkEvent(record, "disconnect", {{"container", container.id}});
    notify(container);
    notifyNetworks(container.owner, {{container.id, record.network.id, 0, {}, {}, {}}});
    return outcome;
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

// All or nothing, but for containers that cannot be attached anew: the others are.
Result<NetworkRecord> Containers::State::moveNetwork(uid_t owner, const std::string& network) {
    TRY_ASSIGN(NetworkRecord record, m_networks.find(owner, network));
    TRY_ASSIGN(const auto known, m_networks.membersOf(record.network.id));
    std::map<std::string, std::shared_ptr<Slot>> slots; // by container: no two wait for each other
    std::vector<std::unique_lock<std::mutex>> actions;
    for (const auto& member : known)
        slots.emplace(member.container, slotOf(member.container));
    for (const auto& [id, slot] : slots)
        actions.emplace_back(slot->action);
    TRY_ASSIGN(const auto members, m_networks.membersOf(record.network.id)); // some may have left meanwhile
    std::vector<Moving> moving;
    Result<void> outcome;
    for (const auto& member : members) {
        auto container = m_records.byId(member.container);
        if (!outcome || !slots.contains(member.container) || !container || !isAlive(container->state))
            continue;
        auto files = nameFilesNow(*container);
        if (!files) {
            outcome = fail(std::move(files).error());
            continue;
        }
        outcome = m_networks.detach(member, processOf(member.container).pid);
        m_networks.release(member);
        moving.push_back({*std::move(container), member, *std::move(files)});
    }
    if (outcome) {
        auto moved = m_networks.move(record.network.id);
        if (moved)
            record = *std::move(moved);
        else
            outcome = fail(std::move(moved).error());
    }
    const bool isMoved = outcome.has_value();
    for (auto& one : moving) {
        auto attached = isMoved ? attachMoved(one) : attachAgain(one);
        if (attached)
            continue;
        if (outcome)
            outcome = fail(ErrorCode::SystemFailure,
                           "not every container of the network " + record.network.name + " is in it again",
                           "Start those containers anew.");
        outcome.error().addCause(attached.error());
    }
    serveNames();
    for (const auto& one : moving)
        notify(one.container);
    notifyNetworks(owner, {{{}, record.network.id, 0, {}, {}, {}}});
    TRY(outcome);
    return record;
}

// Where it was.
Result<void> Containers::State::attachAgain(Moving& moving) {
    TRY_ASSIGN(const bool isDefaultRoute, hasDefaultRoute(moving.endpoint));
    return m_networks.attach(moving.endpoint, isDefaultRoute, processOf(moving.container.id).pid);
}

Result<bool> Containers::State::hasDefaultRoute(const EndpointRecord& endpoint) {
    TRY_ASSIGN(const auto networks, networksOf(endpoint.container));
    const std::size_t route = defaultRouteOf(networks);
    return route < networks.size() && networks[route].network.id == endpoint.network;
}

// A fixed address was of the former subnet.
Result<void> Containers::State::attachMoved(Moving& moving) {
    auto& [container, endpoint, before] = moving;
    endpoint.request.ip.reset();
    endpoint.request.ip6.reset();
    const bool wasFirst =
        !endpoint.addresses.empty() && container.address == endpoint.addresses.front().toString();
    TRY(attachNow(container, endpoint));
    if (wasFirst) {
        container.address = endpoint.addresses.front().toString();
        TRY(m_records.update(container));
    }
    TRY_ASSIGN(const bool isDefaultRoute, hasDefaultRoute(endpoint));
    if (isDefaultRoute)
        TRY(republish(container));
    return changeNameFiles(container, before);
}

// With new addresses, where its row is already.
Result<void> Containers::State::attachNow(const Container& container, EndpointRecord& endpoint) {
    TRY_ASSIGN(const bool isDefaultRoute, hasDefaultRoute(endpoint));
    TRY(m_networks.reserve(endpoint));
    auto attached = m_networks.attach(endpoint, isDefaultRoute, processOf(container.id).pid);
    if (attached) {
        const auto lock = m_store.lock();
        attached = m_networks.saveRun(endpoint);
    }
    if (!attached)
        m_networks.release(endpoint);
    return attached;
}

Result<std::map<std::string, std::string>>
Containers::State::overlapsNow(const std::vector<NetworkRecord>& records) {
    TRY_ASSIGN(const auto routes, m_networks.foreignRoutes());
    std::map<std::string, std::string> overlaps;
    for (const auto& record : records) {
        if (auto route = Networks::overlapOf(record, routes); !route.empty())
            overlaps[record.network.id] = std::move(route);
    }
    return overlaps;
}

// On the watching thread: people are told which of their networks a VPN has just come in the way of, and
// whose way is free again.
Result<void> Containers::State::routesChanged() {
    TRY_ASSIGN(const auto records, m_networks.all());
    TRY_ASSIGN(auto now, overlapsNow(records));
    for (const auto& record : records) {
        const auto before = m_overlaps.find(record.network.id);
        const auto route = now.find(record.network.id);
        const std::string former = before != m_overlaps.end() ? before->second : std::string();
        if (route != now.end() && former.empty())
            emitNetworkEvent(record, "overlap", {{"route", route->second}});
        if (former != (route != now.end() ? route->second : std::string()))
            notifyNetworks(record.owner, {{{}, record.network.id, 0, {}, {}, {}}});
    }
    m_overlaps = std::move(now);
    return {};
}

// Which of its interfaces are counted, and where: those without an end in the host's namespace in their own.
void Containers::State::measureNetworks(const std::string& id) {
    std::vector<StatsSampler::Interface> interfaces;
    std::optional<InterfaceCountersFile> inner;
    const auto gather = [&]() -> Result<void> {
        TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(id));
        for (const auto& endpoint : endpoints) {
            if (endpoint.addresses.empty())
                continue;
            TRY_ASSIGN(const auto record, m_networks.byId(endpoint.network));
            const bool isPair = record.network.driver == "bridge";
            interfaces.push_back({endpoint.inside(), isPair ? endpoint.hostInterface() : std::string()});
            if (isPair || inner)
                continue;
            TRY_ASSIGN(const UniqueFd target, openNetworkNamespace(processOf(id).pid));
            TRY_ASSIGN(inner, InterfaceCountersFile::openIn(target.get()));
        }
        return {};
    };
    if (const auto gathered = gather(); !gathered)
        logError("container " + shortId(id) + ": " + gathered.error().text());
    m_sampler->setInterfaces(id, std::move(interfaces), std::move(inner));
}

// Of one that runs already. When the former helper died in the middle of a change, or a foreign tool has been
// at it, the records decide: what they name is attached, and nothing else.
Result<void> Containers::State::adoptNetworks(const Container& container) {
    TRY_ASSIGN(auto endpoints, m_networks.endpointsOf(container.id));
    if (!hasNetworks(container.options))
        return {};
    for (const auto& endpoint : endpoints) {
        if (!endpoint.addresses.empty())
            m_networks.adopt(endpoint);
    }
    const pid_t pid = processOf(container.id).pid;
    TRY_ASSIGN(const auto there, m_networks.removeStrays(container.id, endpoints, pid));
    for (auto& endpoint : endpoints) {
        TRY_ASSIGN(const bool isDefaultRoute, hasDefaultRoute(endpoint));
        if (endpoint.addresses.empty())
            TRY(attachNow(container, endpoint));
        else if (!there.contains(endpoint.inside()))
            TRY(m_networks.attach(endpoint, isDefaultRoute, pid));
    }
    return {};
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
