#include "engine/network/ipv4.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {
namespace {

constexpr std::uint32_t maskOf(unsigned prefix) {
    return prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix);
}

} // namespace

Result<Ipv4Address> Ipv4Address::parse(std::string_view text) {
    in_addr address{};
    // inet_pton(3) takes the dotted-quad form only: no octal, no shortened "10.1".
    if (text.find('\0') != std::string_view::npos ||
        ::inet_pton(AF_INET, std::string(text).c_str(), &address) != 1)
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is not an IPv4 address",
                    "Write four numbers from 0 to 255, for example 172.16.0.2.");
    return Ipv4Address{ntohl(address.s_addr)};
}

std::string Ipv4Address::toString() const {
    const in_addr address{htonl(bits)};
    std::array<char, INET_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET, &address, text.data(), text.size());
}

Result<Ipv4Subnet> Ipv4Subnet::parse(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text) + "\" is not an IPv4 subnet: " + std::string(why),
                    "Write a network address and the length of its prefix, for example 172.16.0.0/16.");
    };
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return bad("the \"/\" and the length of the prefix are missing");
    const std::string_view digits = text.substr(slash + 1);
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (digits.empty() || digits.size() > 2 || error != std::errc{} || end != digits.data() + digits.size() ||
        prefix > 32)
        return bad("the prefix is a number from 0 to 32");
    const auto base = Ipv4Address::parse(text.substr(0, slash));
    if (!base)
        return bad("the address is malformed");
    if ((base->bits & ~maskOf(prefix)) != 0)
        return bad("the address has bits set beyond the prefix");
    return Ipv4Subnet{*base, prefix};
}

std::string Ipv4Subnet::toString() const {
    return base.toString() + "/" + std::to_string(prefix);
}

bool Ipv4Subnet::contains(Ipv4Address address) const {
    return (address.bits & maskOf(prefix)) == base.bits;
}

bool Ipv4Subnet::overlaps(const Ipv4Subnet& other) const {
    const std::uint32_t mask = maskOf(std::min(prefix, other.prefix));
    return (base.bits & mask) == (other.base.bits & mask);
}

} // namespace escale
