#include "engine/network/kernel_drivers.h"

#include "engine/network/netlink.h"

#include <netlink/errno.h>
#include <netlink/route/link.h>

#include <linux/rtnetlink.h>

namespace escale {
namespace {

/// Asks for an interface of the kind with an address that no interface may have: a kernel that knows the kind
/// refuses the address (or misses the parent), one that does not refuses the kind.
Result<bool> knows(nl_sock* socket, const char* kind) {
    constexpr MacBytes kMulticast{0x01, 0, 0, 0, 0, 0};
    const netlink::Link link = netlink::newLink();
    ::rtnl_link_set_type(link.get(), kind);
    ::rtnl_link_set_addr(link.get(), netlink::toNetlink(kMulticast).get());
    const int error = ::rtnl_link_add(socket, link.get(), NLM_F_CREATE | NLM_F_EXCL);
    if (error == -NLE_PERM || error == -NLE_NOACCESS)
        return fail(netlink::netlinkError(error, "cannot ask the kernel for its network drivers"));
    return error != -NLE_OPNOTSUPP;
}

} // namespace

Result<DriverSupport> driverSupport() {
    TRY_ASSIGN(const netlink::Socket socket, netlink::connect());
    DriverSupport support;
    TRY_ASSIGN(support.bridge, knows(socket.get(), "bridge"));
    TRY_ASSIGN(support.macvlan, knows(socket.get(), "macvlan"));
    TRY_ASSIGN(support.ipvlan, knows(socket.get(), "ipvlan"));
    TRY_ASSIGN(support.vlan, knows(socket.get(), "vlan"));
    TRY_ASSIGN(support.dummy, knows(socket.get(), "dummy"));
    return support;
}

Error missingDriver(const std::string& kind) {
    const std::string module = kind == "vlan" ? "8021q" : kind;
    std::string option = kind == "vlan" ? "VLAN_8021Q" : kind;
    for (char& c : option)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return {ErrorCode::Unsupported,
            "this kernel has no driver " + kind + " (module " + module + ", CONFIG_" + option + ")",
            "Load the module, or start a kernel that has it.",
            {}};
}

} // namespace escale
