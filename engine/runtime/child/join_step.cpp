#include "engine/runtime/child/context.h"

#include <csignal>

namespace escale::child {

using sys::call;

// One call for all of them: the kernel checks the whole set and enters it at once, so that there is no moment
// in which we are half in, and no order that fits one container and not another. For the pid namespace it
// only says where our children are born.
int joinNamespaces(Context& context, const Step& step) {
    const long result = call(SYS_setns, step.fd, step.flags);
    if (result < 0)
        return static_cast<int>(result);
    context.root = sys::openAt2(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
    return context.root < 0 ? context.root : 0;
}

// The member is our parent's child, not ours. clone(2), not clone3: the container's filter may be loaded
// already, and profiles know the older call.
int becomeMember(const Context& context) {
    const long pid = call(SYS_clone, CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid < 0)
        return static_cast<int>(pid);
    if (pid == 0)
        return 0;
    const Report member{ReportKind::Member, 0, 0, static_cast<std::uint32_t>(pid)};
    call(SYS_write, context.channel, &member, sizeof member);
    for (;;)
        call(SYS_exit_group, 0);
}

} // namespace escale::child
