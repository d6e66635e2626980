// proc_pid_attr(5): what the kernel's security modules are told for the next execve(2).
#include "engine/runtime/child/context.h"

#include <linux/magic.h>
#include <sys/statfs.h>

namespace escale::child {

using sys::call;

namespace {

// A file of a procfs, and reached by no link: another one would swallow the label (CVE-2019-16884).
int openOfProc(const char* path) {
    const int fd = sys::openAt2(AT_FDCWD, path, O_WRONLY, RESOLVE_NO_MAGICLINKS);
    if (fd < 0)
        return fd;
    struct statfs system {};
    const long known = call(SYS_fstatfs, fd, &system);
    if (known >= 0 && system.f_type == PROC_SUPER_MAGIC)
        return fd;
    call(SYS_close, fd);
    return known < 0 ? static_cast<int>(known) : -EPERM;
}

} // namespace

int openAttribute(Context& context, const Step& step) {
    int fd = openOfProc(step.path);
    if (fd == -ENOENT)
        fd = openOfProc(step.text);
    if (fd < 0)
        return fd;
    context.attributes[step.slot] = fd;
    return 0;
}

int writeAttribute(const Context& context, const Step& step) {
    long size = 0;
    while (step.text[size] != '\0')
        ++size;
    const int fd = context.attributes[step.slot];
    const long written = call(SYS_write, fd, step.text, size);
    call(SYS_close, fd);
    return written < 0 ? static_cast<int>(written) : 0;
}

} // namespace escale::child
