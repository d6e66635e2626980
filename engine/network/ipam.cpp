#include "engine/network/ipam.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

/// A block of private addresses (RFC 1918) and the size of the subnets cut from it.
struct Pool {
    Ipv4Subnet block;
    unsigned prefix;
};
constexpr std::array kPools{
    Pool{{{0xac100000}, 12}, 16}, // 172.16.0.0/12
    Pool{{{0xc0a80000}, 16}, 20}, // 192.168.0.0/16
    Pool{{{0x0a000000}, 8}, 24},  // 10.0.0.0/8
};

/// The longest prefix that leaves a gateway and one more host.
constexpr unsigned kLongestPrefix = 30;

std::uint32_t sizeOf(unsigned prefix) {
    return std::uint32_t{1} << (32 - prefix);
}

} // namespace

Result<Ipv4Subnet> chooseSubnet(const std::vector<Ipv4Subnet>& taken) {
    for (const auto& pool : kPools) {
        const std::uint32_t count = sizeOf(pool.block.prefix) / sizeOf(pool.prefix);
        for (std::uint32_t i = 0; i < count; ++i) {
            const Ipv4Subnet candidate{{pool.block.base.bits + i * sizeOf(pool.prefix)}, pool.prefix};
            if (std::none_of(taken.begin(), taken.end(),
                             [&](const auto& other) { return other.overlaps(candidate); }))
                return candidate;
        }
    }
    return fail(
        ErrorCode::NoSpace,
        "no free subnet for a network: every private range overlaps a route of this host or another network",
        "Remove a network that is not used, or give a subnet by hand.");
}

Ipv4Address gatewayOf(const Ipv4Subnet& subnet) {
    return {subnet.base.bits + 1};
}

Result<Ipv4Address> chooseAddress(const Ipv4Subnet& subnet, const std::set<Ipv4Address>& used,
                                  Ipv4Address last) {
    const auto full = [&] {
        return fail(ErrorCode::NoSpace, "no free address in " + subnet.toString(),
                    "Remove containers of this network, or make a network with a larger subnet.");
    };
    if (subnet.prefix > kLongestPrefix || subnet.prefix == 0)
        return full();
    // Hosts are [first, end): after the gateway, before the broadcast address.
    const std::uint32_t first = subnet.base.bits + 2;
    const std::uint32_t end = subnet.base.bits + (sizeOf(subnet.prefix) - 1);
    const std::uint32_t start = last.bits + 1 >= first && last.bits + 1 < end ? last.bits + 1 : first;
    const auto firstFree = [&](std::uint32_t from, std::uint32_t to) {
        // `used` is sorted: walk both together, so that a nearly full /16 costs one pass.
        auto next = used.lower_bound(Ipv4Address{from});
        while (from < to && next != used.end() && next->bits == from) {
            ++from;
            ++next;
        }
        return from;
    };
    if (const auto found = firstFree(start, end); found < end)
        return Ipv4Address{found};
    if (const auto found = firstFree(first, start); found < start)
        return Ipv4Address{found};
    return full();
}

} // namespace escale
