#include "engine/network/network_plan.h"

#include "engine/base/identifier.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

constexpr std::size_t kMostLabels = 1000;

class Planner {
public:
    Planner(const NetworkOptions& options, const std::vector<TakenSubnet>& taken,
            const std::vector<SubnetPool>& pools)
        : m_options(options)
        , m_taken(taken)
        , m_pools(pools) {}

    NetworkPlan run() {
        Network& network = m_plan.network;
        network.name = m_options.name;
        network.driver = m_options.driver;
        network.internal = m_options.internal;
        network.icc = m_options.icc;
        network.masquerade = m_options.masquerade;
        network.mtu = m_options.mtu;
        network.parent = m_options.parent;
        network.mode = m_options.mode;
        checkName();
        checkDriver();
        readSubnets();
        chooseSubnets();
        readGateways();
        readRanges();
        checkMtu();
        if (m_options.labels.size() > kMostLabels)
            wrong("labels", "there are too many labels");
        return std::move(m_plan);
    }

private:
    void wrong(const char* option, Error error) { m_plan.problems.push_back({option, std::move(error)}); }
    void wrong(const char* option, std::string what, std::string hint = {}) {
        wrong(option, Error{ErrorCode::InvalidArgument, std::move(what), std::move(hint), {}});
    }

    void checkName() {
        static constexpr std::array<std::string_view, 4> kReserved{"bridge", "host", "none", "default"};
        if (auto valid = validateName(m_options.name); !valid)
            wrong("name", std::move(valid).error());
        else if (std::find(kReserved.begin(), kReserved.end(), m_options.name) != kReserved.end())
            wrong("name", "the name " + m_options.name + " has a meaning of its own", "Choose another one.");
    }

    [[nodiscard]] bool isBridge() const { return m_options.driver == "bridge"; }
    /// An internal network of macvlan or ipvlan needs no parent: a dummy interface takes its place.
    [[nodiscard]] bool hasOwnLink() const {
        return isBridge() || (m_options.internal && m_options.parent.empty());
    }

    void checkDriver() {
        static constexpr std::array<std::string_view, 4> kMacvlan{"bridge", "private", "vepa", "passthru"};
        static constexpr std::array<std::string_view, 3> kIpvlan{"l2", "l3", "l3s"};
        const auto checkMode = [this](const auto& modes, const std::string& words) {
            if (!m_options.mode.empty() &&
                std::find(modes.begin(), modes.end(), m_options.mode) == modes.end())
                wrong("mode", m_options.driver + " has no mode \"" + m_options.mode.substr(0, 40) + '"',
                      "Use " + words + '.');
        };
        if (m_options.driver == "macvlan") {
            checkMode(kMacvlan, "bridge, private, vepa or passthru");
        } else if (m_options.driver == "ipvlan") {
            checkMode(kIpvlan, "l2, l3 or l3s");
        } else if (!isBridge()) {
            wrong("driver", "there is no network driver \"" + m_options.driver.substr(0, 40) + '"',
                  "Use bridge, macvlan or ipvlan.");
            return;
        }
        if (isBridge() && !m_options.parent.empty())
            wrong("parent", "a bridge has no parent interface", "Use macvlan or ipvlan, or leave it out.");
        if (isBridge() && !m_options.mode.empty())
            wrong("mode", "a bridge has no modes", "Leave it out.");
        if (!hasOwnLink() && m_options.parent.empty())
            wrong("parent", m_options.driver + " needs the interface of this machine that it shares",
                  "Name one, for example eth0, or eth0.7 for VLAN 7 of it; or make the network internal.");
        if (!hasOwnLink() && m_options.subnets.empty())
            wrong("subnet", m_options.driver + " needs the subnet of the link that it shares",
                  "Give the one that the parent interface is in, and its router as gateway.");
    }

    const TakenSubnet* overlapOf(const IpSubnet& subnet) const {
        const auto found = std::find_if(m_taken.begin(), m_taken.end(), [&](const auto& other) {
            return (hasOwnLink() || !other.isRoute) && other.subnet.overlaps(subnet);
        });
        return found != m_taken.end() ? &*found : nullptr;
    }

    void readSubnets() {
        for (const auto& text : m_options.subnets) {
            auto subnet = IpSubnet::parse(text);
            if (!subnet) {
                wrong("subnet", std::move(subnet).error());
                m_isBroken = true;
                continue;
            }
            if (hasFamily(m_plan.network, subnet->isV6())) {
                wrong("subnet", "a network has one subnet of each family, and " + text + " is a second one",
                      "Leave one out.");
                continue;
            }
            if (const TakenSubnet* other = overlapOf(*subnet))
                wrong("subnet",
                      Error{ErrorCode::InUse,
                            "the subnet " + text + " overlaps " + other->subnet.toString() + ", " + other->by,
                            "Give another one, or none: then a free one is chosen.",
                            {}});
            m_plan.network.pools.push_back({*subnet, std::nullopt, gatewayOf(*subnet)});
        }
    }

    void chooseSubnets() {
        if (m_isBroken || (!hasOwnLink() && m_options.subnets.empty()))
            return;
        std::vector<IpSubnet> taken;
        for (const auto& one : m_taken)
            taken.push_back(one.subnet);
        for (const auto& pool : m_plan.network.pools)
            taken.push_back(pool.subnet);
        const auto add = [this](Result<IpSubnet> chosen) {
            if (chosen)
                m_plan.network.pools.push_back({*chosen, std::nullopt, gatewayOf(*chosen)});
            else
                wrong("subnet", std::move(chosen).error());
        };
        if (m_options.subnets.empty())
            add(chooseSubnet(taken, m_pools));
        if (m_options.ipv6 && !hasFamily(m_plan.network, true))
            add(chooseUniqueLocalSubnet(taken));
    }

    void readGateways() {
        for (const auto& text : m_options.gateways) {
            auto gateway = IpAddress::parse(text);
            if (!gateway) {
                wrong("gateway", std::move(gateway).error());
                continue;
            }
            auto pool = poolFor([&](const auto& each) { return each.subnet.contains(*gateway); });
            if (pool == m_plan.network.pools.end())
                wrong("gateway", "the gateway " + text + " is in none of the network's subnets",
                      "Give an address of the subnet.");
            else if (*gateway == pool->subnet.base || (!gateway->isV6 && *gateway == pool->subnet.last()))
                wrong("gateway", text + " is not an address for the gateway of " + pool->subnet.toString());
            else
                pool->gateway = *gateway;
        }
    }

    void readRanges() {
        for (const auto& text : m_options.ranges) {
            auto range = IpSubnet::parse(text);
            if (!range) {
                wrong("ip-range", std::move(range).error());
                continue;
            }
            auto pool = poolFor([&](const auto& each) { return each.subnet.contains(*range); });
            if (pool == m_plan.network.pools.end())
                wrong("ip-range", "the range " + text + " is no part of the network's subnets",
                      "Give a part of the subnet, for example its upper half.");
            else
                pool->ipRange = *range;
        }
    }

    void checkMtu() {
        if (auto valid = validateMtu(m_plan.network); !valid)
            wrong("mtu", std::move(valid).error());
    }

    std::vector<NetworkPool>::iterator poolFor(const auto& matches) {
        auto& pools = m_plan.network.pools;
        return std::find_if(pools.begin(), pools.end(), matches);
    }

    const NetworkOptions& m_options;
    const std::vector<TakenSubnet>& m_taken;
    const std::vector<SubnetPool>& m_pools;
    NetworkPlan m_plan;
    bool m_isBroken = false; // a subnet cannot be read: none is chosen in its place
};

} // namespace

NetworkPlan planNetwork(const NetworkOptions& options, const std::vector<TakenSubnet>& taken,
                        const std::vector<SubnetPool>& pools) {
    return Planner(options, taken, pools).run();
}

} // namespace escale
