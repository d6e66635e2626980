#include "helper/docker-api/networks/network_requests.h"

#include "helper/docker-api/api/members.h"
#include "helper/docker-api/bus/bus.h"

#include <array>
#include <charconv>
#include <optional>

namespace escale::docker_api {
namespace {

constexpr std::string_view kBridge = "com.docker.network.bridge.";
constexpr auto kMtu = "com.docker.network.driver.mtu";

Error refused(std::string what, std::string hint) {
    return {ErrorCode::Unsupported, std::move(what), std::move(hint), {}};
}

// As Go's strconv.ParseBool.
Result<bool> readBool(const std::string& name, const std::string& text) {
    for (const char* word : {"1", "t", "T", "true", "TRUE", "True"}) {
        if (text == word)
            return true;
    }
    for (const char* word : {"0", "f", "F", "false", "FALSE", "False"}) {
        if (text == word)
            return false;
    }
    return fail(ErrorCode::InvalidArgument,
                "the option " + name + " is neither true nor false: \"" + text + '"');
}

Result<unsigned> readMtu(const std::string& text) {
    unsigned mtu = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), mtu);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return fail(ErrorCode::InvalidArgument,
                    std::string("the option ") + kMtu + " is no number: \"" + text + '"');
    return mtu;
}

// Options whose one value is what Escale does anyway.
struct FixedOption {
    std::string_view name, value;
    const char* hint;
};
constexpr std::array kFixedOptions{
    FixedOption{"com.docker.network.bridge.host_binding_ipv4", "0.0.0.0",
                "Publish each port on the address: -p 127.0.0.1:8080:80."},
    FixedOption{"com.docker.network.bridge.gateway_mode_ipv4", "nat",
                "Set com.docker.network.bridge.enable_ip_masquerade to false for a network without NAT."},
    FixedOption{"com.docker.network.bridge.gateway_mode_ipv6", "nat",
                "Set com.docker.network.bridge.enable_ip_masquerade to false for a network without NAT."},
    FixedOption{"com.docker.network.bridge.inhibit_ipv4", "false",
                "A network's bridge has the gateway's address."},
    FixedOption{"com.docker.network.bridge.default_bridge", "false",
                "The default network is there already: bridge."},
    FixedOption{"com.docker.network.container_iface_prefix", "eth",
                "Interfaces of containers are eth0, eth1 …"},
    FixedOption{"ipvlan_flag", "bridge", "Containers on one interface reach each other."},
};

Result<void> takeOption(const std::string& name, const std::string& value, QVariantMap& options) {
    if (name == std::string(kBridge) + "enable_icc") {
        TRY_ASSIGN(const bool isOn, readBool(name, value));
        options.insert(QStringLiteral("icc"), isOn);
    } else if (name == std::string(kBridge) + "enable_ip_masquerade") {
        TRY_ASSIGN(const bool isOn, readBool(name, value));
        options.insert(QStringLiteral("masquerade"), isOn);
    } else if (name == kMtu) {
        TRY_ASSIGN(const unsigned mtu, readMtu(value));
        options.insert(QStringLiteral("mtu"), mtu);
    } else if (name == "parent") {
        options.insert(QStringLiteral("parent"), toQString(value));
    } else if (name == "macvlan_mode" || name == "ipvlan_mode") {
        if (options.value(QStringLiteral("driver")).toString() + QStringLiteral("_mode") != toQString(name))
            return fail(ErrorCode::InvalidArgument, "the option " + name + " is one of another driver");
        options.insert(QStringLiteral("mode"), toQString(value));
    } else if (name == std::string(kBridge) + "name") {
        return fail(refused("Escale gives a network's bridge its name itself; it cannot be " + value,
                            "Leave out " + name + "; `ip link` and Escale's window show the name."));
    } else {
        for (const auto& fixed : kFixedOptions) {
            if (fixed.name != name)
                continue;
            if (fixed.value == value)
                return {};
            return fail(
                refused("the option " + name + " can only be " + std::string(fixed.value), fixed.hint));
        }
        return fail(refused("Escale does not know the network option \"" + name + '"', "Leave it out."));
    }
    return {};
}

// Without --ipv6, dockerd leaves pools of IPv6 out, too.
Result<void> takePools(const Json& ipam, bool hasV6, QVariantMap& options) {
    TRY_ASSIGN(const std::string driver, ipam.getOptionalString("Driver"));
    TRY_ASSIGN(const auto more, readTexts(ipam, "Options"));
    if ((!driver.empty() && driver != "default") || !more.isEmpty())
        return fail(
            refused("Escale has no IPAM driver but \"default\", and it has no options", "Leave both out."));
    QStringList subnets, ranges, gateways;
    for (const Json& pool : ipam.at("Config").items()) {
        TRY_ASSIGN(const auto others, readTexts(pool, "AuxiliaryAddresses"));
        if (!others.isEmpty())
            return fail(refused("Escale keeps no addresses back for others (AuxiliaryAddresses)",
                                "Give an address range (--ip-range) that leaves them out."));
        for (const auto& [key, list] : {std::pair("Subnet", &subnets), std::pair("IPRange", &ranges),
                                        std::pair("Gateway", &gateways)}) {
            TRY_ASSIGN(const std::string text, pool.getOptionalString(key));
            if (!text.empty() && (hasV6 || text.find(':') == std::string::npos))
                list->append(toQString(text));
        }
    }
    for (const auto& [key, list] :
         {std::pair("subnet", &subnets), std::pair("ip-range", &ranges), std::pair("gateway", &gateways)}) {
        if (!list->isEmpty())
            options.insert(QLatin1String(key), *list);
    }
    return {};
}

// What only means something in a swarm. "Attachable" means nothing outside of one: everybody may attach.
Result<void> checkScope(const Json& body) {
    TRY_ASSIGN(const std::string scope, body.getOptionalString("Scope"));
    TRY_ASSIGN(const bool isIngress, readFlag(body, "Ingress"));
    if (isIngress || (!scope.empty() && scope != "local"))
        return fail(
            refused("Escale has no swarm, and so no networks of one", "Make one with the driver bridge."));
    TRY_ASSIGN(const bool isConfig, readFlag(body, "ConfigOnly"));
    TRY_ASSIGN(const Json from, readObject(body, "ConfigFrom"));
    if (isConfig || !from.at("Network").toString().empty())
        return fail(refused("Escale has no networks that are only the settings of others",
                            "Give each network its settings."));
    TRY_ASSIGN(const bool hasV4, readFlag(body, "EnableIPv4", true));
    if (!hasV4)
        return fail(refused("Escale has no networks without IPv4", "Leave out --ipv4=false."));
    return {};
}

Result<QString> readDriver(const Json& body) {
    TRY_ASSIGN(const std::string driver, body.getOptionalString("Driver"));
    if (driver == "overlay")
        return fail(
            refused("Escale has no overlay networks: they join the machines of a swarm, which it is not in",
                    "Use the driver bridge, macvlan or ipvlan."));
    if (driver == "host" || driver == "null")
        return fail(ErrorCode::PermissionDenied,
                    "only one instance of \"" + driver + "\" network is allowed");
    return driver.empty() || driver == "default" ? QStringLiteral("bridge") : toQString(driver);
}

} // namespace

Result<NetworkRequest> networkRequest(const Json& body) {
    TRY(checkIsObject(body));
    NetworkRequest request;
    TRY_ASSIGN(request.name, body.getOptionalString("Name"));
    if (request.name.empty())
        return fail(ErrorCode::InvalidArgument, "the network has no name");
    TRY(checkScope(body));
    TRY_ASSIGN(const QString driver, readDriver(body));
    request.options.insert(QStringLiteral("driver"), driver);
    for (const auto& [key, option] : {std::pair("Internal", "internal"), std::pair("EnableIPv6", "ipv6")}) {
        TRY_ASSIGN(const bool isOn, readFlag(body, key));
        request.options.insert(QLatin1String(option), isOn);
    }
    TRY_ASSIGN(const Json ipam, readObject(body, "IPAM"));
    TRY(takePools(ipam, request.options.value(QStringLiteral("ipv6")).toBool(), request.options));
    TRY_ASSIGN(const auto options, readTexts(body, "Options"));
    for (auto option = options.begin(); option != options.end(); ++option)
        TRY(takeOption(option.key().toStdString(), option.value().toStdString(), request.options));
    TRY_ASSIGN(const auto labels, readTexts(body, "Labels"));
    if (!labels.isEmpty())
        request.options.insert(QStringLiteral("labels"), QVariant::fromValue(labels));
    return request;
}

Result<QVariantMap> endpointOptions(const Json& config) {
    TRY(checkIsObject(config));
    TRY_ASSIGN(const auto links, config.getStrings("Links"));
    if (!links.empty())
        return fail(refused("Escale has no links: containers in a network find each other by their names",
                            "Give the other container an alias (--alias) in this network."));
    TRY_ASSIGN(const auto driverOptions, readTexts(config, "DriverOpts"));
    if (!driverOptions.isEmpty())
        return fail(refused("Escale has no driver options for one container's place in a network",
                            "Leave them out."));
    if (config.at("GwPriority").toInteger() != 0)
        return fail(refused("Escale has no gateway priorities: the first network has the default route",
                            "Connect the network that is to have it first."));
    TRY_ASSIGN(const Json ipam, readObject(config, "IPAMConfig"));
    TRY_ASSIGN(const auto linkLocal, ipam.getStrings("LinkLocalIPs"));
    if (!linkLocal.empty())
        return fail(refused("Escale gives a container no further link-local addresses",
                            "Leave out --link-local-ip."));
    QVariantMap options;
    TRY_ASSIGN(const auto aliases, config.getStrings("Aliases"));
    if (!aliases.empty())
        options.insert(QStringLiteral("aliases"), toStringList(aliases));
    for (const auto& [from, key, option] :
         {std::tuple(&ipam, "IPv4Address", "ip"), std::tuple(&ipam, "IPv6Address", "ip6"),
          std::tuple(&config, "MacAddress", "mac-address")}) {
        TRY_ASSIGN(const std::string text, from->getOptionalString(key));
        if (!text.empty())
            options.insert(QLatin1String(option), toQString(text));
    }
    return options;
}

} // namespace escale::docker_api
