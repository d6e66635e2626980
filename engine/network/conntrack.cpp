#include "engine/network/conntrack.h"

#include "engine/network/kept_in_namespace.h"
#include "engine/network/netlink.h"

#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace escale::conntrack {
namespace {

struct Tuple {
    IpAddress source, destination;
    std::uint8_t protocol = 0;
    std::uint16_t sourcePort = 0, destinationPort = 0;
};

struct Connection {
    Tuple original, reply;
    bool isTranslated = false; // its destination
    bool isV6 = false;
    /// The attributes by which the kernel finds it again, as they came.
    std::vector<char> identity;
};

struct FreeMessage {
    void operator()(nl_msg* message) const { ::nlmsg_free(message); }
};
using Message = std::unique_ptr<nl_msg, FreeMessage>;

IpAddress addressOf(nlattr* attribute, bool isV6) {
    std::array<std::uint8_t, 16> bytes{};
    if (attribute != nullptr)
        std::memcpy(bytes.data(), ::nla_data(attribute),
                    std::min<std::size_t>(::nla_len(attribute), isV6 ? 16 : 4));
    return IpAddress::fromBytes(isV6, bytes.data());
}

std::uint16_t portOf(nlattr* attribute) {
    return attribute != nullptr ? ntohs(::nla_get_u16(attribute)) : 0;
}

Tuple tupleOf(nlattr* attribute, bool isV6) {
    Tuple tuple;
    nlattr* parts[CTA_TUPLE_MAX + 1]{};
    nlattr* addresses[CTA_IP_MAX + 1]{};
    nlattr* protocol[CTA_PROTO_MAX + 1]{};
    if (attribute == nullptr || ::nla_parse_nested(parts, CTA_TUPLE_MAX, attribute, nullptr) < 0 ||
        parts[CTA_TUPLE_IP] == nullptr || parts[CTA_TUPLE_PROTO] == nullptr ||
        ::nla_parse_nested(addresses, CTA_IP_MAX, parts[CTA_TUPLE_IP], nullptr) < 0 ||
        ::nla_parse_nested(protocol, CTA_PROTO_MAX, parts[CTA_TUPLE_PROTO], nullptr) < 0)
        return tuple;
    tuple.source = addressOf(addresses[isV6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC], isV6);
    tuple.destination = addressOf(addresses[isV6 ? CTA_IP_V6_DST : CTA_IP_V4_DST], isV6);
    if (protocol[CTA_PROTO_NUM] != nullptr)
        tuple.protocol = ::nla_get_u8(protocol[CTA_PROTO_NUM]);
    tuple.sourcePort = portOf(protocol[CTA_PROTO_SRC_PORT]);
    tuple.destinationPort = portOf(protocol[CTA_PROTO_DST_PORT]);
    return tuple;
}

void keepIdentity(Connection& connection, nlattr* attribute) {
    if (attribute == nullptr)
        return;
    const auto* bytes = reinterpret_cast<const char*>(attribute);
    connection.identity.insert(connection.identity.end(), bytes, bytes + attribute->nla_len);
    connection.identity.resize(NLA_ALIGN(connection.identity.size()));
}

Connection connectionOf(nlmsghdr* header) {
    Connection connection;
    const auto* family = static_cast<const nfgenmsg*>(::nlmsg_data(header));
    connection.isV6 = family->nfgen_family == AF_INET6;
    nlattr* parts[CTA_MAX + 1]{};
    if (::nlmsg_parse(header, sizeof(nfgenmsg), parts, CTA_MAX, nullptr) < 0)
        return connection;
    connection.original = tupleOf(parts[CTA_TUPLE_ORIG], connection.isV6);
    connection.reply = tupleOf(parts[CTA_TUPLE_REPLY], connection.isV6);
    connection.isTranslated =
        parts[CTA_STATUS] != nullptr && (ntohl(::nla_get_u32(parts[CTA_STATUS])) & IPS_DST_NAT) != 0;
    keepIdentity(connection, parts[CTA_TUPLE_ORIG]);
    keepIdentity(connection, parts[CTA_ZONE]);
    keepIdentity(connection, parts[CTA_ID]);
    return connection;
}

struct FreeSocket {
    void operator()(nl_sock* socket) const { ::nl_socket_free(socket); }
};
using Socket = std::unique_ptr<nl_sock, FreeSocket>;

Result<Socket> connect() {
    Socket socket(::nl_socket_alloc());
    if (!socket)
        return fail(ErrorCode::NoSpace, "cannot open a netfilter netlink socket: out of memory");
    if (const int error = ::nl_connect(socket.get(), NETLINK_NETFILTER); error < 0)
        return fail(netlink::netlinkError(error, "cannot open a netfilter netlink socket"));
    ::nl_socket_disable_seq_check(socket.get());
    return socket;
}

Result<Message> message(unsigned type, int flags, int family) {
    Message made(::nlmsg_alloc_simple((NFNL_SUBSYS_CTNETLINK << 8) | static_cast<int>(type), flags));
    const nfgenmsg header{static_cast<std::uint8_t>(family), NFNETLINK_V0, 0};
    if (!made || ::nlmsg_append(made.get(), const_cast<nfgenmsg*>(&header), sizeof header, NLMSG_ALIGNTO) < 0)
        return fail(ErrorCode::NoSpace, "cannot ask for the kernel's connections: out of memory");
    return made;
}

struct Selection {
    const std::function<bool(const Connection&)>* wanted;
    std::vector<Connection> found;
};

int select(nl_msg* received, void* argument) {
    auto& selection = *static_cast<Selection*>(argument);
    Connection connection = connectionOf(::nlmsg_hdr(received));
    if ((*selection.wanted)(connection))
        selection.found.push_back(std::move(connection));
    return NL_OK;
}

/// Which connections are meant, of those that the kernel itself can tell apart: each member that is there.
/// Kernels before 5.8 list all, whatever is asked.
struct Question {
    bool isV6 = false;
    bool isTranslated = false;
    std::uint8_t protocol = 0; // 0: any, and no ports
    std::optional<IpAddress> destination, container;
    std::uint16_t hostPort = 0, containerPort = 0; // 0: any
};

// The kernel's own names for the bits of CTA_FILTER_…_FLAGS are in none of its public headers
// (net/netfilter/nf_internals.h).
constexpr std::uint32_t kBySource = 1U << 0;
constexpr std::uint32_t kByDestination = 1U << 1;
constexpr std::uint32_t kByProtocol = 1U << 3;
constexpr std::uint32_t kBySourcePort = 1U << 4;
constexpr std::uint32_t kByDestinationPort = 1U << 5;

/// As much of a tuple as is known; returns its bits.
struct Part {
    const std::optional<IpAddress>& address;
    int addressType;
    std::uint32_t addressBit;
    std::uint16_t port;
    int portType;
    std::uint32_t portBit;
};
std::uint32_t putTuple(nl_msg* message, int type, std::uint8_t protocolNumber, const Part& part) {
    std::uint32_t bits = 0;
    nlattr* const tuple = ::nla_nest_start(message, type | NLA_F_NESTED);
    if (part.address) {
        nlattr* const ip = ::nla_nest_start(message, CTA_TUPLE_IP | NLA_F_NESTED);
        ::nla_put(message, part.addressType, static_cast<int>(part.address->width() / 8),
                  part.address->bytes().data());
        ::nla_nest_end(message, ip);
        bits |= part.addressBit;
    }
    if (protocolNumber != 0) {
        nlattr* const protocol = ::nla_nest_start(message, CTA_TUPLE_PROTO | NLA_F_NESTED);
        ::nla_put_u8(message, CTA_PROTO_NUM, protocolNumber);
        bits |= kByProtocol;
        if (part.port != 0) {
            ::nla_put_u16(message, part.portType, htons(part.port));
            bits |= part.portBit;
        }
        ::nla_nest_end(message, protocol);
    }
    ::nla_nest_end(message, tuple);
    return bits;
}

/// The answers come from the container, whatever address a connection was begun to.
Result<Message> asked(unsigned type, int flags, const Question& question) {
    const bool isV6 = question.isV6;
    TRY_ASSIGN(Message request, message(type, flags, isV6 ? AF_INET6 : AF_INET));
    const std::uint32_t original =
        putTuple(request.get(), CTA_TUPLE_ORIG, question.protocol,
                 {question.destination, isV6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, kByDestination,
                  question.hostPort, CTA_PROTO_DST_PORT, kByDestinationPort});
    const std::uint32_t reply = putTuple(request.get(), CTA_TUPLE_REPLY, question.protocol,
                                         {question.container, isV6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, kBySource,
                                          question.containerPort, CTA_PROTO_SRC_PORT, kBySourcePort});
    nlattr* const filter = ::nla_nest_start(request.get(), CTA_FILTER | NLA_F_NESTED);
    ::nla_put_u32(request.get(), CTA_FILTER_ORIG_FLAGS, original);
    ::nla_put_u32(request.get(), CTA_FILTER_REPLY_FLAGS, reply);
    ::nla_nest_end(request.get(), filter);
    ::nla_put_u32(request.get(), CTA_STATUS, htonl(question.isTranslated ? IPS_DST_NAT : 0));
    ::nla_put_u32(request.get(), CTA_STATUS_MASK, htonl(IPS_DST_NAT));
    return request;
}

/// The connections that the kernel lists and of which `wanted` says so.
Result<std::vector<Connection>> find(nl_sock* socket, const Question& question,
                                     const std::function<bool(const Connection&)>& wanted) {
    Selection selection{&wanted, {}};
    ::nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_CUSTOM, select, &selection);
    TRY_ASSIGN(const Message request, asked(IPCTNL_MSG_CT_GET, NLM_F_REQUEST | NLM_F_DUMP, question));
    int error = ::nl_send_auto(socket, request.get());
    if (error >= 0)
        error = ::nl_recvmsgs_default(socket);
    ::nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_DEFAULT, nullptr, nullptr);
    if (error < 0)
        return fail(netlink::netlinkError(error, "cannot list the kernel's connections"));
    return std::move(selection.found);
}

/// 0, or libnl's error.
int forget(nl_sock* socket, nl_msg* request) {
    int error = ::nl_send_auto(socket, request);
    if (error >= 0)
        error = ::nl_wait_for_ack(socket);
    return error == -NLE_OBJ_NOTFOUND ? 0 : std::min(error, 0);
}

Result<void> forgetOne(nl_sock* socket, const Connection& connection) {
    TRY_ASSIGN(const Message request, message(IPCTNL_MSG_CT_DELETE, NLM_F_REQUEST | NLM_F_ACK,
                                              connection.isV6 ? AF_INET6 : AF_INET));
    if (::nlmsg_append(request.get(), const_cast<char*>(connection.identity.data()),
                       connection.identity.size(), NLMSG_ALIGNTO) < 0)
        return fail(ErrorCode::NoSpace, "cannot forget a connection: out of memory");
    if (const int error = forget(socket, request.get()); error < 0)
        return fail(netlink::netlinkError(error, "cannot forget a connection"));
    return {};
}

std::uint8_t numberOf(Protocol protocol) {
    return protocol == Protocol::Tcp ? IPPROTO_TCP : protocol == Protocol::Udp ? IPPROTO_UDP : IPPROTO_SCTP;
}

bool isTo(const Connection& connection, const PublishedPort& port) {
    return connection.original.protocol == numberOf(port.protocol) &&
           connection.original.destinationPort == port.hostPort &&
           (!port.hostIp || *port.hostIp == connection.original.destination);
}

bool isFrom(const Connection& connection, const PublishedPort& port) {
    return connection.reply.source == port.containerIp && connection.reply.sourcePort == port.containerPort;
}

/// Sorted by the port that is looked for: there may be thousands of both.
using PortIndex = std::vector<const PublishedPort*>;

bool anyOf(const PortIndex& index, const Connection& connection) {
    auto at = std::lower_bound(index.begin(), index.end(), connection.original.destinationPort,
                               [](auto* port, std::uint16_t number) { return port->hostPort < number; });
    for (; at != index.end() && (*at)->hostPort == connection.original.destinationPort; ++at)
        if (isTo(connection, **at) && (!connection.isTranslated || isFrom(connection, **at)))
            return true;
    return false;
}

/// One walk through the kernel's table; then each that is found by itself.
Result<void> forgetListed(nl_sock* socket, const Question& question, PortIndex ports) {
    std::sort(ports.begin(), ports.end(),
              [](auto* one, auto* other) { return one->hostPort < other->hostPort; });
    TRY_ASSIGN(const auto connections, find(socket, question, [&](const Connection& connection) {
                   return connection.isTranslated == question.isTranslated && anyOf(ports, connection);
               }));
    for (const auto& connection : connections)
        TRY(forgetOne(socket, connection));
    return {};
}

/// The kernel forgets them itself, by far the quicker walk (it skips what is empty).
Result<int> forgetOfPort(nl_sock* socket, const PublishedPort& port, bool isTranslated) {
    Question question{
        port.containerIp.isV6, isTranslated, numberOf(port.protocol), port.hostIp, {}, port.hostPort, 0};
    if (isTranslated) {
        question.container = port.containerIp;
        question.containerPort = port.containerPort;
    }
    TRY_ASSIGN(const Message request, asked(IPCTNL_MSG_CT_DELETE, NLM_F_REQUEST | NLM_F_ACK, question));
    return forget(socket, request.get());
}

/// More ports than that are looked for in one list.
constexpr std::size_t kFewPorts = 8;

/// Ports of one question.
Result<void> forgetAll(nl_sock* socket, const Question& question, const PortIndex& ports) {
    if (ports.size() > kFewPorts)
        return forgetListed(socket, question, ports);
    for (const auto* port : ports) {
        TRY_ASSIGN(const int error, forgetOfPort(socket, *port, question.isTranslated));
        // Kernels that cannot do that miss the rest of the tuples.
        if (error < 0)
            return forgetListed(socket, question, ports);
    }
    return {};
}

Result<void> forgetOf(const std::vector<PublishedPort>& ports, bool isTranslated) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static KeptInNamespace<nl_sock, FreeSocket> kept;
    std::map<std::pair<IpAddress, Protocol>, PortIndex> groups;
    for (const auto& port : ports)
        groups[{port.containerIp, port.protocol}].push_back(&port);
    for (const auto& [key, group] : groups) {
        const auto& [container, protocol] = key;
        Question question{container.isV6, isTranslated, numberOf(protocol), {}, {}, 0, 0};
        if (isTranslated)
            question.container = container;
        TRY_ASSIGN(nl_sock* const socket, kept.get(connect));
        if (auto done = forgetAll(socket, question, group); !done) {
            kept.drop();
            return done;
        }
    }
    return {};
}

} // namespace

Result<void> forgetTranslated(const std::vector<PublishedPort>& ports) {
    return forgetOf(ports, true);
}

Result<void> forgetUntranslated(const std::vector<PublishedPort>& ports) {
    return forgetOf(ports, false);
}

} // namespace escale::conntrack
