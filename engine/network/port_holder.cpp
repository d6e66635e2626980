#include "engine/network/port_holder.h"

#include "engine/base/file.h"
#include "engine/network/netlink.h"

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>

namespace escale {
namespace {

/// TCP_BOUND_INACTIVE of Linux 6.8: bound, neither listening nor connected. Older kernels do not list those.
constexpr unsigned kBoundInactive = 13;

struct BoundSocket {
    IpAddress address;
    bool isV6Only = false;
    std::uint32_t inode = 0;
};

int collect(nl_msg* received, void* argument) {
    auto& sockets = *static_cast<std::vector<BoundSocket>*>(argument);
    nlmsghdr* const header = ::nlmsg_hdr(received);
    const auto* entry = static_cast<const inet_diag_msg*>(::nlmsg_data(header));
    BoundSocket socket;
    socket.address = IpAddress::fromBytes(entry->idiag_family == AF_INET6,
                                          reinterpret_cast<const std::uint8_t*>(entry->id.idiag_src));
    socket.inode = entry->idiag_inode;
    nlattr* const only = ::nlmsg_find_attr(header, sizeof *entry, INET_DIAG_SKV6ONLY);
    socket.isV6Only = only != nullptr && ::nla_get_u8(only) != 0;
    sockets.push_back(socket);
    return NL_OK;
}

/// Sockets of one family with this local port.
Result<std::vector<BoundSocket>> boundSockets(int family, const PublishedPort& port) {
    const netlink::Socket socket(::nl_socket_alloc());
    if (!socket)
        return fail(ErrorCode::NoSpace, "cannot list sockets: out of memory");
    if (const int error = ::nl_connect(socket.get(), NETLINK_SOCK_DIAG); error < 0)
        return fail(netlink::netlinkError(error, "cannot list sockets"));
    inet_diag_req_v2 request{};
    request.sdiag_family = static_cast<std::uint8_t>(family);
    request.sdiag_protocol = port.protocol == Protocol::Tcp ? IPPROTO_TCP : IPPROTO_UDP;
    // A UDP socket is in TCP's closed state until it is connected.
    request.idiag_states = port.protocol == Protocol::Tcp ? (1U << TCP_LISTEN) | (1U << kBoundInactive) : ~0U;
    request.id.idiag_sport = htons(port.hostPort);
    std::vector<BoundSocket> found;
    ::nl_socket_modify_cb(socket.get(), NL_CB_VALID, NL_CB_CUSTOM, collect, &found);
    int error = ::nl_send_simple(socket.get(), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, &request,
                                 sizeof request);
    if (error >= 0)
        error = ::nl_recvmsgs_default(socket.get());
    if (error < 0)
        return fail(netlink::netlinkError(error, "cannot list sockets"));
    return found;
}

bool isInTheWay(const BoundSocket& socket, const PublishedPort& port) {
    if (socket.address.isV6 != port.containerIp.isV6)
        // A socket of IPv6 on :: takes IPv4 as well, unless it has said otherwise; also one on ::ffff:….
        return socket.address.isV6 && socket.address.isAny() && !socket.isV6Only;
    return socket.address.isAny() || !port.hostIp || *port.hostIp == socket.address;
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

/// Which of these sockets a process has open.
std::vector<std::uint32_t> socketsOf(const std::string& process, const std::vector<BoundSocket>& sockets) {
    std::vector<std::uint32_t> open;
    const std::string path = "/proc/" + process + "/fd";
    const Folder folder(::opendir(path.c_str()));
    if (!folder)
        return open; // ended
    while (const dirent* entry = ::readdir(folder.get())) {
        std::array<char, 64> target{};
        if (::readlinkat(::dirfd(folder.get()), entry->d_name, target.data(), target.size() - 1) <= 0)
            continue;
        for (const auto& socket : sockets)
            if ("socket:[" + std::to_string(socket.inode) + "]" == target.data())
                open.push_back(socket.inode);
    }
    return open;
}

std::string userOf(const std::string& process) {
    struct stat status {};
    if (::stat(("/proc/" + process).c_str(), &status) != 0)
        return {};
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(status.st_uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return std::to_string(status.st_uid);
}

std::string nameOf(const std::string& process) {
    auto name = readFile("/proc/" + process + "/comm");
    return name ? name->substr(0, name->find('\n')) : std::string();
}

/// The first process of each socket, by number: a server before its workers.
std::map<std::uint32_t, PortHolder> processesOf(const std::vector<BoundSocket>& sockets) {
    std::map<std::uint32_t, PortHolder> holders;
    const Folder proc(::opendir("/proc"));
    while (const dirent* entry = proc ? ::readdir(proc.get()) : nullptr) {
        const std::string process = entry->d_name;
        if (process.find_first_not_of("0123456789") != std::string::npos)
            continue;
        for (const auto inode : socketsOf(process, sockets)) {
            PortHolder& holder = holders[inode];
            const auto pid = static_cast<pid_t>(std::stol(process));
            if (holder.pid == 0 || pid < holder.pid)
                holder = {{}, pid, nameOf(process), userOf(process)};
        }
    }
    return holders;
}

// Rules

bool isPortMatch(const Json& match, const PublishedPort& port) {
    const Json& payload = match.at("left").at("payload");
    const std::string protocol = payload.at("protocol").toString();
    if (payload.at("field").toString() != "dport" ||
        (protocol != protocolName(port.protocol) && protocol != "th"))
        return false;
    const auto isIt = [&](const Json& value) {
        const auto& range = value.at("range").items();
        if (range.size() == 2)
            return range[0].toInteger() <= port.hostPort && port.hostPort <= range[1].toInteger();
        return value.isInteger() && value.toInteger() == port.hostPort;
    };
    const Json& right = match.at("right");
    const auto& choice = right.at("set").items();
    return isIt(right) || std::any_of(choice.begin(), choice.end(), isIt);
}

/// A match of the destination that leaves the port's address out.
bool excludesAddress(const Json& match, const PublishedPort& port) {
    const Json& payload = match.at("left").at("payload");
    return payload.at("field").toString() == "daddr" && match.at("right").isString() && port.hostIp &&
           match.at("op").toString() == "==" && match.at("right").toString() != port.hostIp->toString();
}

bool translates(const Json& rule, const PublishedPort& port) {
    bool matchesPort = false;
    bool isTranslation = false;
    for (const Json& statement : rule.at("expr").items()) {
        const Json& match = statement.at("match");
        if (excludesAddress(match, port))
            return false;
        matchesPort = matchesPort || isPortMatch(match, port);
        for (const auto& [name, content] : statement.members())
            isTranslation = isTranslation || name == "dnat" || name == "redirect";
    }
    return matchesPort && isTranslation;
}

} // namespace

std::string PortHolder::toString() const {
    const std::string where =
        (pid != 0 ? ", on " : " on ") + (address.isAny() ? "every address" : address.toString());
    if (pid == 0)
        return "a socket" + where + " of no process";
    return process + " (process " + std::to_string(pid) + " of " + user + where + ")";
}

Result<std::vector<PortHolder>> findPortHolders(const PublishedPort& port) {
    std::vector<PortHolder> holders;
    if (port.protocol == Protocol::Sctp)
        return holders;
    TRY_ASSIGN(std::vector<BoundSocket> sockets, boundSockets(AF_INET6, port));
    TRY_ASSIGN(const auto ofV4, boundSockets(AF_INET, port));
    sockets.insert(sockets.end(), ofV4.begin(), ofV4.end());
    std::erase_if(sockets, [&](const BoundSocket& socket) { return !isInTheWay(socket, port); });
    if (sockets.empty())
        return holders;
    auto processes = processesOf(sockets);
    for (const auto& socket : sockets) {
        PortHolder holder = processes[socket.inode];
        holder.address = socket.address;
        holders.push_back(std::move(holder));
    }
    std::sort(holders.begin(), holders.end(),
              [](const auto& one, const auto& other) { return one.pid < other.pid; });
    return holders;
}

std::string translatingRule(const Json& ruleset, std::string_view ownTable, const PublishedPort& port) {
    for (const Json& object : ruleset.items()) {
        const Json& rule = object.at("rule");
        const std::string family = rule.at("family").toString();
        const std::string table = rule.at("table").toString();
        const bool isFamily = family == "inet" || family == (port.containerIp.isV6 ? "ip6" : "ip");
        if (isFamily && !(family == "inet" && table == ownTable) && translates(rule, port))
            return "the chain " + rule.at("chain").toString() + " of table " + family + " " + table;
    }
    return {};
}

} // namespace escale
