#include "engine/network/port_ruleset.h"

#include "engine/network/nft_commands.h"

#include <algorithm>
#include <array>

namespace escale::port_ruleset {
namespace {

using Ports = std::vector<InstalledPort>;

struct Map {
    std::string_view name;
    std::string_view key;
    std::string_view target;
};
constexpr std::array<Map, 4> kMaps{{
    {"published4", "ipv4_addr . inet_proto . inet_service", "ipv4_addr"},
    {"published4-any", "inet_proto . inet_service", "ipv4_addr"},
    {"published6", "ipv6_addr . inet_proto . inet_service", "ipv6_addr"},
    {"published6-any", "inet_proto . inet_service", "ipv6_addr"},
}};

struct Set {
    std::string_view name;
    std::string_view type;
};
constexpr std::array<Set, 2> kSets{{
    {"published-bridges", "ifname"},
    {"published-hairpins", "ifname . ifname"},
}};

/// In the order in which they can be made; removed in reverse, what jumps before where it jumps to.
struct Chain {
    std::string_view name;
    std::string_view hook; // empty: no base chain
    std::vector<std::string_view> rules;
};
const std::vector<Chain>& chains() {
    static const std::vector<Chain> all{
        {"ports-translate",
         {},
         {"fib daddr type != local return", "dnat ip to ip daddr . meta l4proto . th dport map @published4",
          "dnat ip to meta l4proto . th dport map @published4-any",
          "dnat ip6 to ip6 daddr . meta l4proto . th dport map @published6",
          "dnat ip6 to meta l4proto . th dport map @published6-any"}},
        // A neighbour can send us a packet to 127.0.0.1. Untranslated, the kernel drops it right after this.
        {"ports-arriving",
         "type nat hook prerouting priority dstnat",
         {"ip daddr 127.0.0.0/8 return", "ip6 daddr ::1 return", "jump ports-translate"}},
        // The number: older nft knows the word dstnat at prerouting only.
        {"ports-local",
         "type nat hook output priority -100",
         {"ip6 daddr ::1 return", "jump ports-translate"}},
        {"ports-leaving",
         "type nat hook postrouting priority srcnat",
         {"ct status dnat iifname . oifname @published-hairpins masquerade",
          // This machine's own; and with br_netfilter, what the bridge itself carries between its ports.
          "ct status dnat iif 0 oifname @published-bridges masquerade"}},
        {"ports-guard",
         "type filter hook prerouting priority raw",
         {"iifname @published-bridges ip daddr 127.0.0.0/8 drop",
          "iifname @published-bridges ip saddr 127.0.0.0/8 drop"}},
    };
    return all;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts)
        text += part;
    return text;
}

std::size_t mapOf(const PublishedPort& port) {
    return (port.containerIp.isV6 ? 2U : 0U) + (port.hostIp ? 0U : 1U);
}

std::string keyIn(const PublishedPort& port) {
    const std::string address = port.hostIp ? port.hostIp->toString() + " . " : "";
    return address + std::string(protocolName(port.protocol)) + " . " + std::to_string(port.hostPort);
}

bool isOurs(std::string_view name) {
    const auto named = [name](const auto& part) { return part.name == name; };
    return std::any_of(kSets.begin(), kSets.end(), named) || std::any_of(kMaps.begin(), kMaps.end(), named) ||
           std::any_of(chains().begin(), chains().end(), named);
}

Result<Protocol> protocolFrom(const Json& json) {
    // A machine whose /etc/protocols lacks it has the number.
    if (json.isInteger())
        return json.toInteger() == 6    ? Protocol::Tcp
               : json.toInteger() == 17 ? Protocol::Udp
                                        : Protocol::Sctp;
    return parseProtocol(json.toString());
}

std::uint16_t portFrom(const Json& json) {
    return static_cast<std::uint16_t>(json.toInteger());
}

/// [{"elem": {"val": {"concat": ["127.0.0.1", "tcp", 8080]}, "comment": "owner@bridge"}},
///  {"concat": ["172.30.0.2", 80]}]
Result<InstalledPort> portFrom(const Json& element, bool hasAddress) {
    InstalledPort installed;
    if (element.items().size() != 2)
        return fail(ErrorCode::Internal, "an element of the published ports cannot be read");
    const Json& key = element.items()[0].at("elem");
    const auto& parts = key.at("val").at("concat").items();
    const auto& target = element.items()[1].at("concat").items();
    const std::string comment = key.at("comment").toString();
    const auto at = comment.rfind('@');
    if (parts.size() != (hasAddress ? 3U : 2U) || target.size() != 2 || at == std::string::npos)
        return fail(ErrorCode::Internal, "an element of the published ports cannot be read");
    installed.owner = comment.substr(0, at);
    installed.bridge = comment.substr(at + 1);
    if (hasAddress) {
        TRY_ASSIGN(installed.port.hostIp, IpAddress::parse(parts[0].toString()));
    }
    TRY_ASSIGN(installed.port.protocol, protocolFrom(parts[parts.size() - 2]));
    installed.port.hostPort = portFrom(parts.back());
    TRY_ASSIGN(installed.port.containerIp, IpAddress::parse(target[0].toString()));
    installed.port.containerPort = portFrom(target[1]);
    return installed;
}

} // namespace

std::string keyOf(const PublishedPort& port) {
    return joined({kMaps.at(mapOf(port)).name, " ", keyIn(port)});
}

std::vector<Member> membersOf(const InstalledPort& installed) {
    const std::string bridge = joined({"\"", installed.bridge, "\""});
    return {{kSets[0].name, bridge}, {kSets[1].name, joined({bridge, " . ", bridge})}};
}

std::string elements(std::string_view verb, const std::string& table, const Ports& ports) {
    std::array<std::string, kMaps.size()> lists;
    for (const auto& [port, owner, bridge] : ports) {
        std::string& list = lists.at(mapOf(port));
        list.append(list.empty() ? "" : ", ").append(keyIn(port));
        if (verb == "add")
            list.append(joined({" comment \"", owner, "@", bridge, "\" : ", port.containerIp.toString(),
                                " . ", std::to_string(port.containerPort)}));
    }
    std::string text;
    for (std::size_t i = 0; i < kMaps.size(); ++i)
        if (!lists.at(i).empty())
            text +=
                joined({verb, " element inet ", table, " ", kMaps.at(i).name, " { ", lists.at(i), " }\n"});
    return text;
}

std::string structure(const std::string& table) {
    std::string text = "add table inet " + table + "\n";
    for (const auto& map : kMaps)
        text += joined({"add map inet ", table, " ", map.name, " { type ", map.key, " : ", map.target,
                        " . inet_service; }\n"});
    for (const auto& set : kSets)
        text += joined({"add set inet ", table, " ", set.name, " { type ", set.type, "; }\n"});
    for (const auto& chain : chains()) {
        text += joined({"add chain inet ", table, " ", chain.name});
        text += chain.hook.empty() ? "\n" : joined({" { ", chain.hook, "; policy accept; }\n"});
        text += joined({"flush chain inet ", table, " ", chain.name, "\n"});
        for (const auto rule : chain.rules)
            text += joined({"add rule inet ", table, " ", chain.name, " ", rule, "\n"});
    }
    return text;
}

std::string removal(const std::string& table) {
    std::string text;
    for (auto chain = chains().rbegin(); chain != chains().rend(); ++chain)
        text += joined({"delete chain inet ", table, " ", chain->name, "\n"});
    for (const auto& map : kMaps)
        text += joined({"delete map inet ", table, " ", map.name, "\n"});
    for (const auto& set : kSets)
        text += joined({"delete set inet ", table, " ", set.name, "\n"});
    return text;
}

std::string members(std::string_view verb, const std::string& table, const std::vector<Member>& members) {
    std::string text;
    for (const auto& set : kSets) {
        std::string list;
        for (const auto& member : members)
            if (member.set == set.name)
                list.append(list.empty() ? "" : ", ").append(member.element);
        if (!list.empty())
            text += joined({verb, " element inet ", table, " ", set.name, " { ", list, " }\n"});
    }
    return text;
}

Result<Present> read(const std::string& table) {
    Present found;
    auto listing =
        nft::list("list table inet " + table, "cannot read the published ports", nft::Elements::Listed);
    if (!listing && listing.error().code == ErrorCode::NotFound)
        return found;
    TRY_ASSIGN(const Json objects, std::move(listing));
    for (const Json& object : objects.items()) {
        const std::string kind = object.members().empty() ? "" : object.members().front().first;
        const Json& content = object.at(kind);
        const std::string name = content.at("name").toString();
        if ((kind != "chain" && kind != "map" && kind != "set") || !isOurs(name))
            continue;
        found.hasParts = true;
        if (kind != "map")
            continue;
        for (const Json& element : content.at("elem").items()) {
            // What somebody else put in there is not ours to count.
            if (auto port = portFrom(element, !name.ends_with("-any")))
                found.ports.push_back(std::move(*port));
        }
    }
    return found;
}

} // namespace escale::port_ruleset
