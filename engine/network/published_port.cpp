#include "engine/network/published_port.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {
namespace {

struct Range {
    std::uint16_t first = 0;
    std::uint16_t last = 0;
    [[nodiscard]] unsigned count() const { return last - first + 1U; }
};

std::optional<std::uint16_t> parsePort(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0)
        return std::nullopt;
    return port;
}

std::optional<Range> parseRange(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = parsePort(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parsePort(text.substr(dash + 1));
    if (!first || !last || *last < *first)
        return std::nullopt;
    return Range{*first, *last};
}

/// "127.0.0.1" or "[::1]"; an IPv6 address without brackets is refused: where would its port begin?
Result<IpAddress> parseHost(std::string_view text) {
    const bool bracketed = text.starts_with('[') && text.ends_with(']');
    TRY_ASSIGN(const IpAddress address, IpAddress::parse(bracketed ? text.substr(1, text.size() - 2) : text));
    if (address.isV6 != bracketed)
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is not an address of a port",
                    "Write IPv6 addresses in brackets, for example [::1]:8080.");
    return address;
}

std::string hostWords(const PublishedPort& port) {
    const bool isV6 = port.hostIp ? port.hostIp->isV6 : port.containerIp.isV6;
    const std::string address = port.hostIp ? port.hostIp->toString() : isV6 ? "::" : "0.0.0.0";
    return isV6 ? "[" + address + "]" : address;
}

std::string rangeWords(std::uint16_t first, unsigned count) {
    return std::to_string(first) + (count == 1 ? "" : "-" + std::to_string(first + count - 1));
}

std::string words(const PublishedPort& first, unsigned count) {
    return hostWords(first) + ":" + rangeWords(first.hostPort, count) + "->" +
           rangeWords(first.containerPort, count) + "/" + std::string(protocolName(first.protocol));
}

/// The same but for its ports, which are both `distance` higher.
bool follows(const PublishedPort& first, const PublishedPort& next, unsigned distance) {
    PublishedPort expected = first;
    expected.hostPort = next.hostPort;
    expected.containerPort = next.containerPort;
    return expected == next && first.hostPort + distance == next.hostPort &&
           first.containerPort + distance == next.containerPort;
}

constexpr std::array<std::string_view, 3> kProtocolNames{"tcp", "udp", "sctp"};

} // namespace

std::string_view protocolName(Protocol protocol) {
    return kProtocolNames[static_cast<std::size_t>(protocol)];
}

Result<Protocol> parseProtocol(std::string_view text) {
    const auto* const found = std::find(kProtocolNames.begin(), kProtocolNames.end(), text);
    if (found == kProtocolNames.end())
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text) + "\" is not a protocol whose ports can be published",
                    "Use tcp, udp or sctp.");
    return static_cast<Protocol>(found - kProtocolNames.begin());
}

Result<void> checkPublishedPort(const PublishedPort& port) {
    const auto wrong = [&](std::string_view why, std::string hint = {}) {
        return fail(ErrorCode::InvalidArgument,
                    "the port " + toWords(port) + " cannot be published: " + std::string(why),
                    std::move(hint));
    };
    if (port.hostPort == 0 || port.containerPort == 0)
        return wrong("a port number is from 1 to 65535");
    if (port.containerIp.isAny() || port.containerIp.isLoopback())
        return wrong("the container has no address " + port.containerIp.toString());
    if (port.hostIp && port.hostIp->isV6 != port.containerIp.isV6)
        return wrong(
            port.hostIp->isV6 ? "the container has no IPv6 address on this network"
                              : "the container has no IPv4 address on this network",
            "Publish it on an address of the other family, or give the network a subnet of this one.");
    if (port.hostIp && port.hostIp->isV6 && port.hostIp->isLoopback())
        return wrong("the kernel carries no packets between ::1 and a container",
                     "Publish it on 127.0.0.1: programs that are told \"localhost\" try that, too.");
    return {};
}

bool overlaps(const PublishedPort& one, const PublishedPort& other) {
    return one.protocol == other.protocol && one.hostPort == other.hostPort &&
           one.containerIp.isV6 == other.containerIp.isV6 &&
           (!one.hostIp || !other.hostIp || *one.hostIp == *other.hostIp);
}

std::string toWords(const PublishedPort& port) {
    return words(port, 1);
}

std::string toWords(std::vector<PublishedPort> ports) {
    std::sort(ports.begin(), ports.end());
    std::string text;
    for (std::size_t i = 0; i < ports.size();) {
        unsigned count = 1;
        while (i + count < ports.size() && follows(ports[i], ports[i + count], count))
            ++count;
        text += (text.empty() ? "" : ", ") + words(ports[i], count);
        i += count;
    }
    return text;
}

Result<std::vector<PublishedPort>> parsePortWords(std::string_view text) {
    const auto wrong = [text] {
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is not a published port",
                    "It looks like 127.0.0.1:8080->80/tcp.");
    };
    const auto arrow = text.find("->");
    const auto slash = text.rfind('/');
    const auto colon = text.substr(0, arrow).rfind(':');
    if (arrow == std::string_view::npos || slash == std::string_view::npos || slash < arrow ||
        colon == std::string_view::npos)
        return wrong();
    const auto outside = parseRange(text.substr(colon + 1, arrow - colon - 1));
    const auto inside = parseRange(text.substr(arrow + 2, slash - arrow - 2));
    if (!outside || !inside || outside->count() != inside->count())
        return wrong();
    PublishedPort port;
    TRY_ASSIGN(port.protocol, parseProtocol(text.substr(slash + 1)));
    TRY_ASSIGN(const IpAddress host, parseHost(text.substr(0, colon)));
    port.containerIp.isV6 = host.isV6;
    if (!host.isAny())
        port.hostIp = host;
    std::vector<PublishedPort> ports;
    for (unsigned i = 0; i < outside->count(); ++i) {
        port.hostPort = static_cast<std::uint16_t>(outside->first + i);
        port.containerPort = static_cast<std::uint16_t>(inside->first + i);
        ports.push_back(port);
    }
    return ports;
}

} // namespace escale
