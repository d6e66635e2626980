#include "engine/runtime/child/context.h"

#include <initializer_list>
#include <linux/close_range.h>
#include <sys/socket.h>

namespace escale::child {

using sys::call;

int writeSysctl(const Context& context, const Step& step) {
    const int fd = sys::openAt2(context.proc, step.path, O_WRONLY, sys::kInProcfs);
    if (fd < 0)
        return fd;
    long size = 0;
    while (step.text[size] != '\0')
        ++size;
    const long written = call(SYS_write, fd, step.text, size);
    call(SYS_close, fd);
    return written < 0 ? static_cast<int>(written) : 0;
}

namespace {

long readByte(int fd, char& byte) {
    long got = -EINTR;
    while (got == -EINTR)
        got = call(SYS_read, fd, &byte, 1);
    return got;
}

} // namespace

int waitForGo(Context& context) {
    Go go{'\0'};
    long got = -EINTR;
    while (got == -EINTR)
        got = call(SYS_read, context.channel, &go, sizeof go);
    if (got < 0)
        return static_cast<int>(got);
    context.hostPid = go.pid;
    // End of file: the parent is gone, and nobody would ever start us.
    return got == sizeof go && go.kind == kGo ? 0 : -ECANCELED;
}

namespace {

// `target` may be taken by anything but another one that is kept.
int moveTo(int& fd, int target) {
    const long moved = call(SYS_dup3, fd, target, O_CLOEXEC);
    fd = target;
    return moved < 0 ? static_cast<int>(moved) : 0;
}

} // namespace

// The sockets and attributes move behind what the program is given (3 and 4 as a rule), everything above is
// closed: a descriptor of the host that stays open between `create` and `start` could be reached through
// /proc (CVE-2024-21626).
int closeDescriptors(Context& context, const Step& step) {
    const int first = static_cast<int>(step.number);
    context.listener = step.fd;
    const std::initializer_list<int*> kept{&context.channel, &context.startSocket, &context.listener,
                                           &context.attributes[0], &context.attributes[1]};
    for (int* fd : kept) { // out of the way of each other
        if (*fd < 0)
            continue;
        const long copy = call(SYS_fcntl, *fd, F_DUPFD_CLOEXEC, first + 5);
        if (copy < 0)
            return static_cast<int>(copy);
        *fd = static_cast<int>(copy);
    }
    int next = first;
    for (int* fd : kept) {
        if (*fd < 0)
            continue;
        const int result = moveTo(*fd, next++);
        if (result < 0)
            return result;
    }
    context.root = -1;
    return sys::closeRange(static_cast<unsigned>(next), ~0U, 0);
}

// execvp(3)'s rule: the first that can be executed; a refusal is remembered and told when nothing else is
// found.
int findProgram(Context& context, const Step& step) {
    int outcome = -ENOENT;
    for (const char* const* candidate = step.list; *candidate != nullptr; ++candidate) {
        struct stat info {};
        long result = call(SYS_newfstatat, AT_FDCWD, *candidate, &info, 0);
        if (result >= 0 && !S_ISREG(info.st_mode))
            result = -EACCES; // a folder or a device
        if (result >= 0) {
            result = call(SYS_faccessat2, AT_FDCWD, *candidate, X_OK, AT_EACCESS);
            // A seccomp filter of an older profile does not know the call. execve has the last word.
            if ((result == -EPERM || result == -ENOSYS) && (info.st_mode & 0111) != 0)
                result = 0;
        }
        if (result >= 0) {
            context.program = *candidate;
            return static_cast<int>(candidate - step.list);
        }
        if (result != -ENOENT && result != -ENOTDIR)
            outcome = static_cast<int>(result);
    }
    return outcome;
}

int waitForStart(Context& context) {
    const Report ready{};
    const long told = call(SYS_write, context.channel, &ready, sizeof ready);
    if (told < 0)
        return static_cast<int>(told);
    if (context.startSocket < 0) { // `run`: our parent starts us itself
        char byte = 0;
        return readByte(context.channel, byte) == 1 && byte == kStart ? 0 : -ECANCELED;
    }
    call(SYS_close, context.channel);
    context.channel = -1;
    for (;;) {
        const int connection =
            static_cast<int>(call(SYS_accept4, context.startSocket, nullptr, nullptr, SOCK_CLOEXEC));
        if (connection == -EINTR)
            continue;
        if (connection < 0)
            return connection;
        char byte = 0;
        if (readByte(connection, byte) == 1 && byte == kStart) {
            context.channel = connection; // what fails from here on is told to `start`
            call(SYS_close, context.startSocket);
            return 0;
        }
        call(SYS_close, connection); // a `start` that died: the next one may come
    }
}

int execute(const Context& context, const Step& step) {
    sys::closeRange(static_cast<unsigned>(step.number), ~0U, CLOSE_RANGE_CLOEXEC);
    return static_cast<int>(call(SYS_execve, context.program, step.list, step.list2));
}

} // namespace escale::child
