#include "engine/network/ip.h"

#include <arpa/inet.h>

#include <charconv>

namespace escale {
namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

std::uint64_t upper(unsigned bits) {
    return bits == 0 ? 0 : bits >= 64 ? kAll : kAll << (64 - bits);
}

/// The bits of the network, as an address of the family.
IpAddress maskOf(bool isV6, unsigned prefix) {
    IpAddress mask;
    mask.isV6 = isV6;
    mask.high = isV6 ? upper(prefix) : 0;
    mask.low = isV6 ? upper(prefix > 64 ? prefix - 64 : 0) : upper(prefix) >> 32;
    return mask;
}

} // namespace

Result<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        TRY_ASSIGN(const Ipv4Address address, Ipv4Address::parse(text));
        return IpAddress(address);
    }
    in6_addr raw{};
    const bool isAddress = text.find('\0') == std::string_view::npos &&
                           ::inet_pton(AF_INET6, std::string(text).c_str(), &raw) == 1;
    if (!isAddress || IN6_IS_ADDR_V4MAPPED(&raw))
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is not an IPv6 address",
                    "Write it like fd00:1::2, without a zone.");
    return fromV6(raw.s6_addr);
}

IpAddress IpAddress::fromV6(const std::uint8_t* bytes) {
    IpAddress address;
    address.isV6 = true;
    for (int i = 0; i < 8; ++i) {
        address.high = address.high << 8 | bytes[i];
        address.low = address.low << 8 | bytes[i + 8];
    }
    return address;
}

IpAddress IpAddress::fromBytes(bool isV6, const std::uint8_t* bytes) {
    if (isV6)
        return fromV6(bytes);
    IpAddress address;
    for (int i = 0; i < 4; ++i)
        address.low = address.low << 8 | bytes[i];
    return address;
}

std::array<std::uint8_t, 16> IpAddress::bytes() const {
    std::array<std::uint8_t, 16> bytes{};
    if (!isV6) {
        for (unsigned i = 0; i < 4; ++i)
            bytes[i] = static_cast<std::uint8_t>(low >> (24 - 8 * i));
        return bytes;
    }
    for (unsigned i = 0; i < 8; ++i) {
        bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
        bytes[i + 8] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
    }
    return bytes;
}

std::string IpAddress::toString() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_ntop(isV6 ? AF_INET6 : AF_INET, bytes().data(), text.data(), text.size());
}

IpAddress IpAddress::next(std::uint64_t steps) const {
    IpAddress address = *this;
    address.low += steps;
    if (!isV6)
        address.low &= 0xffffffff;
    else if (address.low < low)
        ++address.high;
    return address;
}

std::optional<Ipv4Address> IpAddress::v4() const {
    if (isV6)
        return std::nullopt;
    return Ipv4Address{static_cast<std::uint32_t>(low)};
}

Result<IpSubnet> IpSubnet::parse(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        TRY_ASSIGN(const Ipv4Subnet subnet, Ipv4Subnet::parse(text));
        return IpSubnet(subnet);
    }
    const auto bad = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text) + "\" is not an IPv6 subnet: " + std::string(why),
                    "Write a network address and the length of its prefix, for example fd00:1::/64.");
    };
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return bad("the \"/\" and the length of the prefix are missing");
    const std::string_view digits = text.substr(slash + 1);
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (digits.empty() || digits.size() > 3 || error != std::errc{} || end != digits.data() + digits.size() ||
        prefix > 128)
        return bad("the prefix is a number from 0 to 128");
    const auto base = IpAddress::parse(text.substr(0, slash));
    if (!base)
        return bad("the address is malformed");
    if (subnetAround(*base, prefix).base != *base)
        return bad("the address has bits set beyond the prefix");
    return IpSubnet{*base, prefix};
}

std::string IpSubnet::toString() const {
    return base.toString() + "/" + std::to_string(prefix);
}

bool IpSubnet::contains(const IpAddress& address) const {
    return address.isV6 == base.isV6 && subnetAround(address, prefix).base == base;
}

bool IpSubnet::contains(const IpSubnet& other) const {
    return prefix <= other.prefix && contains(other.base);
}

bool IpSubnet::overlaps(const IpSubnet& other) const {
    return contains(other) || other.contains(*this);
}

IpAddress IpSubnet::last() const {
    const IpAddress mask = maskOf(base.isV6, prefix);
    IpAddress address = base;
    address.high |= base.isV6 ? ~mask.high : 0;
    address.low |= base.isV6 ? ~mask.low : ~mask.low & 0xffffffff;
    return address;
}

IpSubnet subnetAround(const IpAddress& address, unsigned prefix) {
    const IpAddress mask = maskOf(address.isV6, prefix);
    IpAddress base = address;
    base.high &= mask.high;
    base.low &= mask.low;
    return {base, prefix};
}

} // namespace escale
