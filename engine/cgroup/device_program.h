// Device rules on cgroup v2: an eBPF program that the kernel runs at each open and mknod of a device
// (cgroup-v2.rst, "Device controller"; BPF_PROG_TYPE_CGROUP_DEVICE). Assembled here, loaded by bpf(2).
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/limits.h"

#include <linux/bpf.h>
#include <string>
#include <vector>

namespace escale {

/// Each of the asked-for accesses is decided by the last rule that speaks of it, as v1's list does; an access
/// that no rule speaks of is refused. Pure.
std::vector<bpf_insn> deviceProgram(const std::vector<CgroupDeviceRule>& rules);
/// Makes them the rules of the cgroup in the folder of the v2 hierarchy, in one step in place of those that
/// were attached here before; another's programs (systemd's) stay, and a device then needs the leave of all.
/// Unsupported when the kernel has no such programs.
Result<void> attachDeviceRules(const std::string& directory, const std::vector<CgroupDeviceRule>& rules);

} // namespace escale
