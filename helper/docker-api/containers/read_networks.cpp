// Which networks a container is in, and which of its ports this machine has.
#include "helper/docker-api/containers/create_request_parts.h"

#include "engine/base/csv.h"

#include <charconv>

namespace escale::docker_api {
namespace {

struct Endpoint {
    std::string network;
    Texts aliases;
    std::string ip, ip6, mac;
};

Result<Endpoint> readEndpoint(const std::string& network, const Fields& fields) {
    Endpoint endpoint;
    endpoint.network = network == "default" ? "bridge" : network;
    TRY(fields.read("Aliases", endpoint.aliases));
    TRY(fields.read("MacAddress", endpoint.mac));
    TRY_ASSIGN(const Fields ipam, fields.object("IPAMConfig"));
    TRY(ipam.read("IPv4Address", endpoint.ip));
    TRY(ipam.read("IPv6Address", endpoint.ip6));
    TRY(refuseUnlessEmpty(ipam, "LinkLocalIPs", "a container has one address of each kind in a network"));
    TRY(refuseUnlessEmpty(fields, "Links", "links are Docker's way of before its networks",
                          "Give the other container an alias in this network."));
    TRY(refuseUnlessEmpty(fields, "DriverOpts", "Escale's networks have no options of a single container's"));
    TRY(refuseUnlessEmpty(fields, "GwPriority", "the first network has the default route"));
    return endpoint;
}

std::string choiceText(const Endpoint& endpoint) {
    std::string text = csvField("name=" + endpoint.network);
    for (const std::string& alias : endpoint.aliases)
        text += "," + csvField("alias=" + alias);
    for (const auto& [key, value] : {std::pair("ip", &endpoint.ip), std::pair("ip6", &endpoint.ip6),
                                     std::pair("mac-address", &endpoint.mac)}) {
        if (!value->empty())
            text += "," + csvField(std::string(key) + "=" + *value);
    }
    return text;
}

// A container with another one's network, this machine's or none is in no further one.
Result<void> checkFitsMode(const Endpoint& endpoint, const std::string& mode) {
    const bool isAlone = mode == "host" || mode == "none" || mode.starts_with("container:");
    if (isAlone && endpoint.network != mode)
        return fail(ErrorCode::InvalidArgument, "conflicting options: a container with the network mode \"" +
                                                    mode + "\" cannot be in the network \"" +
                                                    endpoint.network + "\", too");
    return {};
}

Result<std::vector<Endpoint>> readEndpoints(const std::vector<std::pair<std::string, Fields>>& configs,
                                            const std::string& mode) {
    std::vector<Endpoint> endpoints;
    for (const auto& [name, fields] : configs) {
        TRY_ASSIGN(endpoints.emplace_back(), readEndpoint(name, fields));
        TRY(checkFitsMode(endpoints.back(), mode));
    }
    return endpoints;
}

Result<std::string> networkMode(const Fields& body, const Fields& host) {
    std::string mode;
    TRY(host.read("NetworkMode", mode));
    bool isDisabled = false;
    TRY(body.read("NetworkDisabled", isDisabled));
    if (isDisabled)
        return std::string("none");
    return mode.empty() || mode == "default" ? "bridge" : mode;
}

} // namespace

Result<void> readNetworks(const Fields& body, const Fields& host, ContainerOptions& options) {
    TRY_ASSIGN(options.network, networkMode(body, host));
    TRY_ASSIGN(const Fields networking, body.object("NetworkingConfig"));
    TRY_ASSIGN(const auto configs, networking.entries("EndpointsConfig"));
    TRY_ASSIGN(auto endpoints, readEndpoints(configs, options.network));
    // The networks that are listed are those that it is in; the mode says which of them is the first.
    auto first = endpoints.begin();
    while (first != endpoints.end() && first->network != options.network)
        ++first;
    if (!endpoints.empty() && first == endpoints.end())
        first = endpoints.begin();
    std::string mac;
    TRY(body.read("MacAddress", mac));
    if (first != endpoints.end()) {
        options.network = first->network;
        options.networkAliases = first->aliases;
        options.ip = first->ip;
        options.ip6 = first->ip6;
        options.macAddress = first->mac;
        endpoints.erase(first);
    }
    if (options.macAddress.empty())
        options.macAddress = mac;
    for (const Endpoint& endpoint : endpoints)
        options.networks.push_back(choiceText(endpoint));
    TRY(host.read("Dns", options.dns));
    TRY(host.read("DnsSearch", options.dnsSearch));
    TRY(host.read("DnsOptions", options.dnsOptions));
    return host.read("ExtraHosts", options.extraHosts);
}

namespace {

struct Range {
    std::uint16_t first = 0, last = 0;
};

Result<Range> readRange(const std::string& text) {
    Range range;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, range.first);
    const bool isRange = first.ec == std::errc() && first.ptr != end && *first.ptr == '-';
    range.last = range.first;
    const auto last = isRange ? std::from_chars(first.ptr + 1, end, range.last) : first;
    if (last.ec != std::errc() || last.ptr != end || range.first > range.last)
        return fail(ErrorCode::InvalidArgument, "invalid port specification: \"" + text.substr(0, 80) + "\"");
    return range;
}

// "80" and "80/TCP" as "80/tcp".
Result<std::string> readPort(const std::string& text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    TRY_ASSIGN(const Range port, readRange(text.substr(0, slash)));
    std::string protocol = slash < text.size() ? text.substr(slash + 1) : "tcp";
    for (char& c : protocol)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (port.first == 0 || (protocol != "tcp" && protocol != "udp" && protocol != "sctp"))
        return fail(ErrorCode::InvalidArgument, "invalid port specification: \"" + text.substr(0, 80) + "\"");
    return text.substr(0, slash) + "/" + protocol;
}

Result<void> readBinding(const std::string& inside, const Fields& binding, CreateRequest& request) {
    std::string address, hostPort;
    TRY(binding.read("HostIp", address));
    TRY(binding.read("HostPort", hostPort));
    if (hostPort.empty() || hostPort == "0") {
        request.options.publish.push_back(publishText(address, "", inside));
        return {};
    }
    TRY_ASSIGN(const Range range, readRange(hostPort));
    if (range.first != range.last && inside.find('-') == std::string::npos)
        request.portRanges.push_back({address, range.first, range.last, inside});
    else
        request.options.publish.push_back(publishText(address, hostPort, inside));
    return {};
}

Result<void> readBindings(const Fields& host, CreateRequest& request) {
    const Json& bindings = host.at("PortBindings");
    if (!bindings.isNull() && !bindings.isObject())
        return fail(ErrorCode::InvalidArgument, "invalid JSON: HostConfig.PortBindings is no object");
    const Fields ports(bindings, host.nameOf("PortBindings"));
    for (const auto& [port, unused] : bindings.members()) {
        TRY_ASSIGN(const std::string inside, readPort(port));
        TRY_ASSIGN(const auto list, ports.objects(port));
        for (const Fields& binding : list)
            TRY(readBinding(inside, binding, request));
    }
    return {};
}

} // namespace

std::string publishText(const std::string& address, const std::string& hostPort, const std::string& inside) {
    if (address.empty())
        return hostPort.empty() ? inside : hostPort + ":" + inside;
    const bool isV6 = address.find(':') != std::string::npos && !address.starts_with('[');
    return (isV6 ? "[" + address + "]" : address) + ":" + hostPort + ":" + inside;
}

Result<void> readPorts(const Fields& body, const Fields& host, CreateRequest& request) {
    TRY_ASSIGN(const auto exposed, body.entries("ExposedPorts"));
    for (const auto& [port, nothing] : exposed) {
        TRY_ASSIGN(request.exposedPorts.emplace_back(), readPort(port));
    }
    TRY(host.read("PublishAllPorts", request.publishesAll));
    TRY(readBindings(host, request));
    const bool publishes =
        request.publishesAll || !request.portRanges.empty() || !request.options.publish.empty();
    if (request.options.network == "host" && publishes) {
        request.warnings.emplace_back("Published ports are discarded when using host network mode");
        request.publishesAll = false;
        request.portRanges.clear();
        request.options.publish.clear();
    }
    return {};
}

} // namespace escale::docker_api
