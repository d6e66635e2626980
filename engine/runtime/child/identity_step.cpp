#include "engine/runtime/child/context.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>

namespace escale::child {

using sys::call;

int becomeRoot() {
    long result = call(SYS_setgroups, 0, nullptr);
    if (result >= 0)
        result = call(SYS_setresgid, 0, 0, 0);
    if (result >= 0)
        result = call(SYS_setresuid, 0, 0, 0);
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

int loadSeccomp(const Step& step) {
    // The kernel only reads it.
    auto* filter = static_cast<sock_filter*>(const_cast<void*>(step.bytes)); // NOLINT
    const sock_fprog program{static_cast<unsigned short>(step.count), filter};
    return static_cast<int>(call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, step.flags, &program));
}

} // namespace escale::child
