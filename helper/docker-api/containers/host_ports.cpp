#include "helper/docker-api/containers/host_ports.h"

#include "engine/base/unique_fd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

namespace escale::docker_api {
namespace {

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

Result<Address> addressOf(const std::string& text, std::uint16_t port) {
    Address address;
    sockaddr_in v4{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {}, .sin_zero = {}};
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    if (text.empty() || ::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        std::memcpy(&address.bytes, &v4, address.size = sizeof v4);
    } else if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        std::memcpy(&address.bytes, &v6, address.size = sizeof v6);
    } else {
        return fail(ErrorCode::InvalidArgument, "invalid IP address: \"" + text.substr(0, 80) + "\"");
    }
    return address;
}

} // namespace

Result<std::uint16_t> freePort(const HostPortRange& range) {
    const int kind = range.inside.ends_with("/udp") ? SOCK_DGRAM : SOCK_STREAM;
    for (unsigned port = range.first; port <= range.last; ++port) {
        TRY_ASSIGN(const Address address, addressOf(range.address, static_cast<std::uint16_t>(port)));
        const UniqueFd socket(::socket(address.bytes.ss_family, kind | SOCK_CLOEXEC, 0));
        if (!socket)
            return failErrno("cannot look for a free port");
        if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0)
            return static_cast<std::uint16_t>(port);
    }
    return fail(ErrorCode::InUse, "all ports from " + std::to_string(range.first) + " to " +
                                      std::to_string(range.last) + " are allocated");
}

} // namespace escale::docker_api
