#include "engine/network/bridge_port.h"

#include "engine/base/file.h"
#include "engine/network/netlink.h"

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <memory>

namespace escale {
namespace {

struct FreeMessage {
    void operator()(nl_msg* message) const { ::nlmsg_free(message); }
};

/// Whether br_netfilter shows the rules what a bridge passes on.
bool isBridgeFiltered() {
    const auto value = readFile("/proc/sys/net/bridge/bridge-nf-call-iptables");
    return value && value->starts_with('1');
}

} // namespace

Result<void> letReachItself(const std::string& interface, bool on, bool icc) {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    TRY_ASSIGN(const netlink::Link link, netlink::findLink(socket.get(), interface));
    if (!link)
        return on ? fail(ErrorCode::NotFound, "there is no interface " + interface) : Result<void>();
    ifinfomsg header{.ifi_family = AF_BRIDGE, .ifi_index = ::rtnl_link_get_ifindex(link.get())};
    const std::unique_ptr<nl_msg, FreeMessage> message(
        ::nlmsg_alloc_simple(RTM_SETLINK, NLM_F_REQUEST | NLM_F_ACK));
    if (!message || ::nlmsg_append(message.get(), &header, sizeof header, NLMSG_ALIGNTO) < 0)
        return fail(ErrorCode::NoSpace, "cannot set up " + interface + ": out of memory");
    nlattr* const port = ::nla_nest_start(message.get(), IFLA_PROTINFO | NLA_F_NESTED);
    ::nla_put_u8(message.get(), IFLA_BRPORT_MODE, on ? 1 : 0);
    if (!icc)
        ::nla_put_u8(message.get(), IFLA_BRPORT_ISOLATED, on && isBridgeFiltered() ? 0 : 1);
    ::nla_nest_end(message.get(), port);
    int error = ::nl_send_auto(socket.get(), message.get());
    if (error >= 0)
        error = ::nl_wait_for_ack(socket.get());
    if (error < 0)
        return fail(netlink::netlinkError(error, "cannot let " + interface + " reach itself by its bridge"));
    return {};
}

} // namespace escale
