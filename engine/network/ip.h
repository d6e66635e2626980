// Addresses and subnets of either family as values. Ordered: all of IPv4, then all of IPv6, by number.
#pragma once

#include "engine/network/ipv4.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace escale {

struct IpAddress {
    bool isV6 = false;
    std::uint64_t high = 0; // IPv6 only: the first eight bytes
    std::uint64_t low = 0;  // IPv6: the last eight bytes; IPv4: the address in host byte order

    IpAddress() = default;
    IpAddress(Ipv4Address address) // NOLINT: an IPv4 address is an address
        : low(address.bits) {}

    /// Dotted quads; or RFC 4291's forms without a zone. An IPv4 address in IPv6's dress (::ffff:…) is none.
    static Result<IpAddress> parse(std::string_view text);
    /// `bytes` in network order, 16 of them.
    static IpAddress fromV6(const std::uint8_t* bytes);
    /// As the kernel's messages have them: `bytes` in network order, four or sixteen of them.
    static IpAddress fromBytes(bool isV6, const std::uint8_t* bytes);

    /// RFC 5952's form.
    [[nodiscard]] std::string toString() const;
    /// In network order: four bytes, or sixteen.
    [[nodiscard]] std::array<std::uint8_t, 16> bytes() const;
    /// In bits: 32 or 128.
    [[nodiscard]] unsigned width() const { return isV6 ? 128 : 32; }
    /// The address `steps` further; beyond the last one it begins at zero again.
    [[nodiscard]] IpAddress next(std::uint64_t steps = 1) const;
    [[nodiscard]] std::optional<Ipv4Address> v4() const;
    /// 0.0.0.0 or ::
    [[nodiscard]] bool isAny() const { return high == 0 && low == 0; }
    /// 127.0.0.0/8 or ::1
    [[nodiscard]] bool isLoopback() const { return isV6 ? high == 0 && low == 1 : low >> 24 == 127; }
    auto operator<=>(const IpAddress&) const = default;
};

/// A network in CIDR form; the host bits of `base` are zero.
struct IpSubnet {
    IpAddress base;
    unsigned prefix = 0;

    IpSubnet() = default;
    IpSubnet(IpAddress first, unsigned length)
        : base(first)
        , prefix(length) {}
    IpSubnet(Ipv4Subnet subnet) // NOLINT: as above
        : base(subnet.base)
        , prefix(subnet.prefix) {}

    static Result<IpSubnet> parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] bool isV6() const { return base.isV6; }
    [[nodiscard]] bool contains(const IpAddress& address) const;
    [[nodiscard]] bool contains(const IpSubnet& other) const;
    [[nodiscard]] bool overlaps(const IpSubnet& other) const;
    /// The highest address: of IPv4, the broadcast address.
    [[nodiscard]] IpAddress last() const;
    auto operator<=>(const IpSubnet&) const = default;
};

/// The subnet of this length that the address is in.
IpSubnet subnetAround(const IpAddress& address, unsigned prefix);

} // namespace escale
