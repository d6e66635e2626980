#include "engine/network/port_rules.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/network/bridge_port.h"
#include "engine/network/conntrack.h"
#include "engine/network/firewall.h"
#include "engine/network/netlink.h"
#include "engine/network/nft_commands.h"
#include "engine/network/port_ruleset.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace escale {
namespace {

using port_ruleset::keyOf;
using port_ruleset::Member;

/// How many ports need it, by element; in no set: a bridge that must carry 127.0.0.0/8.
using Counts = std::map<Member, int>;

bool isOnLoopback(const PublishedPort& port) {
    return !port.containerIp.isV6 && (!port.hostIp || port.hostIp->isLoopback());
}

void count(Counts& counts, const std::vector<InstalledPort>& ports, int sign) {
    for (const auto& installed : ports) {
        for (auto& member : port_ruleset::membersOf(installed))
            counts[std::move(member)] += sign;
        if (isOnLoopback(installed.port))
            counts[{{}, installed.bridge}] += sign;
    }
}

Result<void> checkOwner(const PortOwner& owner) {
    TRY(netlink::validateInterfaceName(owner.bridge));
    if (!owner.hostInterface.empty())
        TRY(netlink::validateInterfaceName(owner.hostInterface));
    const auto isUsable = [](unsigned char c) {
        return c < 128 && (std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == ':');
    };
    if (owner.id.empty() || owner.id.size() > 80 || !std::all_of(owner.id.begin(), owner.id.end(), isUsable))
        return fail(ErrorCode::InvalidArgument, "\"" + owner.id + "\" cannot own published ports",
                    "Use the id of a container.");
    return {};
}

Result<std::vector<InstalledPort>> checkedPorts(const PortOwner& owner,
                                                const std::vector<PublishedPort>& ports) {
    TRY(checkOwner(owner));
    std::vector<InstalledPort> checked;
    checked.reserve(ports.size());
    for (const auto& port : ports) {
        TRY(checkPublishedPort(port));
        checked.push_back({port, owner.id, owner.bridge});
    }
    std::sort(checked.begin(), checked.end());
    return checked;
}

Result<void> prepareInterface(const PortOwner& owner, bool publishes) {
    if (owner.hostInterface.empty())
        return {};
    MadeNow step;
    TRY(letReachItself(owner.hostInterface, publishes, owner.icc));
    step.done("other",
              {{"what", "let " + owner.hostInterface + " send back by its bridge what came from it"}});
    return {};
}

Result<void> setRouteLocalnet(const std::string& bridge, bool on) {
    const std::string path = "/proc/sys/net/ipv4/conf/" + bridge + "/route_localnet";
    MadeNow step;
    auto written = writeExisting(path, on ? "1" : "0");
    if (written)
        step.done("sysctl-write", {{"path", path}, {"value", on ? "1" : "0"}, {"namespace", "host"}});
    if (!written && !on && written.error().code == ErrorCode::NotFound)
        return {}; // gone with its bridge
    if (!written)
        return fail(std::move(written).error().prefixed("cannot publish ports of " + bridge +
                                                        " on this machine's loopback address"));
    return {};
}

/// Of the bridges among the members; each is tried, the first error told.
Result<void> carryLoopback(const std::vector<Member>& members, bool on) {
    Result<void> outcome;
    for (const auto& member : members) {
        if (!member.set.empty())
            continue;
        if (auto set = setRouteLocalnet(member.element, on); !set && outcome)
            outcome = std::move(set);
    }
    return outcome;
}

void append(std::vector<InstalledPort>& to, const std::vector<InstalledPort>& ports) {
    to.insert(to.end(), ports.begin(), ports.end());
}

std::vector<InstalledPort> without(const std::vector<InstalledPort>& all,
                                   const std::vector<InstalledPort>& taken) {
    std::vector<InstalledPort> rest;
    std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(rest));
    return rest;
}

std::vector<PublishedPort> plain(const std::vector<InstalledPort>& ports, bool onlyUdp = false) {
    std::vector<PublishedPort> result;
    for (const auto& installed : ports)
        if (!onlyUdp || installed.port.protocol == Protocol::Udp)
            result.push_back(installed.port);
    return result;
}

} // namespace

struct PortRules::Record {
    Owners byOwner;
    std::map<std::string, std::string> holders; // by keyOf()
    Counts counts;
    bool hasRules = false;

    [[nodiscard]] const Ports& of(const std::string& owner) const {
        static const Ports none;
        const auto found = byOwner.find(owner);
        return found != byOwner.end() ? found->second : none;
    }
    void set(const std::string& owner, const Ports& ports);
    [[nodiscard]] Result<void> checkFree(const Owners& wanted) const;
};

void PortRules::Record::set(const std::string& owner, const Ports& ports) {
    const Ports before = of(owner);
    count(counts, before, -1);
    count(counts, ports, 1);
    for (const auto& installed : before)
        holders.erase(keyOf(installed.port));
    for (const auto& installed : ports)
        holders[keyOf(installed.port)] = owner;
    if (ports.empty())
        byOwner.erase(owner);
    else
        byOwner[owner] = ports;
}

Result<void> PortRules::Record::checkFree(const Owners& wanted) const {
    std::map<std::string, std::string> taken;
    for (const auto& [owner, ports] : wanted) {
        for (const auto& installed : ports) {
            const std::string key = keyOf(installed.port);
            const auto [place, isFree] = taken.emplace(key, owner);
            const auto holder = holders.find(key);
            const bool isHeld = holder != holders.end() && !wanted.contains(holder->second);
            if (isFree && !isHeld)
                continue;
            const std::string& by = isHeld ? holder->second : place->second;
            return fail(ErrorCode::InUse, "the port " + toWords(installed.port) +
                                              " is published already, by " +
                                              (by == owner ? "this container itself" : by));
        }
    }
    return {};
}

/// What a change takes away, and what it needs.
struct PortRules::Difference {
    Ports gone, added;
    Ports wanted; // also what was there already: it may have been taken away
    std::vector<Member> lost, needed;
    bool isEmpty = false; // no port is left of anybody

    Difference(const Record& record, const Owners& change);
};

PortRules::Difference::Difference(const Record& record, const Owners& change) {
    Counts counts;
    std::size_t before = 0;
    for (const auto& [owner, ports] : change) {
        const Ports& had = record.of(owner);
        append(gone, without(had, ports));
        append(added, without(ports, had));
        append(wanted, ports);
        count(counts, had, -1);
        count(counts, ports, 1);
        before += had.size();
    }
    for (const auto& [member, more] : counts) {
        const auto found = record.counts.find(member);
        const int had = found != record.counts.end() ? found->second : 0;
        if (had + more > 0)
            needed.push_back(member);
        else if (had > 0)
            lost.push_back(member);
    }
    isEmpty = record.holders.size() == before && wanted.empty();
}

PortRules::PortRules(std::string table)
    : m_table(std::move(table)) {}

PortRules::~PortRules() = default;

Result<void> PortRules::load() {
    m_record.reset();
    TRY(firewall::validateTableName(m_table));
    TRY_ASSIGN(port_ruleset::Present present, port_ruleset::read(m_table));
    Owners owners;
    for (auto& installed : present.ports)
        owners[installed.owner].push_back(std::move(installed));
    m_record = std::make_unique<Record>();
    m_record->hasRules = present.hasParts;
    for (auto& [owner, ports] : owners) {
        std::sort(ports.begin(), ports.end());
        m_record->set(owner, ports);
    }
    return {};
}

/// The guard's rule stands whenever a bridge carries 127.0.0.0/8: here it is switched off before that may go.
Result<PortRules::Difference> PortRules::transact(const Owners& wanted, bool isFresh) {
    TRY(m_record->checkFree(wanted));
    Difference difference(*m_record, wanted);
    TRY(carryLoopback(difference.lost, false));
    std::string commands;
    if (!difference.isEmpty) {
        if (isFresh || !m_record->hasRules)
            commands = port_ruleset::structure(m_table);
        else
            nft::reuse(port_ruleset::structure(m_table));
        commands += port_ruleset::elements("delete", m_table, difference.gone) +
                    // Only what is there can be deleted; somebody may have taken it away.
                    port_ruleset::members("add", m_table, difference.lost) +
                    port_ruleset::members("delete", m_table, difference.lost) +
                    // What is remembered may have been taken away: to add it again is no error.
                    port_ruleset::elements("add", m_table, isFresh ? difference.added : difference.wanted) +
                    port_ruleset::members("add", m_table, difference.needed);
    } else if (m_record->hasRules) {
        commands = port_ruleset::structure(m_table) + port_ruleset::removal(m_table);
    }
    if (!commands.empty()) {
        if (auto done = nft::change(commands, "cannot change the published ports"); !done) {
            (void)carryLoopback(difference.lost, true);
            return fail(std::move(done).error());
        }
    }
    m_record->hasRules = !difference.isEmpty;
    for (const auto& [owner, ports] : wanted)
        m_record->set(owner, ports);
    if (difference.isEmpty)
        TRY(firewall::removeUnusedTable(m_table));
    return difference;
}

Result<PortRules::Difference> PortRules::apply(const Owners& wanted) {
    if (m_record) {
        if (auto done = transact(wanted, false))
            return done;
        // What we remember may be what a foreign tool has taken away.
    }
    TRY(load());
    return transact(wanted, true);
}

Result<void> PortRules::change(const std::string& owner, Ports ports) {
    const auto lock = nft::lockTable();
    if (!m_record)
        TRY(load());
    const Ports before = m_record->of(owner);
    TRY_ASSIGN(const Difference difference, apply({{owner, std::move(ports)}}));
    const auto rest = [&]() -> Result<void> {
        TRY(carryLoopback(difference.needed, true));
        TRY(conntrack::forgetTranslated(plain(difference.gone)));
        return conntrack::forgetUntranslated(plain(difference.added, true));
    };
    auto done = rest();
    // What was to go stays gone: its container is, too.
    if (!done && !difference.wanted.empty())
        (void)apply({{owner, before}});
    return done;
}

Result<void> PortRules::replace(const PortOwner& owner, const std::vector<PublishedPort>& ports) {
    TRY_ASSIGN(Ports wanted, checkedPorts(owner, ports));
    TRY(prepareInterface(owner, !ports.empty()));
    return change(owner.id, std::move(wanted));
}

Result<void> PortRules::remove(const std::string& owner) {
    return change(owner, {});
}

Result<void> PortRules::restore(const std::vector<OwnedPorts>& all) {
    Owners wanted;
    for (const auto& [owner, ports] : all) {
        TRY_ASSIGN(wanted[owner.id], checkedPorts(owner, ports));
    }
    const auto lock = nft::lockTable();
    TRY(load());
    for (const auto& [owner, ports] : m_record->byOwner)
        wanted.try_emplace(owner);
    TRY_ASSIGN(const Difference difference, transact(wanted, true));
    Result<void> outcome;
    const auto note = [&](Result<void> step) {
        if (outcome && !step)
            outcome = std::move(step);
    };
    for (const auto& [owner, ports] : all)
        note(prepareInterface(owner, !ports.empty()));
    note(carryLoopback(difference.needed, true));
    note(conntrack::forgetTranslated(plain(difference.gone)));
    note(conntrack::forgetUntranslated(plain(difference.added, true)));
    return outcome;
}

Result<std::vector<InstalledPort>> PortRules::installed() {
    TRY(firewall::validateTableName(m_table));
    TRY_ASSIGN(port_ruleset::Present present, port_ruleset::read(m_table));
    std::sort(present.ports.begin(), present.ports.end());
    return std::move(present.ports);
}

Result<PortOwner> portOwner(const Network& network, const Endpoint& endpoint) {
    const auto wrong = [&](const std::string& why, std::string hint) {
        return fail(ErrorCode::WrongState,
                    "the network " + network.name + " publishes no ports of " + endpoint.id + ": " + why,
                    std::move(hint));
    };
    if (network.driver != "bridge")
        return wrong("a container of a " + network.driver + " network has an address of its own",
                     "Reach it by that address, or connect it to a bridge network.");
    if (network.internal)
        return wrong("it is internal", "Connect the container to a network that is not.");
    if (!endpoint.isDefaultRoute)
        return wrong("its answers would leave by another network",
                     "Publish on the network that has the container's default route.");
    return PortOwner{endpoint.id, network.interface, endpoint.hostInterface, network.icc};
}

} // namespace escale
