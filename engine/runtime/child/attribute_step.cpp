// proc_pid_attr(5): what the kernel's security modules are told for the next execve(2).
#include "engine/runtime/child/context.h"

namespace escale::child {

using sys::call;

int openAttribute(Context& context, const Step& step) {
    int fd = sys::openAt2(context.proc, step.path, O_WRONLY, sys::kInProcfs);
    if (fd == -ENOENT)
        fd = sys::openAt2(context.proc, step.text, O_WRONLY, sys::kInProcfs);
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
