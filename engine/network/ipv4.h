// IPv4 addresses and subnets as values. Host byte order inside.
#pragma once

#include "engine/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace escale {

struct Ipv4Address {
    std::uint32_t bits = 0;
    static Result<Ipv4Address> parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    auto operator<=>(const Ipv4Address&) const = default;
};

/// A network in CIDR form; the host bits of `base` are zero.
struct Ipv4Subnet {
    Ipv4Address base;
    unsigned prefix = 0;
    static Result<Ipv4Subnet> parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] bool contains(Ipv4Address address) const;
    [[nodiscard]] bool overlaps(const Ipv4Subnet& other) const;
    auto operator<=>(const Ipv4Subnet&) const = default;
};

} // namespace escale
