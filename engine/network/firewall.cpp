#include "engine/network/firewall.h"

#include "engine/network/nft_commands.h"

#include <algorithm>
#include <cctype>

namespace escale::firewall {
namespace {

constexpr std::string_view kNetworksChain = "postrouting-";
constexpr std::string_view kPortsChain = "ports-";

/// The chains of an inet table; none when there is no such table. Neither rules nor elements are looked at.
Result<std::vector<std::string>> chainsOf(const std::string& table, const std::string& what) {
    TRY_ASSIGN(const Json objects, nft::list("list chains inet", what, nft::Elements::LeftOut));
    std::vector<std::string> names;
    for (const Json& object : objects.items()) {
        const Json& chain = object.at("chain");
        if (chain.at("family").toString() == "inet" && chain.at("table").toString() == table)
            names.push_back(chain.at("name").toString());
    }
    return names;
}

using Rules = std::vector<std::string>;

/// Commands on one table, put together.
class Commands {
public:
    Commands(std::string_view family, const std::string& table)
        : m_table(std::string(family) + " " + table + " ") {
        m_text = "add table " + m_table + "\n";
    }
    void addSet(const std::string& name, const std::string& type) {
        m_text += "add set " + m_table + name + " { type " + type + "; }\n";
    }
    void addMap(const std::string& name) {
        m_text += "add map " + m_table + name + " { type ifname : verdict; }\n";
    }
    void addElement(const std::string& set, const std::string& element) {
        m_text += "add element " + m_table + set + " { " + element + " }\n";
    }
    /// The chain with these rules and no others; `hook` for a base chain.
    void fill(const std::string& chain, const Rules& rules, const std::string& hook = {}) {
        const std::string where = m_table + chain;
        m_text += "add chain " + where + (hook.empty() ? "" : " { " + hook + " }") + "\n";
        m_text += "flush chain " + where + "\n";
        for (const auto& rule : rules)
            m_text += "add rule " + where + " " + rule + "\n";
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_table;
    std::string m_text;
};

std::string quoted(const std::string& interface) {
    return "\"" + interface + "\"";
}

/// "{ a, b }" of the pools of one family.
template <class What>
std::string setOf(const Network& network, bool isV6, What what) {
    std::string text;
    for (const auto& pool : network.pools) {
        if (pool.subnet.isV6() == isV6)
            text += (text.empty() ? "{ " : ", ") + what(pool);
    }
    return text + " }";
}
std::string subnets(const Network& network, bool isV6) {
    return setOf(network, isV6, [](const auto& pool) { return pool.subnet.toString(); });
}
std::string gateways(const Network& network, bool isV6) {
    return setOf(network, isV6, [](const auto& pool) { return pool.gateway.toString(); });
}

Rules leavingRules(const Network& network) {
    const std::string bridge = quoted(network.interface);
    Rules rules;
    // Among each other. Where br_netfilter is on, these are also the frames that the bridge itself passes on.
    // A port that the host publishes may be reached by everybody, by way of the host.
    if (network.icc) {
        rules.push_back("oifname " + bridge + " accept");
    } else {
        rules.push_back("oifname " + bridge + " ct status dnat accept");
        rules.push_back("oifname " + bridge + " drop");
    }
    if (network.internal)
        rules.emplace_back("drop");
    for (const bool isV6 : {false, true}) {
        if (hasFamily(network, isV6))
            rules.push_back((isV6 ? "ip6 saddr != " : "ip saddr != ") + subnets(network, isV6) + " drop");
        else
            rules.emplace_back(isV6 ? "meta nfproto ipv6 drop" : "meta nfproto ipv4 drop");
    }
    return rules;
}

Rules enteringRules(const Network& network) {
    const std::string own = "iifname " + quoted(network.interface) + " accept";
    if (network.internal)
        return {own, "drop"};
    return {own, "ct state established,related accept", "ct status dnat accept", "drop"};
}

Rules callingRules(const Network& network) {
    Rules rules;
    for (const bool isV6 : {false, true}) {
        const std::string word = isV6 ? "ip6 daddr " : "ip daddr ";
        if (hasFamily(network, isV6))
            rules.push_back(word + gateways(network, isV6) + " accept");
        rules.push_back(word + (isV6 ? "@gateways6" : "@gateways") + " drop");
    }
    return rules;
}

Rules postroutingRules(const Network& network) {
    Rules rules;
    if (network.internal || !network.masquerade)
        return rules;
    for (const auto& pool : network.pools)
        rules.push_back((pool.subnet.isV6() ? "ip6 saddr " : "ip saddr ") + pool.subnet.toString() +
                        " oifname != " + quoted(network.interface) + " masquerade");
    return rules;
}

std::string installCommands(const Network& network) {
    const std::string& bridge = network.interface;
    Commands commands("inet", network.table);
    commands.addSet("gateways", "ipv4_addr");
    commands.addSet("gateways6", "ipv6_addr");
    for (const auto& pool : network.pools)
        commands.addElement(pool.subnet.isV6() ? "gateways6" : "gateways", pool.gateway.toString());
    for (const char* map : {"leaving", "entering", "calling"})
        commands.addMap(map);
    commands.fill("forward", {"iifname vmap @leaving", "oifname vmap @entering"},
                  "type filter hook forward priority filter; policy accept;");
    commands.fill("input", {"iifname vmap @calling"},
                  "type filter hook input priority filter; policy accept;");
    commands.fill("leaving-" + bridge, leavingRules(network));
    commands.fill("entering-" + bridge, enteringRules(network));
    commands.fill("calling-" + bridge, callingRules(network));
    commands.fill("postrouting-" + bridge, postroutingRules(network),
                  "type nat hook postrouting priority srcnat; policy accept;");
    for (const std::string map : {"leaving", "entering", "calling"})
        commands.addElement(map, quoted(bridge) + " : jump " + map + "-" + bridge);
    return commands.text() + Commands("netdev", network.table).text();
}

/// As raw numbers: "icmpv6 taddr" is younger than the nftables that we build on, and for "ether" it would
/// look at the interface that a packet came in by, which what leaves has none of.
std::string hexOf(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "0x";
    for (std::size_t i = 0; i < size; ++i)
        text.append(1, kDigits[bytes[i] >> 4]).append(1, kDigits[bytes[i] & 15]);
    return text;
}

/// Without ICC: nothing to a neighbour, whatever the bridge's ports are set to. What goes to all is what
/// finds the host.
void onlyToHost(const Network& network, Rules& rules) {
    const std::string toOthers = "ether daddr != " + macFor(network.pools.front().gateway) + " ";
    rules.push_back(toOthers + "ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 drop");
    rules.push_back(toOthers + "meta protocol ip drop");
    rules.push_back(toOthers + "meta protocol ip6 meta l4proto != ipv6-icmp drop");
}

/// Without sets ("{ a, b }"): each would be one more thing that libnftables reads for every command.
Rules guardRules(const Network& network, const Endpoint& endpoint, const MacBytes& mac,
                 const IpAddress& linkLocal) {
    // The type that the kernel takes a frame for (a packet socket may lie, a VLAN's header is put aside) must
    // be the one that it bears.
    Rules rules{"@ll,48,48 != " + hexOf(mac.data(), mac.size()) + " drop",
                "meta protocol ip @ll,96,16 != 0x0800 drop", "meta protocol arp @ll,96,16 != 0x0806 drop",
                "meta protocol ip6 @ll,96,16 != 0x86dd drop"};
    if (network.driver == "bridge" && !network.icc)
        onlyToHost(network, rules);
    std::vector<IpAddress> sixes;
    for (const auto& address : endpoint.addresses) {
        if (address.isV6) {
            sixes.push_back(address);
            continue;
        }
        // With route_localnet the host's loopback would answer.
        rules.emplace_back("ip daddr 127.0.0.0/8 drop");
        rules.push_back("ip saddr " + address.toString() + " accept");
        for (const std::string& sender : {address.toString(), std::string("0.0.0.0")})
            rules.push_back("arp saddr ether " + toString(mac) + " arp saddr ip " + sender + " accept");
    }
    if (sixes.empty())
        return rules;
    sixes.push_back(linkLocal);
    for (const char* type : {"nd-router-advert", "nd-redirect"})
        rules.push_back(std::string("icmpv6 type ") + type + " drop");
    std::string others;
    for (const auto& address : sixes)
        others += "@th,64,128 != " + hexOf(address.bytes().data(), 16) + " ";
    rules.push_back("icmpv6 type nd-neighbor-advert " + others + "drop");
    for (const auto& address : sixes)
        rules.push_back("ip6 saddr " + address.toString() + " accept");
    for (const char* type : {"nd-neighbor-solicit", "mld2-listener-report"})
        rules.push_back(std::string("ip6 saddr :: icmpv6 type ") + type + " accept");
    return rules;
}

std::string guardOf(const std::string& hostInterface) {
    return "guard-" + hostInterface;
}

std::string guardHook(const std::string& hook, const std::string& interface) {
    return "type filter hook " + hook + " device " + quoted(interface) + " priority filter; policy drop;";
}

/// One for each interface: it goes as a whole.
std::string innerTable(const std::string& table, const std::string& inside) {
    return table + "_" + inside;
}

} // namespace

Result<void> validateTableName(std::string_view name) {
    const auto isWord = [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '_'); };
    if (name.empty() || name.size() > 31 || !std::all_of(name.begin(), name.end(), isWord) ||
        std::isalpha(static_cast<unsigned char>(name.front())) == 0)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(name) + "\" is not a usable nftables table name",
                    "Use at most 31 letters, digits and \"_\", a letter first.");
    return {};
}

Result<void> install(const Network& network) {
    const auto lock = nft::lockTable();
    return nft::change(installCommands(network), "cannot install the nftables rules of " + network.interface);
}

void reuse(const Network& network) {
    nft::reuse(installCommands(network));
}

Result<void> remove(const Network& network) {
    const std::string what = "cannot remove the nftables rules of " + network.interface;
    const auto lock = nft::lockTable();
    TRY_ASSIGN(const auto chains, chainsOf(network.table, what));
    if (chains.empty())
        return {};
    const std::string table = "inet " + network.table + " ";
    // Empty chains that nobody jumps to: whichever were there, they can be deleted now.
    Commands commands("inet", network.table);
    std::string deletions;
    for (const std::string map : {"leaving", "entering", "calling"}) {
        const std::string chain = map + "-" + network.interface;
        const std::string element =
            " element " + table + map + " { " + quoted(network.interface) + " : jump " + chain + " }\n";
        commands.addMap(map);
        commands.fill(chain, {});
        deletions.append("add").append(element).append("delete").append(element);
        deletions.append("delete chain ").append(table).append(chain).append("\n");
    }
    commands.fill("postrouting-" + network.interface, {},
                  "type nat hook postrouting priority srcnat; policy accept;");
    deletions += "delete chain " + table + "postrouting-" + network.interface + "\n";
    for (const auto& pool : network.pools) {
        const std::string set = pool.subnet.isV6() ? "gateways6" : "gateways";
        commands.addSet(set, pool.subnet.isV6() ? "ipv6_addr" : "ipv4_addr");
        const std::string element = " element " + table + set + " { " + pool.gateway.toString() + " }\n";
        deletions.append("add").append(element).append("delete").append(element);
    }
    TRY(nft::run(commands.text() + deletions, what));
    return removeUnusedTable(network.table);
}

Result<void> removeUnusedTable(const std::string& table) {
    const std::string what = "cannot remove the nftables table " + table;
    TRY_ASSIGN(const auto chains, chainsOf(table, what));
    const auto isUse = [](const std::string& chain) {
        return chain.starts_with(kNetworksChain) || chain.starts_with(kPortsChain);
    };
    if (!chains.empty() && std::none_of(chains.begin(), chains.end(), isUse))
        TRY(nft::run("delete table inet " + table + "\nadd table netdev " + table + "\ndelete table netdev " +
                         table,
                     what));
    return {};
}

Result<void> installGuard(const Network& network, const Endpoint& endpoint) {
    TRY_ASSIGN(const MacBytes mac, parseMac(endpoint.mac));
    Commands commands("netdev", network.table);
    commands.fill(guardOf(endpoint.hostInterface), guardRules(network, endpoint, mac, linkLocalOf(mac)),
                  guardHook("ingress", endpoint.hostInterface));
    return nft::change(commands.text(), "cannot install the nftables rules of " + endpoint.hostInterface);
}

Result<void> removeGuard(const std::string& table, const std::string& hostInterface) {
    auto removed = nft::run("delete chain netdev " + table + " " + guardOf(hostInterface) + "\n",
                            "cannot remove the nftables rules of " + hostInterface);
    if (!removed && removed.error().code != ErrorCode::NotFound)
        return fail(std::move(removed).error());
    return {};
}

Result<void> installInnerGuard(const Network& network, const Endpoint& endpoint, const MacBytes& mac) {
    TRY_ASSIGN(const MacBytes ownMac, parseMac(endpoint.mac));
    Commands commands("netdev", innerTable(network.table, endpoint.inside));
    commands.fill("guard", guardRules(network, endpoint, mac, linkLocalOf(ownMac)),
                  guardHook("egress", endpoint.inside));
    return nft::change(commands.text(),
                       "cannot install the nftables rules of the container's " + endpoint.inside,
                       "container");
}

Result<void> removeInnerGuard(const std::string& table, const std::string& inside) {
    const std::string name = innerTable(table, inside);
    TRY(nft::run("add table netdev " + name + "\ndelete table netdev " + name + "\n",
                 "cannot remove the nftables rules of the container's " + inside));
    return {};
}

std::vector<RuleChain> list(const Network& network, const std::string& hostInterface) {
    std::vector<RuleChain> chains;
    const auto add = [&](const std::string& name, const std::string& what) {
        if (auto text = nft::run("list " + what + "\n", "cannot list the nftables rules"))
            chains.push_back({name, *std::move(text)});
    };
    if (!hostInterface.empty())
        add(hostInterface, "chain netdev " + network.table + " " + guardOf(hostInterface));
    if (network.driver != "bridge")
        return chains;
    for (const char* chain : {"leaving-", "entering-", "calling-", "postrouting-"})
        add(chain + network.interface, "chain inet " + network.table + " " + chain + network.interface);
    return chains;
}

} // namespace escale::firewall
