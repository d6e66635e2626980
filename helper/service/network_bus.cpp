#include "helper/service/network_bus.h"

#include "engine/container/containers.h"
#include "engine/network/dns_names.h"
#include "helper/service/container_bus.h"

#include <algorithm>
#include <utility>

namespace escale {

dbus::NetworkPools toBus(const std::vector<NetworkPool>& pools) {
    dbus::NetworkPools result;
    for (const auto& pool : pools)
        result.append({toQString(pool.subnet.toString()),
                       pool.ipRange ? toQString(pool.ipRange->toString()) : QString(),
                       toQString(pool.gateway.toString())});
    return result;
}

dbus::Network toBus(const NetworkRecord& record) {
    const Network& network = record.network;
    dbus::Network result;
    result.id = toQString(network.id);
    result.name = toQString(network.name);
    result.driver = toQString(network.driver);
    result.created = record.createdAt;
    result.pools = toBus(network.pools);
    result.isInternal = network.internal;
    result.icc = network.icc;
    result.masquerade = network.masquerade;
    result.mtu = network.mtu;
    result.parent = toQString(network.parent);
    result.mode = toQString(network.mode);
    for (const auto& [name, value] : record.labels)
        result.labels.insert(toQString(name), toQString(value));
    result.isDefault = record.isDefault();
    return result;
}

EndpointOwner::EndpointOwner(const Container& container)
    : name(container.options.name)
    , hostname(container.options.hostname)
    , isRunning(isAlive(container.state)) {}

static dbus::NetworkEndpoint toBus(const EndpointRecord& endpoint, const NetworkRecord& network,
                                   const EndpointOwner& owner) {
    dbus::NetworkEndpoint result;
    result.container = toQString(endpoint.container);
    result.name = toQString(owner.name);
    result.isRunning = owner.isRunning;
    result.aliases = toStringList(endpoint.request.aliases);
    if (Containers::answersNames(network))
        result.dnsNames = toStringList(
            dnsNamesOf(owner.name, endpoint.container, owner.hostname, endpoint.request.aliases));
    if (!result.isRunning)
        return result;
    result.inside = toQString(endpoint.inside());
    result.hostInterface = toQString(endpoint.hostInterface());
    for (const auto& address : endpoint.addresses)
        result.addresses.append(toQString(address.toString()));
    result.mac = toQString(endpoint.mac);
    return result;
}

dbus::NetworkList toBus(const std::vector<NetworkRecord>& networks,
                        const std::vector<EndpointRecord>& endpoints, const EndpointOwners& owners) {
    dbus::NetworkList result;
    std::unordered_map<std::string, std::size_t> places; // of a network's id in both lists
    for (const auto& record : networks) {
        places.emplace(record.network.id, places.size());
        result.append(toBus(record));
    }
    for (const auto& endpoint : endpoints) {
        const auto place = places.find(endpoint.network);
        const auto owner = owners.find(endpoint.container);
        if (place != places.end() && owner != owners.end())
            result[static_cast<qsizetype>(place->second)].endpoints.append(
                toBus(endpoint, networks[place->second], owner->second));
    }
    return result;
}

dbus::PortReach toBus(const std::string& port, const PortReach& reach) {
    using Who = PortReach::Who;
    using Reason = PortReach::Reason;
    static constexpr std::pair<Who, const char*> kWho[]{
        {Who::ThisMachine, "machine"}, {Who::LocalNetwork, "local"}, {Who::Everybody, "everybody"}};
    static constexpr std::pair<Reason, const char*> kWhy[]{{Reason::LoopbackAddress, "loopback"},
                                                           {Reason::ForwardDropped, "forward-dropped"},
                                                           {Reason::PrivateAddress, "private-address"},
                                                           {Reason::NoPublicAddress, "no-public-address"},
                                                           {Reason::PublicAddress, "public-address"}};
    const auto word = [](const auto& words, auto value) {
        const auto found = std::find_if(std::begin(words), std::end(words),
                                        [&](const auto& each) { return each.first == value; });
        return QString::fromLatin1(found->second);
    };
    return {toQString(port),        word(kWho, reach.who), word(kWhy, reach.reason),
            toQString(reach.chain), reach.isCertain,       toQString(reach.bypassedInput)};
}

dbus::HostInterface toBus(const HostInterface& interface) {
    const InterfaceCounters& counters = interface.counters;
    return {toQString(interface.name),
            toQString(interface.kind),
            interface.isUp,
            toQString(interface.mac),
            toStringList(interface.addresses),
            toQString(interface.bridge),
            toQString(interface.parent),
            counters.receivedBytes,
            counters.receivedPackets,
            counters.sentBytes,
            counters.sentPackets,
            counters.receiveDrops + counters.sendDrops,
            toQString(interface.unfit)};
}

} // namespace escale
