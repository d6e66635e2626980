// IpAddress as the kernel's calls take it.
#pragma once

#include "engine/network/ip.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace escale::dns {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;

    SocketAddress() = default; // to be filled by the kernel
    SocketAddress(const IpAddress& address, std::uint16_t port, std::uint32_t scope = 0) {
        const auto bytes = address.bytes();
        if (address.isV6) {
            sockaddr_in6 six{.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_scope_id = scope};
            std::memcpy(&six.sin6_addr, bytes.data(), sizeof six.sin6_addr);
            std::memcpy(&storage, &six, size = sizeof six);
        } else {
            sockaddr_in four{.sin_family = AF_INET, .sin_port = htons(port)};
            std::memcpy(&four.sin_addr, bytes.data(), sizeof four.sin_addr);
            std::memcpy(&storage, &four, size = sizeof four);
        }
    }
    [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    [[nodiscard]] IpAddress address() const {
        if (storage.ss_family == AF_INET6) {
            sockaddr_in6 six{};
            std::memcpy(&six, &storage, sizeof six);
            return IpAddress::fromV6(six.sin6_addr.s6_addr);
        }
        sockaddr_in four{};
        std::memcpy(&four, &storage, sizeof four);
        return Ipv4Address{ntohl(four.sin_addr.s_addr)};
    }
    /// Its bytes, as a key.
    [[nodiscard]] std::string key() const { return {reinterpret_cast<const char*>(&storage), size}; }
};

} // namespace escale::dns
