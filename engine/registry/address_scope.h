// How far an address reaches. A registry may send its clients on to other hosts (a token server, a store of
// blobs); one on the internet must not send them into the networks that they stand in.
#pragma once

#include <cstdint>
#include <string_view>

namespace escale {

enum class AddressScope : std::uint8_t {
    Public,
    Private,  // RFC 1918, 4193, 6598
    Loopback, // this machine
    Special   // link-local (169.254.169.254 tells a cloud machine's secrets), multicast, reserved, or no
              // address
};

/// Of an IPv4 or IPv6 address in text; of an IPv4 address within an IPv6 one when it is that.
AddressScope scopeOf(std::string_view address);

/// Whether a registry reached at `registry` may lead its clients to `other`: outward always, and among its
/// own.
bool mayLeadTo(AddressScope registry, AddressScope other);

} // namespace escale
