// What a container's seccomp filter says to each system call, seccomp(2): the very program that the kernel
// was given is run here, over all values of the arguments at once.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <linux/filter.h>
#include <span>
#include <string>
#include <vector>

namespace escale {

enum class Verdict : std::uint8_t {
    Allowed,
    Depends, // on its arguments
    Refused, // with `number` as errno
    Killed,  // the thread or the process, or a signal
    Asked,   // an agent decides
};

struct SyscallVerdict {
    std::string name; // of this machine's architecture
    std::uint32_t number = 0;
    Verdict verdict = Verdict::Allowed;
    int error = 0; // errno, of Refused; of Depends the one that the worst arguments get
};

/// By name, those that libseccomp knows. A filter that asks the same argument twice may be said to depend on
/// it where it does not; that something depends is never missed. InvalidArgument: no seccomp program.
Result<std::vector<SyscallVerdict>> syscallVerdicts(std::span<const sock_filter> program);
/// Of the config.json that the container was made of; all are Allowed when it has no filter.
Result<std::vector<SyscallVerdict>> verdictsOfConfig(const std::string& config);

} // namespace escale
