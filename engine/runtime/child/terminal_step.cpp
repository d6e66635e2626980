#include "engine/runtime/child/context.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace escale::child {

using sys::call;

namespace {

// The master goes to whoever shows the terminal; the name is what runc sends with it.
int sendMaster(int connection, int master) {
    char name[] = "/dev/ptmx";
    iovec part{name, sizeof name - 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    auto* passed = reinterpret_cast<cmsghdr*>(control);
    passed->cmsg_level = SOL_SOCKET;
    passed->cmsg_type = SCM_RIGHTS;
    passed->cmsg_len = CMSG_LEN(sizeof(int));
    __builtin_memcpy(CMSG_DATA(passed), &master, sizeof master);
    const long sent = call(SYS_sendmsg, connection, &message, MSG_NOSIGNAL);
    return sent < 0 ? static_cast<int>(sent) : 0;
}

// The slave itself, not a path that somebody could have exchanged by now, becomes /dev/console
// (CVE-2025-52565).
int bindConsole(const Context& context, int slave) {
    const int tree = context.oldMounts
                         ? -1
                         : sys::openTree(slave, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (tree < 0 && !context.oldMounts)
        return tree;
    int target = openInside(context, "/dev/console", O_PATH | O_NOFOLLOW);
    if (target == -ENOENT) {
        open_how how{};
        how.flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC;
        how.mode = 0600;
        how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
        target = static_cast<int>(call(SYS_openat2, context.root, "/dev/console", &how, sizeof how));
    }
    int result = target;
    if (target >= 0)
        result = context.oldMounts ? bindTheOldWay(slave, target) : sys::attachMount(tree, target);
    if (target >= 0)
        call(SYS_close, target);
    if (tree >= 0)
        call(SYS_close, tree);
    return result < 0 ? result : 0;
}

int setUp(const Context& context, const Step& step, int master, int slave) {
    // The session's controlling terminal; input can be injected only by who holds CAP_SYS_ADMIN over it. A
    // joiner has no session of the container: the member takes it.
    long result = (step.flags & kTakeLater) != 0 ? 0 : call(SYS_ioctl, slave, TIOCSCTTY, 0);
    if (result >= 0)
        result = call(SYS_fchown, slave, step.uid, -1);
    if (result >= 0 && step.number != 0) {
        winsize size{};
        size.ws_row = static_cast<unsigned short>(step.number >> 16);
        size.ws_col = static_cast<unsigned short>(step.number & 0xffff);
        result = call(SYS_ioctl, master, TIOCSWINSZ, &size);
    }
    if (result >= 0 && (step.flags & kBindConsole) != 0)
        result = bindConsole(context, slave);
    for (int fd = 0; fd <= 2 && result >= 0; ++fd)
        result = call(SYS_dup3, slave, fd, 0);
    return result < 0 ? static_cast<int>(result) : sendMaster(step.fd, master);
}

// What a container that lives put there may answer ioctl(2) with numbers of descriptors that are not its own
// (FUSE): only the kernel's own multiplexer is asked.
int checkMultiplexer(int master) {
    struct stat info {};
    const long result = call(SYS_fstat, master, &info);
    if (result < 0)
        return static_cast<int>(result);
    return S_ISCHR(info.st_mode) && info.st_rdev == ((5U << 8) | 2U) ? 0 : -ENOTTY;
}

} // namespace

int takeTerminal() {
    return static_cast<int>(call(SYS_ioctl, 0, TIOCSCTTY, 0));
}

int openTerminal(const Context& context, const Step& step) {
    const int master = sys::openAt2(context.root, step.path, O_RDWR | O_NOCTTY,
                                    RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
    if (master < 0)
        return master;
    const int unlock = 0;
    long result = checkMultiplexer(master);
    if (result >= 0)
        result = call(SYS_ioctl, master, TIOCSPTLCK, &unlock);
    if (result >= 0)
        result = call(SYS_ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (result >= 0) {
        const int slave = static_cast<int>(result);
        result = setUp(context, step, master, slave);
        call(SYS_close, slave);
    }
    call(SYS_close, master);
    return static_cast<int>(result);
}

} // namespace escale::child
