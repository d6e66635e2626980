// What helper and name server say to each other, over a SOCK_SEQPACKET socket
// (engine/base/message_channel.h):
//
//   helper                                        escale-dns
//     connects, root                      ──────▶   looks at SO_PEERCRED
//     looks at SO_PEERCRED                ◀──────   Hello(kProtocol, the sockets that it has)
//     Sockets(names, descriptors) …       ──────▶   those that it lacks; not read yet
//     Serve(descriptor of a table)        ──────▶   reads all of it, takes it, closes sockets of no gateway
//                                         ◀──────   Served, or Refused(why)
//
// A connection is for one change. A table is taken between two questions: whoever asks after Served is
// answered from it.
#pragma once

#include "engine/network/ip.h"

#include <cstdint>
#include <string>

namespace escale::dns {

constexpr std::uint64_t kProtocol = 1;
constexpr int kControlFd = 3; // of the socket that escale-dns is started with: bound, not listening yet
constexpr std::size_t kSocketsAtOnce = 16;
constexpr std::size_t kLongestTable = 64u << 20;

enum class Control : std::uint32_t { Hello = 1, Sockets, Serve, Served, Refused };

/// What a socket is called in Hello and Sockets: "udp 10.89.1.1".
inline std::string socketName(const IpAddress& address, bool isTcp) {
    return (isTcp ? "tcp " : "udp ") + address.toString();
}

} // namespace escale::dns
