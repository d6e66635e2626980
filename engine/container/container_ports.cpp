// Published ports of containers: reserved before the container is made, led to it once it is attached, put
// back when somebody takes the rules away.
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/container/launch.h"
#include "engine/container/option_forms.h"

#include <algorithm>

namespace escale {
namespace {

// The container's address of that family, or none.
const IpAddress* addressOf(const EndpointRecord& endpoint, bool isV6) {
    const auto found = std::find_if(endpoint.addresses.begin(), endpoint.addresses.end(),
                                    [&](const auto& address) { return address.isV6 == isV6; });
    return found != endpoint.addresses.end() ? &*found : nullptr;
}

// Without a host address: one of each family that the container has.
Result<void> addPorts(const PortRequest& request, const EndpointRecord& endpoint,
                      std::vector<PublishedPort>& ports) {
    PublishedPort port;
    TRY_ASSIGN(port.protocol, parseProtocol(request.protocol));
    port.hostPort = request.hostPort;
    port.containerPort = request.port;
    if (!request.hostAddress.empty()) {
        TRY_ASSIGN(port.hostIp, IpAddress::parse(request.hostAddress));
    }
    const std::size_t before = ports.size();
    for (const bool isV6 : {false, true}) {
        const IpAddress* inside = addressOf(endpoint, isV6);
        if (inside == nullptr || (port.hostIp && port.hostIp->isV6 != isV6))
            continue;
        port.containerIp = *inside;
        ports.push_back(port);
    }
    if (ports.size() == before)
        return fail(ErrorCode::InvalidArgument,
                    "the port " + std::to_string(request.port) + " cannot be published on " +
                        request.hostAddress + ": the container has no address of that family",
                    "Put it into a network with IPv6, or publish on an IPv4 address.");
    return {};
}

// The words do not tell the container's address.
Result<std::vector<PublishedPort>> portsFrom(const Texts& words, const EndpointRecord& endpoint) {
    std::vector<PublishedPort> ports;
    for (const auto& word : words) {
        TRY_ASSIGN(const auto parsed, parsePortWords(word));
        for (PublishedPort port : parsed) {
            if (const IpAddress* inside = addressOf(endpoint, port.containerIp.isV6)) {
                port.containerIp = *inside;
                ports.push_back(port);
            }
        }
    }
    return ports;
}

} // namespace

Result<void> Containers::State::preparePorts(Launch& launch, Revert& revert) {
    Container& container = launch.container;
    container.ports.clear();
    if (container.options.publish.empty())
        return {};
    const std::size_t route = defaultRouteOf(launch.networks);
    if (route == launch.endpoints.size())
        return fail(ErrorCode::InvalidArgument,
                    "the container " + container.options.name +
                        " cannot publish ports: nobody outside reaches its networks",
                    "Put it into a network that is not internal, or publish nothing.");
    std::vector<PublishedPort> wanted;
    for (const auto& text : container.options.publish) {
        TRY_ASSIGN(const auto requests, parsePublish(text));
        for (const auto& request : requests)
            TRY(addPorts(request, launch.endpoints[route], wanted));
    }
    TRY(checkRoomForPorts(container, wanted.size()));
    const std::string id = container.id;
    TRY_ASSIGN(launch.ports, m_ports.reserve(id, std::move(wanted)));
    revert.add([this, id]() -> Result<void> {
        m_ports.release(id);
        return {};
    });
    for (const auto& port : launch.ports)
        container.ports.push_back(toWords(port));
    return {};
}

// Each is a descriptor of this process, which is everybody's.
Result<void> Containers::State::checkRoomForPorts(const Container& container, std::size_t wanted) {
    constexpr std::size_t kMostOfOwner = 4000;
    TRY_ASSIGN(const auto all, m_records.of(container.owner));
    for (const auto& other : all) {
        if (other.id != container.id && isAlive(other.state))
            wanted += other.ports.size();
    }
    if (wanted > kMostOfOwner)
        return fail(ErrorCode::NoSpace,
                    "with the ports of the container " + container.options.name + " more than " +
                        std::to_string(kMostOfOwner) + " would be published",
                    "Stop containers that publish many, or publish fewer.");
    return {};
}

Result<void> Containers::State::publishPorts(Launch& launch, Revert& revert) {
    if (launch.ports.empty())
        return {};
    const std::string id = launch.container.id;
    const std::size_t route = defaultRouteOf(launch.networks);
    revert.add([this, id] { return withdrawPorts(id); });
    return publish(launch.endpoints[route], launch.networks[route], launch.ports);
}

Result<void> Containers::State::publish(const EndpointRecord& endpoint, const NetworkRecord& network,
                                        const std::vector<PublishedPort>& ports) {
    TRY_ASSIGN(const PortOwner owner, portOwner(network.network, Networks::endpointOf(endpoint, true)));
    {
        const std::lock_guard lock(m_mutex);
        m_published[endpoint.container] = {owner, ports};
    }
    return m_portRules.replace(owner, ports);
}

// The ports stay reserved.
Result<void> Containers::State::withdrawPorts(const std::string& id) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_published.erase(id) == 0)
            return {};
    }
    return m_portRules.remove(id);
}

Result<void> Containers::State::endPorts(const std::string& id) {
    auto withdrawn = withdrawPorts(id);
    m_ports.release(id);
    return withdrawn;
}

// By the way out that the container has now.
Result<void> Containers::State::republish(const Container& container) {
    if (container.ports.empty())
        return {};
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    const std::size_t route = defaultRouteOf(networks);
    if (route == endpoints.size())
        return withdrawPorts(container.id);
    TRY_ASSIGN(const auto ports, portsFrom(container.ports, endpoints[route]));
    return publish(endpoints[route], networks[route], ports);
}

// Of one that runs already: a new helper reserves what it has, and has the rules put back by restoreRules().
Result<void> Containers::State::adoptPorts(const Container& container) {
    if (container.ports.empty())
        return {};
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    const std::size_t route = defaultRouteOf(networks);
    if (route == endpoints.size())
        return {};
    TRY_ASSIGN(auto ports, portsFrom(container.ports, endpoints[route]));
    TRY_ASSIGN(ports, m_ports.reserve(container.id, std::move(ports)));
    TRY_ASSIGN(const PortOwner owner,
               portOwner(networks[route].network, Networks::endpointOf(endpoints[route], true)));
    const std::lock_guard lock(m_mutex);
    m_published[container.id] = {owner, std::move(ports)};
    return {};
}

Result<std::vector<std::pair<std::string, PortReach>>> Containers::State::reach(const std::string& id) {
    OwnedPorts owned;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_published.find(id); found != m_published.end())
            owned = found->second;
    }
    std::vector<std::pair<std::string, PortReach>> result;
    for (const auto& port : owned.ports) {
        TRY_ASSIGN(const PortReach reach, reachOf(port, owned.owner.bridge, m_settings.table));
        result.emplace_back(toWords(port), reach);
    }
    return result;
}

Result<void> Containers::State::restoreRules() {
    auto outcome = m_networks.repair();
    std::vector<OwnedPorts> all;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, owned] : m_published)
            all.push_back(owned);
    }
    if (auto restored = m_portRules.restore(all); !restored) {
        if (outcome)
            return restored;
        outcome.error().addCause(restored.error());
    }
    return outcome;
}

// On the watching thread.
void Containers::State::rulesWereLost(const std::string& by) {
    const auto restored = restoreRules();
    if (!restored)
        logError(restored.error().text());
    std::set<uid_t> owners;
    for (const auto& endpoint : m_networks.attached()) {
        if (const auto record = m_networks.byId(endpoint.network))
            owners.insert(record->owner);
    }
    logWarning("rules of containers' networks were taken away by " + (by.empty() ? "somebody" : by) +
               (restored ? " and have been put back" : ""));
    for (const uid_t owner : owners)
        m_events->add(owner, "network", restored ? "rules-restored" : "rules-lost", "", {{"by", by}});
}

} // namespace escale
