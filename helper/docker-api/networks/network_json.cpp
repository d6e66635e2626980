#include "helper/docker-api/networks/network_json.h"

#include "helper/docker-api/api/network_names.h"
#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

Json text(const QString& value) {
    return value.toStdString();
}

bool isV6(const QString& address) {
    return address.contains(u':');
}

// "172.17.0.2/16": with the length of its subnet's prefix, as the engine tells both apart.
std::string withPrefix(const QString& address, const dbus::Network& network) {
    for (const auto& pool : network.pools) {
        if (isV6(pool.subnet) == isV6(address))
            return (address + u'/' + pool.subnet.section(u'/', 1)).toStdString();
    }
    return address.toStdString();
}

Json endpointJson(const dbus::NetworkEndpoint& endpoint, const dbus::Network& network) {
    std::string v4, v6;
    for (const QString& address : endpoint.addresses)
        (isV6(address) ? v6 : v4) = withPrefix(address, network);
    return Json()
        .set("Name", text(endpoint.name))
        .set("EndpointID", endpointId(network.id.toStdString(), endpoint.container.toStdString()))
        .set("MacAddress", text(endpoint.mac))
        .set("IPv4Address", v4)
        .set("IPv6Address", v6);
}

Json ipamJson(const dbus::Network& network) {
    Json pools(Json::Array{});
    for (const auto& pool : network.pools) {
        Json one = Json().set("Subnet", text(pool.subnet));
        if (!pool.range.isEmpty())
            one.set("IPRange", text(pool.range));
        if (!pool.gateway.isEmpty())
            one.set("Gateway", text(pool.gateway));
        pools.append(one);
    }
    return Json().set("Driver", "default").set("Options", Json(Json::Object{})).set("Config", pools);
}

} // namespace

Result<dbus::NetworkList> allNetworks(const Bus& bus) {
    TRY_ASSIGN(auto networks, bus.ask<dbus::NetworkList>(Face::Networks, "List"));
    for (const auto& predefined : kPredefinedNetworks) {
        dbus::Network network;
        network.id = toQString(predefined.id);
        network.name = toQString(predefined.name);
        network.driver = toQString(predefined.driver);
        network.created = networks.isEmpty() ? 0 : networks.first().created;
        networks.append(network);
    }
    return networks;
}

Result<dbus::Network> findNetwork(const Bus& bus, const std::string& name) {
    TRY_ASSIGN(const auto networks, allNetworks(bus));
    const QString wanted = toQString(name);
    const auto exact = std::find_if(networks.begin(), networks.end(), [&](const auto& network) {
        return network.id == wanted || network.name == wanted;
    });
    if (exact != networks.end())
        return *exact;
    dbus::NetworkList found;
    std::copy_if(networks.begin(), networks.end(), std::back_inserter(found),
                 [&](const auto& network) { return !wanted.isEmpty() && network.id.startsWith(wanted); });
    if (found.isEmpty())
        return fail(ErrorCode::NotFound, "network " + name + " not found");
    if (found.size() > 1)
        return fail(ErrorCode::InvalidArgument, "network " + name + " is ambiguous (" +
                                                    std::to_string(found.size()) +
                                                    " matches found based on ID prefix)");
    return found.first();
}

Json networkOptionsJson(const dbus::Network& network) {
    Json options(Json::Object{});
    if (network.isDefault)
        options.set("com.docker.network.bridge.default_bridge", "true")
            .set("com.docker.network.bridge.name", text(network.interface));
    if (network.isDefault || !network.icc)
        options.set("com.docker.network.bridge.enable_icc", network.icc ? "true" : "false");
    if (network.isDefault || !network.masquerade)
        options.set("com.docker.network.bridge.enable_ip_masquerade", network.masquerade ? "true" : "false");
    if (network.mtu != 0)
        options.set("com.docker.network.driver.mtu", std::to_string(network.mtu));
    if (!network.parent.isEmpty())
        options.set("parent", text(network.parent));
    if (!network.mode.isEmpty())
        options.set(network.driver.toStdString() + "_mode", text(network.mode));
    return options;
}

Json networkJson(const dbus::Network& network, bool withContainers) {
    Json containers(Json::Object{});
    for (const auto& endpoint : network.endpoints) {
        if (withContainers && endpoint.isRunning)
            containers.set(endpoint.container.toStdString(), endpointJson(endpoint, network));
    }
    const bool hasV6 = std::any_of(network.pools.begin(), network.pools.end(),
                                   [](const auto& pool) { return isV6(pool.subnet); });
    return Json()
        .set("Name", text(network.name))
        .set("Id", text(network.id))
        .set("Created", timeText(network.created))
        .set("Scope", "local")
        .set("Driver", text(network.driver))
        .set("EnableIPv4", true)
        .set("EnableIPv6", hasV6)
        .set("IPAM", ipamJson(network))
        .set("Internal", network.isInternal)
        .set("Attachable", false)
        .set("Ingress", false)
        .set("ConfigFrom", Json().set("Network", ""))
        .set("ConfigOnly", false)
        .set("Containers", containers)
        .set("Options", networkOptionsJson(network))
        .set("Labels", textsJson(network.labels));
}

} // namespace escale::docker_api
