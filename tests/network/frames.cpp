#include "tests/network/frames.h"

#include "engine/base/unique_fd.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace escale::test {
namespace {

constexpr char kBroadcast[] = "ff:ff:ff:ff:ff:ff";
constexpr char kAllNodes[] = "33:33:00:00:00:01";
constexpr std::size_t kSmallestFrame = 60;

std::string number(unsigned value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        text += static_cast<char>(value >> shift);
    return text;
}

std::string macBytes(const std::string& text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 3)
        bytes += static_cast<char>(std::stoi(text.substr(at, 2), nullptr, 16));
    return bytes;
}

std::string addressBytes(const std::string& text) {
    const IpAddress address = *IpAddress::parse(text);
    const auto bytes = address.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), address.width() / 8};
}

Frame ethernet(const std::string& to, const std::string& from, unsigned type, const std::string& payload) {
    Frame frame = macBytes(to) + macBytes(from) + number(type, 2) + payload;
    frame.resize(std::max(frame.size(), kSmallestFrame));
    return frame;
}

std::string ipv4(const std::string& from, const std::string& to, int protocol, const std::string& payload) {
    std::string header = number(0x45, 2).substr(1) + number(0, 1) +
                         number(static_cast<unsigned>(20 + payload.size()), 2) + number(0, 4) +
                         number(64, 1) + number(static_cast<unsigned>(protocol), 1);
    const std::string rest = addressBytes(from) + addressBytes(to);
    unsigned sum = 0;
    const std::string whole = header + rest;
    for (std::size_t i = 0; i < whole.size(); i += 2)
        sum += static_cast<unsigned char>(whole[i]) << 8 | static_cast<unsigned char>(whole[i + 1]);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return header + number(~sum & 0xffff, 2) + rest + payload;
}

std::string ipv6(const std::string& from, const std::string& to, unsigned next, const std::string& payload) {
    return number(0x60000000, 4) + number(static_cast<unsigned>(payload.size()), 2) + number(next, 1) +
           number(255, 1) + addressBytes(from) + addressBytes(to) + payload;
}

int typeOf(const Frame& frame) {
    return static_cast<unsigned char>(frame.at(12)) << 8 | static_cast<unsigned char>(frame.at(13));
}

Result<UniqueFd> packetSocket(int protocol) {
    UniqueFd socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(protocol)));
    sockaddr_ll where{};
    where.sll_family = AF_PACKET;
    where.sll_protocol = htons(protocol);
    where.sll_ifindex = static_cast<int>(::if_nametoindex("eth0"));
    if (!socket || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&where), sizeof where) != 0)
        return failErrno("cannot open a packet socket");
    return socket;
}

} // namespace

Frame udpFrame(const std::string& mac, const std::string& from, const std::string& to) {
    // Long enough that nothing fills it up: a bridge that looks into IP (br_netfilter) cuts that off.
    const std::string text = "a frame of Escale's tests";
    const std::string payload = number(4000, 2) + number(4001, 2) +
                                number(static_cast<unsigned>(8 + text.size()), 2) + number(0, 2) + text;
    if (from.find(':') != std::string::npos)
        return ethernet(kAllNodes, mac, ETH_P_IPV6, ipv6(from, to, IPPROTO_UDP, payload));
    return ethernet(kBroadcast, mac, ETH_P_IP, ipv4(from, to, IPPROTO_UDP, payload));
}

Frame arpFrame(const std::string& mac, const std::string& inside, const std::string& address) {
    return ethernet(kBroadcast, mac, ETH_P_ARP,
                    number(1, 2) + number(ETH_P_IP, 2) + number(6, 1) + number(4, 1) + number(1, 2) +
                        macBytes(inside) + addressBytes(address) + std::string(6, '\0') +
                        addressBytes("172.30.0.77"));
}

Frame neighbourFrame(int type, const std::string& mac, const std::string& from, const std::string& target,
                     bool behindExtension) {
    const std::string message = number(static_cast<unsigned>(type), 1) + number(0, 1) + number(0, 2) +
                                number(0x20000000, 4) + addressBytes(target) + number(2, 1) + number(1, 1) +
                                macBytes(mac);
    if (!behindExtension)
        return ethernet(kAllNodes, mac, ETH_P_IPV6, ipv6(from, "ff02::1", IPPROTO_ICMPV6, message));
    // Destination options: PadN over the rest of eight bytes.
    const std::string options =
        number(IPPROTO_ICMPV6, 1) + number(0, 1) + number(1, 1) + number(4, 1) + number(0, 4);
    return ethernet(kAllNodes, mac, ETH_P_IPV6, ipv6(from, "ff02::1", IPPROTO_DSTOPTS, options + message));
}

Frame vlanFrame(const Frame& frame) {
    return frame.substr(0, 12) + number(ETH_P_8021Q, 2) + number(7, 2) + frame.substr(12);
}

Frame protocolFrame(const std::string& mac, std::uint16_t type) {
    return ethernet(kBroadcast, mac, type, "some protocol");
}

Result<Frame> firstSeen(const NamespaceProcess& sender, const NamespaceProcess& receiver,
                        const std::vector<Frame>& frames, int saidProtocol) {
    UniqueFd receiving;
    TRY(receiver.run([&]() -> Result<void> {
        TRY_ASSIGN(receiving, packetSocket(ETH_P_ALL));
        return {};
    }));
    TRY(sender.run([&]() -> Result<void> {
        for (const auto& frame : frames) {
            const bool isLast = &frame == &frames.back();
            TRY_ASSIGN(const UniqueFd sending,
                       packetSocket(saidProtocol != 0 && !isLast ? saidProtocol : typeOf(frame)));
            const ssize_t sent = ::send(sending.get(), frame.data(), frame.size(), 0);
            // ENOBUFS: dropped at the sender's own end.
            if (sent != static_cast<ssize_t>(frame.size()) && errno != ENOBUFS)
                return failErrno("cannot send a frame");
        }
        return {};
    }));
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatientMilliseconds);
    std::array<char, 2048> bytes{};
    while (std::chrono::steady_clock::now() < end) {
        pollfd entry{receiving.get(), POLLIN, 0};
        if (::poll(&entry, 1, kBriefMilliseconds) != 1)
            continue;
        const ssize_t size = ::recv(receiving.get(), bytes.data(), bytes.size(), 0);
        const Frame got(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        // A VLAN's header is stripped on receive: what is inside tells it.
        const auto found = std::find_if(frames.begin(), frames.end(), [&](const Frame& frame) {
            return frame == got || (frame.size() > 16 && frame.substr(0, 12) + frame.substr(16) == got);
        });
        if (found != frames.end())
            return *found;
    }
    return fail(ErrorCode::Unreachable, "no frame arrived");
}

} // namespace escale::test
