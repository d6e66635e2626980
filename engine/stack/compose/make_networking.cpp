// Networks, names and ports: words of the service and of the top level → options, and networks of the stack.
#include "engine/base/csv.h"
#include "engine/stack/compose/make_service.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace escale::compose {
namespace {

struct Choice {
    std::string key; // of the top level
    std::string name;
    Part part;
    std::int64_t gateway = 0, priority = 0;
};

/// Docker's words for what Escale's networks can do, and what they cannot.
void makeDriverOptions(const Part& options, StackNetwork& network) {
    for (const auto& [name, option] : options.entries()) {
        const std::string value = option.text();
        if (name == "com.docker.network.bridge.enable_icc")
            network.icc = option.flag(true);
        else if (name == "com.docker.network.bridge.enable_ip_masquerade")
            network.masquerade = option.flag(true);
        else if (name == "com.docker.network.driver.mtu")
            network.mtu = static_cast<unsigned>(option.integer(0, 65535).value_or(0));
        else if (name == "parent")
            network.parent = value;
        else if (name == "macvlan_mode" || name == "ipvlan_mode")
            network.mode = value;
        else
            option.refuse("the network option " + inQuotes(name), "the engine's networks have no such option",
                          "There are icc, masquerading, mtu, and parent and mode of macvlan and ipvlan.");
    }
}

void makeAddresses(const Part& ipam, StackNetwork& network) {
    for (const Part& pool : ipam["config"].items()) {
        for (const auto& [key, into] :
             {std::pair("subnet", &network.subnets), std::pair("ip_range", &network.ranges),
              std::pair("gateway", &network.gateways)}) {
            if (pool[key])
                into->push_back(pool.text(key));
        }
    }
}

std::string networkName(const Part& part, const std::string& key, const std::string& project) {
    std::string name = part.text("name");
    if (name.empty())
        name = part["external"].flag() ? key : project + '_' + key;
    return name;
}

StackNetwork networkOf(const Part& part, const std::string& key, const std::string& project) {
    StackNetwork network;
    network.key = key;
    network.external = part["external"].flag();
    network.name = networkName(part, key, project);
    if (network.external)
        return network;
    network.driver = part.text("driver");
    static constexpr std::array<std::string_view, 7> kDrivers{"",     "bridge", "macvlan", "ipvlan",
                                                              "host", "none",   "default"};
    if (std::find(kDrivers.begin(), kDrivers.end(), network.driver) == kDrivers.end())
        part["driver"].refuse("the network driver " + inQuotes(network.driver),
                              "it is not one of the engine's",
                              "The drivers are bridge, macvlan, ipvlan, host and none.");
    if (network.driver == "default")
        network.driver.clear();
    makeDriverOptions(part["driver_opts"], network);
    makeAddresses(part["ipam"], network);
    network.ipv6 = part["enable_ipv6"].flag();
    network.internal = part["internal"].flag();
    network.labels = part["labels"].textMap();
    return network;
}

/// Those of the machine, which are no networks of the engine: docker has them under these names.
bool isMachineNetwork(const StackNetwork& network) {
    return network.name == "host" || network.name == "none" || network.driver == "host" ||
           network.driver == "none";
}

/// The stack's network of a key, made when this is the first service that uses it.
const StackNetwork& useNetwork(Making& making, const std::string& key) {
    auto& networks = making.made.stack.networks;
    const auto found = std::find_if(networks.begin(), networks.end(),
                                    [&key](const StackNetwork& network) { return network.key == key; });
    if (found != networks.end())
        return *found;
    return networks.emplace_back(networkOf(making.root()["networks"][key], key, making.project.name));
}

std::vector<Choice> choicesOf(Making& making, const Part& service) {
    std::vector<Choice> choices;
    const auto add = [&](const std::string& key, const Part& part) {
        choices.push_back({key, useNetwork(making, key).name, part,
                           part["gw_priority"].integer(INT32_MIN, INT32_MAX).value_or(0),
                           part["priority"].integer(INT32_MIN, INT32_MAX).value_or(0)});
    };
    for (const auto& [key, part] : service["networks"].entries())
        add(key, part);
    if (choices.empty())
        add("default", service["networks"]);
    // The first is the one with the way out.
    std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
        return std::tuple(-a.gateway, -a.priority, std::string_view(a.key)) <
               std::tuple(-b.gateway, -b.priority, std::string_view(b.key));
    });
    return choices;
}

std::string mainMac(const Part& service, const Part& network) {
    const std::string own = service.text("mac_address");
    const std::string there = network.text("mac_address");
    if (!own.empty() && !there.empty() && own != there)
        service["mac_address"].error("mac_address is another than that of the service's first network",
                                     "Leave one of them out.");
    return there.empty() ? own : there;
}

void makeEndpoints(Making& making, const Part& service, StackService& made) {
    const std::vector<Choice> choices = choicesOf(making, service);
    ContainerOptions& options = made.options;
    for (const Choice& choice : choices) {
        const StackNetwork& network = useNetwork(making, choice.key);
        if (isMachineNetwork(network)) {
            if (choices.size() > 1)
                choice.part.error("the network " + inQuotes(choice.key) +
                                      " is the machine's: it goes with no other",
                                  "Leave the others out.");
            options.network = network.driver.empty() ? network.name : network.driver;
            return;
        }
    }
    for (const Choice& choice : choices) {
        Texts aliases{made.name};
        for (std::string& alias : choice.part["aliases"].texts()) {
            if (std::find(aliases.begin(), aliases.end(), alias) == aliases.end())
                aliases.push_back(std::move(alias));
        }
        const std::string ip = choice.part.text("ipv4_address");
        const std::string ip6 = choice.part.text("ipv6_address");
        if (&choice == choices.data()) {
            options.network = choice.name;
            options.networkAliases = std::move(aliases);
            options.ip = ip;
            options.ip6 = ip6;
            options.macAddress = mainMac(service, choice.part);
            continue;
        }
        std::string text = csvField("name=" + choice.name);
        for (const std::string& alias : aliases)
            text += ',' + csvField("alias=" + alias);
        for (const auto& [key, value] : {std::pair("ip", ip), std::pair("ip6", ip6),
                                         std::pair("mac-address", choice.part.text("mac_address"))}) {
            if (!value.empty())
                text += ',' + std::string(key) + '=' + value;
        }
        options.networks.push_back(std::move(text));
    }
}

/// By its name in the engine: one of the file's, or one that is there.
void useNetworkNamed(Making& making, const std::string& name) {
    for (const auto& [key, part] : making.root()["networks"].entries()) {
        if (networkName(part, key, making.project.name) == name) {
            useNetwork(making, key);
            return;
        }
    }
    auto& networks = making.made.stack.networks;
    if (std::any_of(networks.begin(), networks.end(), [&](const auto& there) { return there.name == name; }))
        return;
    StackNetwork& network = networks.emplace_back();
    network.key = "network_mode." + name; // keys of the file mean others
    network.name = name;
    network.external = true;
}

/// "host", "none", "service:NAME", "container:NAME", "bridge", or the name of a network that is there.
void makeNetworkMode(Making& making, const Part& service, StackService& made) {
    const Part part = service["network_mode"];
    const std::string mode = part.text();
    made.options.network = mode == "default" ? "bridge" : mode == "disabled" ? "none" : mode;
    const bool isWord = mode == "host" || mode == "none" || mode == "bridge" || mode == "default" ||
                        mode == "disabled" || mode.find(':') != std::string::npos;
    if (mode == "bridge" || mode == "default")
        made.options.macAddress = service.text("mac_address");
    if (!isWord)
        useNetworkNamed(making, mode);
}

/// "host:address": docker's form of what the canonical one may also have with "=" or as a map.
std::string hostText(std::string name, std::string address) {
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    return std::move(name) + ':' + address;
}
void makeExtraHosts(const Part& hosts, Texts& into) {
    for (const std::string& text : hosts.isMap() ? Texts() : hosts.texts()) {
        const auto equals = text.find('=');
        const auto middle = equals != std::string::npos ? equals : text.find(':');
        into.push_back(
            middle == std::string::npos ? text : hostText(text.substr(0, middle), text.substr(middle + 1)));
    }
    for (const auto& [name, addresses] : hosts.entries()) {
        for (const std::string& address : addresses.texts())
            into.push_back(hostText(name, address));
    }
}

void makePort(const Part& port, ContainerOptions& options) {
    if (!port.isMap()) {
        options.publish.push_back(port.text());
        return;
    }
    const std::string target = port.text("target");
    const std::string published = port.text("published");
    std::string address = port.text("host_ip");
    if (published.find('-') != std::string::npos && target.find('-') == std::string::npos) {
        port["published"].refuse("a range of ports of this machine for one of the container",
                                 "all containers of a service are asked for alike",
                                 "Leave published out: each container gets a port that is free.");
        return;
    }
    if (address.find(':') != std::string::npos && !address.starts_with('['))
        address = '[' + address + ']';
    std::string text;
    if (!address.empty())
        text = address + ':' + (published == "0" ? std::string() : published) + ':';
    else if (!published.empty() && published != "0")
        text = published + ':';
    text += target;
    const std::string protocol = port.text("protocol");
    if (!protocol.empty() && protocol != "tcp")
        text += '/' + protocol;
    options.publish.push_back(std::move(text));
}

} // namespace

void makeNetworking(Making& making, const Part& service, StackService& made) {
    ContainerOptions& options = made.options;
    if (service["network_mode"])
        makeNetworkMode(making, service, made);
    else
        makeEndpoints(making, service, made);
    options.dns = service["dns"].texts();
    options.dnsSearch = service["dns_search"].texts();
    options.dnsOptions = service["dns_opt"].texts();
    makeExtraHosts(service["extra_hosts"], options.extraHosts);
    for (const Part& port : service["ports"].items())
        makePort(port, options);
}

// A link's alias is a further name of the service that it leads to, for all in the networks that both are
// in: names belong to networks here, not to containers that ask.
void makeLinks(Making& making) {
    std::map<std::string, StackService*> services;
    for (StackService& service : making.made.stack.services)
        services[service.name] = &service;
    std::map<std::string, std::string> meanings; // alias → service
    for (auto& [name, service] : services) {
        for (const Part& link : making.root()["services"][name]["links"].items()) {
            const std::string text = link.text();
            const auto colon = text.find(':');
            const std::string alias = colon == std::string::npos ? std::string() : text.substr(colon + 1);
            const auto target = services.find(text.substr(0, colon));
            if (alias.empty() || target == services.end() || alias == target->first)
                continue;
            const auto [known, isNew] = meanings.emplace(alias, target->first);
            if (services.count(alias) != 0 || known->second != target->first) {
                link.error("the name " + inQuotes(alias) +
                               " would mean two services: names belong to networks",
                           "Use the services' names, which need no link.");
                continue;
            }
            ContainerOptions& to = target->second->options;
            const auto add = [](Texts& texts, const std::string& one) {
                if (std::find(texts.begin(), texts.end(), one) == texts.end())
                    texts.push_back(one);
            };
            if (!to.networkAliases.empty())
                add(to.networkAliases, alias);
            for (std::string& choice : to.networks) {
                const std::string field = ',' + csvField("alias=" + alias);
                if ((choice + ',').find(field + ',') == std::string::npos)
                    choice += field;
            }
        }
    }
}

void leaveMachineNetworksOut(Stack& stack) {
    std::erase_if(stack.networks, isMachineNetwork);
}

} // namespace escale::compose
