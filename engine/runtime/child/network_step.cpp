#include "engine/runtime/child/context.h"

#include <linux/if.h>
#include <linux/sockios.h>
#include <sys/socket.h>

namespace escale::child {

using sys::call;

namespace {

// A new network namespace holds a loopback interface that is down: programs that talk to themselves expect it
// up, and other runtimes bring it up.
int bringUpLoopback() {
    const int socket = static_cast<int>(call(SYS_socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (socket == -EAFNOSUPPORT)
        return 0; // a kernel without IPv4
    if (socket < 0)
        return socket;
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    const long result = call(SYS_ioctl, socket, SIOCSIFFLAGS, &request);
    call(SYS_close, socket);
    return static_cast<int>(result);
}

} // namespace

int newNetworkNamespace() {
    const long made = call(SYS_unshare, CLONE_NEWNET);
    return made < 0 ? static_cast<int>(made) : bringUpLoopback();
}

int enterNetworkNamespace(const Context& context) {
    if (context.networkNamespace < 0)
        return newNetworkNamespace();
    return static_cast<int>(call(SYS_setns, context.networkNamespace, CLONE_NEWNET));
}

} // namespace escale::child
