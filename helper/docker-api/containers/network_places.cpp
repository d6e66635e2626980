#include "helper/docker-api/containers/network_places.h"

#include "engine/network/ip.h"
#include "helper/docker-api/api/network_names.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/host_config_json.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

// What an endpoint has of one family.
struct FamilyPlace {
    std::string address, gateway;
    unsigned prefix = 0;
};

FamilyPlace placeOf(const NetworkPlace& place, bool isV6) {
    FamilyPlace found;
    for (const QString& text : place.endpoint->addresses) {
        const auto address = IpAddress::parse(text.toStdString());
        if (!address || address->isV6 != isV6)
            continue;
        found.address = text.toStdString();
        for (const auto& pool : place.network->pools) {
            const auto subnet = IpSubnet::parse(pool.subnet.toStdString());
            if (!subnet || !subnet->contains(*address))
                continue;
            found.prefix = subnet->prefix;
            found.gateway = place.network->isInternal ? std::string() : pool.gateway.toStdString();
        }
    }
    return found;
}

Json ipamJson(const EndpointRequest* asked) {
    if (asked == nullptr || (!asked->ip && !asked->ip6))
        return {};
    Json ipam;
    if (asked->ip)
        ipam.set("IPv4Address", asked->ip->toString());
    if (asked->ip6)
        ipam.set("IPv6Address", asked->ip6->toString());
    return ipam;
}

// A container without networks of its own that Docker shows as being in one.
Json predefinedJson(const PredefinedNetwork& network, const ListedContainer& container) {
    dbus::Network same;
    same.id = toQString(network.id);
    dbus::NetworkEndpoint endpoint;
    endpoint.container = container.id;
    endpoint.isRunning = container.pid != 0;
    return Json().set(std::string(network.name), endpointJson({&same, &endpoint}, nullptr));
}

} // namespace

NetworkIndex::NetworkIndex(const dbus::NetworkList& networks) {
    for (const dbus::Network& network : networks) {
        for (const dbus::NetworkEndpoint& endpoint : network.endpoints)
            m_places[endpoint.container].push_back({&network, &endpoint});
    }
}

const NetworkPlaces& NetworkIndex::of(const QString& container) const {
    const auto found = m_places.constFind(container);
    return found == m_places.constEnd() ? m_none : *found;
}

std::string networkMode(const ListedContainer& container) {
    const std::string mode = container.network.toStdString();
    // "name=web,alias=…": docker's long form
    const auto choice = parseNetworkChoice(mode);
    return choice && mode.find('=') != std::string::npos ? choice->network : mode;
}

Json endpointJson(const NetworkPlace& place, const EndpointRequest* asked) {
    const FamilyPlace v4 = placeOf(place, false), v6 = placeOf(place, true);
    const std::string network = place.network->id.toStdString();
    const std::string endpoint = place.endpoint->isRunning
                                     ? endpointId(network, place.endpoint->container.toStdString())
                                     : std::string();
    return Json()
        .set("IPAMConfig", ipamJson(asked))
        .set("Links", Json())
        .set("Aliases", textsOrNull(fromStringList(place.endpoint->aliases)))
        .set("MacAddress", place.endpoint->mac.toStdString())
        .set("DriverOpts", Json())
        .set("GwPriority", 0)
        .set("NetworkID", network)
        .set("EndpointID", endpoint)
        .set("Gateway", v4.gateway)
        .set("IPAddress", v4.address)
        .set("IPPrefixLen", v4.prefix)
        .set("IPv6Gateway", v6.gateway)
        .set("GlobalIPv6Address", v6.address)
        .set("GlobalIPv6PrefixLen", v6.prefix)
        .set("DNSNames", textsOrNull(fromStringList(place.endpoint->dnsNames)));
}

Json networksJson(const ListedContainer& container, const NetworkPlaces& places,
                  const NetworkChoices& choices) {
    for (const PredefinedNetwork& network : kPredefinedNetworks) {
        if (places.empty() && container.network == toQString(network.name))
            return predefinedJson(network, container);
    }
    Json networks = Json::Object();
    for (const NetworkPlace& place : places) {
        const std::string name = place.network->name.toStdString();
        const auto asked = std::find_if(choices.begin(), choices.end(), [&](const NetworkChoice& choice) {
            return choice.network == name || choice.network == place.network->id.toStdString();
        });
        networks.set(name, endpointJson(place, asked == choices.end() ? nullptr : &asked->request));
    }
    return networks;
}

} // namespace escale::docker_api
