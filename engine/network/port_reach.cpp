#include "engine/network/port_reach.h"

#include "engine/network/nft_commands.h"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <algorithm>
#include <memory>

namespace escale {
namespace {

/// RFC 6890's, and those that were never given out.
const std::vector<IpSubnet>& specialSubnets() {
    static const std::vector<IpSubnet> all = [] {
        std::vector<IpSubnet> subnets;
        for (const auto* text :
             {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
              "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
              "203.0.113.0/24", "224.0.0.0/3", "::/8", "fc00::/7", "fe80::/10", "2001:db8::/32"})
            subnets.push_back(*IpSubnet::parse(text));
        return subnets;
    }();
    return all;
}

struct BaseChain {
    std::string family, table, name;
    bool dropsByPolicy = false;
    [[nodiscard]] std::string toString() const {
        return "the chain " + name + " of table " + family + " " + table;
    }
};

/// Base chains of others at a hook through which packets of this family go.
std::vector<BaseChain> baseChains(const Json& ruleset, std::string_view hook, std::string_view ownTable,
                                  bool isV6) {
    std::vector<BaseChain> found;
    for (const Json& object : ruleset.items()) {
        const Json& chain = object.at("chain");
        BaseChain base{chain.at("family").toString(), chain.at("table").toString(),
                       chain.at("name").toString(), chain.at("policy").toString() == "drop"};
        const bool isOurs = base.family == "inet" && base.table == ownTable;
        const bool isFamily = base.family == "inet" || base.family == (isV6 ? "ip6" : "ip");
        if (chain.at("hook").toString() == hook && isFamily && !isOurs)
            found.push_back(std::move(base));
    }
    return found;
}

bool hasStatement(const Json& rule, std::string_view name) {
    const auto& statements = rule.at("expr").items();
    return std::any_of(statements.begin(), statements.end(), [&](const Json& statement) {
        const auto& members = statement.members();
        return !members.empty() && members.front().first == name;
    });
}

const Json& firstMatch(const Json& rule) {
    static const Json none;
    for (const Json& statement : rule.at("expr").items())
        if (statement.contains("match"))
            return statement.at("match");
    return none;
}

std::size_t countMatches(const Json& rule) {
    const auto& statements = rule.at("expr").items();
    return static_cast<std::size_t>(
        std::count_if(statements.begin(), statements.end(), [](const Json& statement) {
            return statement.contains("match") || statement.contains("xt");
        }));
}

bool names(const Json& value, std::string_view word) {
    if (value.isString())
        return value.toString() == word;
    const auto& parts = value.isArray() ? value.items() : value.at("set").items();
    return std::any_of(parts.begin(), parts.end(), [&](const Json& part) { return part.toString() == word; });
}

/// "oifname BRIDGE accept", "ct status dnat accept" (firewalld's) or "accept": all that goes to a published
/// port.
bool letsThrough(const Json& rule, std::string_view bridge) {
    if (!hasStatement(rule, "accept") || countMatches(rule) > 1)
        return false;
    const Json& match = firstMatch(rule);
    const std::string meta = match.at("left").at("meta").at("key").toString();
    const bool isOutput = (meta == "oifname" || meta == "oif") && match.at("op").toString() == "==";
    const bool isTranslated = match.at("left").at("ct").at("key").toString() == "status" &&
                              names(match.at("right"), "dnat") && match.at("op").toString() != "!=";
    return countMatches(rule) == 0 || (isOutput && names(match.at("right"), bridge)) || isTranslated;
}

/// Answers and what belongs to a connection: no way in for a new one.
bool isForAnswers(const Json& rule) {
    const Json& match = firstMatch(rule);
    return match.at("left").at("ct").at("key").toString() == "state" && !names(match.at("right"), "new");
}

enum class Verdict { Passes, Drops, Unclear };

/// What a base chain does with the first packet to a published port, as far as its own rules tell.
Verdict verdictOf(const BaseChain& chain, const Json& ruleset, std::string_view bridge) {
    bool isUnclear = false;
    for (const Json& object : ruleset.items()) {
        const Json& rule = object.at("rule");
        if (rule.at("family").toString() != chain.family || rule.at("table").toString() != chain.table ||
            rule.at("chain").toString() != chain.name || isForAnswers(rule))
            continue;
        if (letsThrough(rule, bridge))
            return Verdict::Passes;
        const bool refuses = hasStatement(rule, "drop") || hasStatement(rule, "reject");
        if (refuses && countMatches(rule) == 0)
            return isUnclear ? Verdict::Unclear : Verdict::Drops;
        const bool mayAccept = hasStatement(rule, "accept") || hasStatement(rule, "jump") ||
                               hasStatement(rule, "goto") || hasStatement(rule, "xt");
        isUnclear = isUnclear || mayAccept;
    }
    if (!chain.dropsByPolicy)
        return Verdict::Passes;
    return isUnclear ? Verdict::Unclear : Verdict::Drops;
}

struct FreeAddresses {
    void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

Result<std::vector<IpAddress>> ownAddresses() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        return failErrno("cannot list this machine's addresses");
    const std::unique_ptr<ifaddrs, FreeAddresses> list(first);
    std::vector<IpAddress> addresses;
    for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr)
            continue;
        if (entry->ifa_addr->sa_family == AF_INET)
            addresses.push_back(IpAddress::fromBytes(
                false, reinterpret_cast<const std::uint8_t*>(
                           &reinterpret_cast<const sockaddr_in*>(entry->ifa_addr)->sin_addr)));
        else if (entry->ifa_addr->sa_family == AF_INET6)
            addresses.push_back(
                IpAddress::fromV6(reinterpret_cast<const sockaddr_in6*>(entry->ifa_addr)->sin6_addr.s6_addr));
    }
    return addresses;
}

PortReach byAddress(const PublishedPort& port, const std::vector<IpAddress>& addresses) {
    using Who = PortReach::Who;
    using Reason = PortReach::Reason;
    if (port.hostIp)
        return isPublic(*port.hostIp) ? PortReach{Who::Everybody, Reason::PublicAddress, {}, true, {}}
                                      : PortReach{Who::LocalNetwork, Reason::PrivateAddress, {}, true, {}};
    const bool anyPublic = std::any_of(addresses.begin(), addresses.end(), [&](const IpAddress& address) {
        return address.isV6 == port.containerIp.isV6 && isPublic(address);
    });
    return anyPublic ? PortReach{Who::Everybody, Reason::PublicAddress, {}, true, {}}
                     : PortReach{Who::LocalNetwork, Reason::NoPublicAddress, {}, true, {}};
}

} // namespace

bool isPublic(const IpAddress& address) {
    const auto& special = specialSubnets();
    return std::none_of(special.begin(), special.end(),
                        [&](const IpSubnet& subnet) { return subnet.contains(address); });
}

Result<PortReach> reachOf(const PublishedPort& port, std::string_view bridge, std::string_view ownTable) {
    TRY_ASSIGN(const Json ruleset,
               nft::list("list ruleset", "cannot read the machine's firewall rules", nft::Elements::LeftOut));
    TRY_ASSIGN(const auto addresses, ownAddresses());
    return portReach(port, bridge, ownTable, ruleset, addresses);
}

PortReach portReach(const PublishedPort& port, std::string_view bridge, std::string_view ownTable,
                    const Json& ruleset, const std::vector<IpAddress>& addresses) {
    if (port.hostIp && port.hostIp->isLoopback())
        return {PortReach::Who::ThisMachine, PortReach::Reason::LoopbackAddress, {}, true, {}};
    PortReach reach = byAddress(port, addresses);
    for (const auto& chain : baseChains(ruleset, "forward", ownTable, port.containerIp.isV6)) {
        const Verdict verdict = verdictOf(chain, ruleset, bridge);
        if (verdict == Verdict::Passes || (verdict == Verdict::Unclear && !reach.chain.empty()))
            continue;
        reach = {PortReach::Who::ThisMachine,
                 PortReach::Reason::ForwardDropped,
                 chain.toString(),
                 verdict == Verdict::Drops,
                 {}};
        if (reach.isCertain)
            return reach;
    }
    for (const auto& chain : baseChains(ruleset, "input", ownTable, port.containerIp.isV6))
        if (reach.chain.empty() && reach.bypassedInput.empty() &&
            verdictOf(chain, ruleset, bridge) != Verdict::Passes)
            reach.bypassedInput = chain.toString();
    return reach;
}

} // namespace escale
