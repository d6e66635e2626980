#include "engine/registry/address_scope.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <string>

namespace escale {
namespace {

AddressScope scopeOfV4(std::uint32_t address) {
    struct Network {
        std::uint32_t address;
        unsigned bits;
        AddressScope scope;
    };
    // IANA's special-purpose addresses, as far as they are not public.
    static constexpr std::array kNetworks{
        Network{0x00000000, 8, AddressScope::Loopback}, // "this host"
        Network{0x7f000000, 8, AddressScope::Loopback}, Network{0x0a000000, 8, AddressScope::Private},
        Network{0xac100000, 12, AddressScope::Private}, Network{0xc0a80000, 16, AddressScope::Private},
        Network{0x64400000, 10, AddressScope::Private}, Network{0xa9fe0000, 16, AddressScope::Special},
        Network{0xc0000000, 24, AddressScope::Special}, Network{0xe0000000, 3, AddressScope::Special},
    };
    for (const Network& network : kNetworks) {
        if (((address ^ network.address) >> (32 - network.bits)) == 0)
            return network.scope;
    }
    return AddressScope::Public;
}

} // namespace

AddressScope scopeOf(std::string_view address) {
    const std::string text(address.substr(0, address.find('%'))); // without a link's name
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1)
        return scopeOfV4(ntohl(four.s_addr));
    std::array<std::uint8_t, 16> six{};
    if (::inet_pton(AF_INET6, text.c_str(), six.data()) != 1)
        return AddressScope::Special;
    const auto startsWith = [&](auto... bytes) {
        const std::array<int, sizeof...(bytes)> start{bytes...};
        return std::equal(start.begin(), start.end(), six.begin());
    };
    const bool isMapped = startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    const bool isTranslated = startsWith(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0); // RFC 6052
    if (isMapped || isTranslated)
        return scopeOfV4(static_cast<std::uint32_t>(six[12]) << 24 |
                         static_cast<std::uint32_t>(six[13]) << 16 |
                         static_cast<std::uint32_t>(six[14]) << 8 | six[15]);
    if (std::all_of(six.begin(), six.end() - 1, [](auto byte) { return byte == 0; }) && six[15] <= 1)
        return AddressScope::Loopback; // ::, ::1
    if ((six[0] & 0xfe) == 0xfc)
        return AddressScope::Private;
    if ((six[0] & 0xe0) != 0x20) // the rest of fe80::/10, ff00::/8 and what is not given out
        return AddressScope::Special;
    return AddressScope::Public;
}

bool mayLeadTo(AddressScope registry, AddressScope other) {
    if (other == AddressScope::Special)
        return false;
    return static_cast<int>(other) <= static_cast<int>(registry);
}

} // namespace escale
