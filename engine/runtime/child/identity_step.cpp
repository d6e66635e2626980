#include "engine/runtime/child/context.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sys/socket.h>

namespace escale::child {

using sys::call;

int becomeRoot(const Step& step) {
    long result = call(SYS_setgroups, 0, nullptr);
    if (result >= 0)
        result = call(SYS_setresgid, step.gid, step.gid, step.gid);
    if (result >= 0)
        result = call(SYS_setresuid, step.uid, step.uid, step.uid);
    return static_cast<int>(result);
}

int dropBounding(const Step& step) {
    for (unsigned capability = 0; capability < 64; ++capability) {
        if ((step.number >> capability & 1) != 0)
            continue;
        const long result = call(SYS_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0);
        if (result == -EINVAL)
            break; // past this kernel's last one
        if (result < 0)
            return static_cast<int>(result);
    }
    // The permitted set must outlive the change of user; exec clears this again.
    return static_cast<int>(call(SYS_prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0));
}

int setIdentity(const Step& step) {
    long result = call(SYS_setgroups, step.count, step.list32);
    if (result >= 0)
        result = call(SYS_setresgid, step.gid, step.gid, step.gid);
    if (result >= 0)
        result = call(SYS_setresuid, step.uid, step.uid, step.uid);
    return static_cast<int>(result);
}

int setCapabilities(const Step& step) {
    const auto& sets = step.capabilities;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct words[2];
    for (unsigned i = 0; i < 2; ++i) {
        words[i].effective = static_cast<std::uint32_t>(sets.effective >> (32 * i));
        words[i].permitted = static_cast<std::uint32_t>(sets.permitted >> (32 * i));
        words[i].inheritable = static_cast<std::uint32_t>(sets.inheritable >> (32 * i));
    }
    long result = call(SYS_capset, &header, words);
    if (result >= 0)
        result = call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (unsigned capability = 0; capability < 64 && result >= 0; ++capability) {
        if ((sets.ambient >> capability & 1) != 0)
            result = call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
    }
    return static_cast<int>(result);
}

namespace {

// One message: the filter lets sendmsg(2) pass (plan/seccomp.h).
int sendListener(const Context& context, const Step& step, int descriptor) {
    writePid(step.buffer + step.number, context.hostPid);
    writePid(step.buffer + step.mode, context.hostPid);
    iovec part{step.buffer, 0};
    while (step.buffer[part.iov_len] != '\0')
        ++part.iov_len;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor)];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* passed = CMSG_FIRSTHDR(&message);
    passed->cmsg_level = SOL_SOCKET;
    passed->cmsg_type = SCM_RIGHTS;
    passed->cmsg_len = CMSG_LEN(sizeof descriptor);
    *reinterpret_cast<int*>(CMSG_DATA(passed)) = descriptor;
    const long sent = call(SYS_sendmsg, context.listener, &message, MSG_NOSIGNAL);
    call(SYS_close, descriptor);
    call(SYS_close, context.listener);
    if (sent < 0)
        return static_cast<int>(sent);
    return static_cast<std::size_t>(sent) == part.iov_len ? 0 : -EMSGSIZE;
}

} // namespace

int loadSeccomp(const Context& context, const Step& step) {
    // The kernel only reads it.
    auto* filter = static_cast<sock_filter*>(const_cast<void*>(step.bytes)); // NOLINT
    const sock_fprog program{static_cast<unsigned short>(step.count), filter};
    const long result = call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, step.flags, &program);
    const bool listens = (step.flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
    return result >= 0 && listens ? sendListener(context, step, static_cast<int>(result))
                                  : static_cast<int>(result);
}

} // namespace escale::child
