#include "engine/network/ipam.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {

const std::vector<SubnetPool>& defaultPools() {
    static const std::vector<SubnetPool> pools{
        {Ipv4Subnet{{0xac100000}, 12}, 16}, // 172.16.0.0/12
        {Ipv4Subnet{{0xc0a80000}, 16}, 20}, // 192.168.0.0/16
        {Ipv4Subnet{{0x0a000000}, 8}, 24},  // 10.0.0.0/8
    };
    return pools;
}

Result<std::vector<SubnetPool>> parsePools(std::string_view text) {
    std::vector<SubnetPool> pools;
    for (std::string_view rest = text; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string word(rest.substr(0, comma));
        const auto colon = std::min(word.find(':'), word.size());
        const auto block = IpSubnet::parse(word.substr(0, colon));
        const std::string length = word.substr(std::min(colon + 1, word.size()));
        unsigned prefix = 0;
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), prefix);
        const bool isNumber = error == std::errc() && end == length.data() + length.size() && !length.empty();
        if (!block || block->isV6() || !isNumber || prefix < block->prefix || prefix < 8 || prefix > 30)
            return fail(ErrorCode::InvalidArgument, '"' + word + "\" is no pool of subnets",
                        "Write BLOCK:LENGTH, for example 10.200.0.0/16:24.");
        pools.push_back({*block, prefix});
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (pools.empty())
        return fail(ErrorCode::InvalidArgument, "no pool of subnets is named",
                    "Write BLOCK:LENGTH, for example 10.200.0.0/16:24.");
    return pools;
}

const IpSubnet* overlapOf(const IpSubnet& subnet, const std::vector<IpSubnet>& taken) {
    const auto found =
        std::find_if(taken.begin(), taken.end(), [&](const auto& other) { return other.overlaps(subnet); });
    return found != taken.end() ? &*found : nullptr;
}

Result<IpSubnet> chooseSubnet(const std::vector<IpSubnet>& taken, const std::vector<SubnetPool>& pools) {
    for (const auto& pool : pools) {
        IpSubnet candidate{pool.block.base, pool.prefix};
        while (pool.block.contains(candidate)) {
            const IpSubnet* other = overlapOf(candidate, taken);
            if (other == nullptr)
                return candidate;
            // On behind what is in the way, be it larger or smaller: an IPv6 block is too long to walk.
            const IpAddress next =
                subnetAround(std::max(other->last(), candidate.last()), pool.prefix).last().next();
            if (next < candidate.base)
                break; // beyond the last address of all
            candidate.base = next;
        }
    }
    return fail(
        ErrorCode::NoSpace,
        "no free subnet for a network: every private range overlaps a route of this host or another network",
        "Remove a network that is not used, or give a subnet by hand.");
}

Result<IpSubnet> chooseUniqueLocalSubnet(const std::vector<IpSubnet>& taken) {
    constexpr int kTries = 16; // 40 random bits: a second one is rare already
    for (int i = 0; i < kTries; ++i) {
        std::array<std::uint8_t, 16> bytes{0xfd};
        if (::getrandom(&bytes[1], 5, 0) != 5)
            return failErrno("cannot choose an IPv6 subnet");
        const IpSubnet subnet{IpAddress::fromV6(bytes.data()), 64};
        if (overlapOf(subnet, taken) == nullptr)
            return subnet;
    }
    return fail(ErrorCode::NoSpace, "no free IPv6 subnet for a network: this host routes fd00::/8 elsewhere",
                "Give a subnet by hand.");
}

IpAddress gatewayOf(const IpSubnet& subnet) {
    return subnet.base.next();
}

Result<IpAddress> chooseAddress(const NetworkPool& pool, const std::set<IpAddress>& used,
                                const IpAddress& last) {
    const IpSubnet& subnet = pool.subnet;
    const IpSubnet& range = pool.ipRange ? *pool.ipRange : subnet;
    const auto isTaken = [&](const IpAddress& address) {
        return address == subnet.base || address == pool.gateway ||
               (!subnet.isV6() && address == subnet.last()) || used.contains(address);
    };
    // Whatever is not free is one of these: after so many steps a free one has been met, or there is none.
    const std::size_t most = used.size() + 4;
    IpAddress candidate = range.contains(last) ? last : range.last();
    for (std::size_t i = 0; i < most; ++i) {
        candidate = candidate == range.last() ? range.base : candidate.next();
        if (!isTaken(candidate))
            return candidate;
    }
    return fail(ErrorCode::NoSpace, "no free address in " + range.toString(),
                "Remove containers of this network, or make a network with a larger subnet.");
}

} // namespace escale
