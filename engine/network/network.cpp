#include "engine/network/network.h"

#include "engine/network/firewall.h"
#include "engine/network/netlink.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>

namespace escale {
namespace {

constexpr unsigned kSmallestMtu = 68;    // RFC 791
constexpr unsigned kSmallestMtu6 = 1280; // RFC 8200
constexpr unsigned kLargestMtu = 65535;

Result<void> validatePool(const NetworkPool& pool) {
    const IpSubnet& subnet = pool.subnet;
    const std::string name = subnet.toString();
    const unsigned shortest = subnet.isV6() ? 48 : 8;
    const unsigned longest = subnet.isV6() ? 126 : 30;
    if (subnet.prefix < shortest || subnet.prefix > longest)
        return fail(ErrorCode::InvalidArgument, "a network cannot have the subnet " + name,
                    "Use a prefix from /" + std::to_string(shortest) + " to /" + std::to_string(longest) +
                        ".");
    const IpSubnet linkLocal{*IpAddress::parse("fe80::"), 10};
    const IpSubnet multicast{*IpAddress::parse("ff00::"), 8};
    if (subnet.overlaps(Ipv4Subnet{{0x7f000000}, 8}) || subnet.overlaps(Ipv4Subnet{{0xe0000000}, 3}) ||
        subnet.overlaps(linkLocal) || subnet.overlaps(multicast))
        return fail(ErrorCode::InvalidArgument, "the subnet " + name + " has a meaning of its own",
                    "Use private addresses, for example 172.20.0.0/16 or fd00:20::/64.");
    if (!subnet.contains(pool.gateway) || pool.gateway == subnet.base ||
        (!subnet.isV6() && pool.gateway == subnet.last()))
        return fail(ErrorCode::InvalidArgument,
                    pool.gateway.toString() + " is not an address for the gateway of " + name);
    if (pool.ipRange && !subnet.contains(*pool.ipRange))
        return fail(ErrorCode::InvalidArgument,
                    "the range " + pool.ipRange->toString() + " is not a part of the subnet " + name);
    return {};
}

/// The modes of a driver, the first of which is meant when none is named; none: no such driver.
std::vector<std::string> modesOf(const std::string& driver) {
    if (driver == "macvlan")
        return {"bridge", "private", "vepa", "passthru"};
    if (driver == "ipvlan")
        return {"l2", "l3", "l3s"};
    return {};
}

Result<void> validateSubInterfaces(const Network& network) {
    const auto modes = modesOf(network.driver);
    if (!network.mode.empty() && std::find(modes.begin(), modes.end(), network.mode) == modes.end()) {
        std::string known;
        for (const auto& mode : modes)
            known += (known.empty() ? "" : mode == modes.back() ? " or " : ", ") + mode;
        return fail(ErrorCode::InvalidArgument, network.driver + " has no mode \"" + network.mode + "\"",
                    "Use " + known + ".");
    }
    const bool isWord =
        !network.id.empty() && std::all_of(network.id.begin(), network.id.end(),
                                           [](unsigned char c) { return c < 128 && std::isalnum(c) != 0; });
    if (!isWord)
        return fail(ErrorCode::InvalidArgument, "the network " + network.name + " has no usable id");
    if (!network.parent.empty())
        return netlink::validateInterfaceName(network.parent);
    if (!network.internal)
        return fail(ErrorCode::InvalidArgument, "the network " + network.name + " has no parent interface",
                    "Name the interface by which its containers reach others, or make it internal.");
    return netlink::validateInterfaceName(network.interface);
}

Result<void> validateInterfaces(const Network& network) {
    if (network.driver == "macvlan" || network.driver == "ipvlan")
        return validateSubInterfaces(network);
    if (network.driver != "bridge")
        return fail(ErrorCode::InvalidArgument, "there is no network driver \"" + network.driver + "\"",
                    "Use bridge, macvlan or ipvlan.");
    if (!network.parent.empty() || !network.mode.empty())
        return fail(ErrorCode::InvalidArgument, "a bridge network has neither a parent nor a mode",
                    "Use macvlan or ipvlan for containers on a network of the host's.");
    return netlink::validateInterfaceName(network.interface);
}

} // namespace

std::string modeOf(const Network& network) {
    const auto modes = modesOf(network.driver);
    return network.mode.empty() && !modes.empty() ? modes.front() : network.mode;
}

std::string macFor(const IpAddress& address) {
    const auto bits = static_cast<std::uint32_t>(address.low);
    MacBytes mac{0x02, 0x42};
    for (unsigned i = 0; i < 4; ++i)
        mac[i + 2] = static_cast<std::uint8_t>(bits >> (24 - 8 * i));
    return toString(mac);
}

IpAddress linkLocalOf(const MacBytes& mac) {
    const std::array<std::uint8_t, 16> bytes{
        0xfe,   0x80,   0,    0,    0,      0,      0,     0, std::uint8_t(mac[0] ^ 2),
        mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]};
    return IpAddress::fromV6(bytes.data());
}

const NetworkPool* poolOf(const Network& network, const IpAddress& address) {
    const auto found = std::find_if(network.pools.begin(), network.pools.end(),
                                    [&](const auto& pool) { return pool.subnet.contains(address); });
    return found != network.pools.end() ? &*found : nullptr;
}

bool isForContainers(const NetworkPool& pool, const IpAddress& address) {
    return pool.subnet.contains(address) && address != pool.gateway && address != pool.subnet.base &&
           (address.isV6 || address != pool.subnet.last());
}

bool hasFamily(const Network& network, bool isV6) {
    return std::any_of(network.pools.begin(), network.pools.end(),
                       [&](const auto& pool) { return pool.subnet.isV6() == isV6; });
}

Result<void> validateMtu(const Network& network) {
    const unsigned smallest = hasFamily(network, true) ? kSmallestMtu6 : kSmallestMtu;
    if (network.mtu != 0 && (network.mtu < smallest || network.mtu > kLargestMtu))
        return fail(ErrorCode::InvalidArgument,
                    "a network cannot have an MTU of " + std::to_string(network.mtu) + " bytes",
                    "Use " + std::to_string(smallest) + " to " + std::to_string(kLargestMtu) + ".");
    return {};
}

Result<void> validateNetwork(const Network& network) {
    TRY(firewall::validateTableName(network.table));
    TRY(validateInterfaces(network));
    if (network.pools.empty())
        return fail(ErrorCode::InvalidArgument, "the network " + network.name + " has no subnet");
    for (auto pool = network.pools.begin(); pool != network.pools.end(); ++pool) {
        TRY(validatePool(*pool));
        for (auto other = network.pools.begin(); other != pool; ++other) {
            if (other->subnet.overlaps(pool->subnet))
                return fail(ErrorCode::InvalidArgument, "the subnets " + other->subnet.toString() + " and " +
                                                            pool->subnet.toString() + " overlap");
        }
    }
    return validateMtu(network);
}

Result<void> validateEndpoint(const Network& network, const Endpoint& endpoint) {
    TRY(netlink::validateInterfaceName(endpoint.inside));
    TRY(parseMac(endpoint.mac));
    if (endpoint.addresses.empty())
        return fail(ErrorCode::InvalidArgument, "an endpoint needs an address");
    for (auto address = endpoint.addresses.begin(); address != endpoint.addresses.end(); ++address) {
        const NetworkPool* pool = poolOf(network, *address);
        if (pool == nullptr || !isForContainers(*pool, *address))
            return fail(ErrorCode::InvalidArgument,
                        address->toString() + " is not an address for a container in " +
                            (network.pools.empty() ? network.name : network.pools.front().subnet.toString()));
        const bool isSecond = std::any_of(endpoint.addresses.begin(), address,
                                          [&](const auto& other) { return pool->subnet.contains(other); });
        if (isSecond)
            return fail(ErrorCode::InvalidArgument, "an endpoint has one address of each subnet, and " +
                                                        pool->subnet.toString() + " is named twice");
    }
    return {};
}

} // namespace escale
