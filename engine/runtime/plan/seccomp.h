// linux.seccomp (config-linux.md#seccomp) compiled to a BPF program by libseccomp, in the parent.
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/spec/spec.h"

#include <linux/filter.h>
#include <string>
#include <vector>

namespace escale {

struct SeccompFilter {
    std::vector<sock_filter> program;
    unsigned flags = 0; // SECCOMP_FILTER_FLAG_…
};

/// System calls that libseccomp or this machine does not know are left out: they fall to the default action.
Result<SeccompFilter> compileSeccomp(const spec::Seccomp& seccomp);

/// True when an agent is named, or answers some of its calls (SCMP_ACT_NOTIFY). InvalidArgument when such a
/// filter has no listenerPath, or may keep sendmsg(2) from handing it over.
Result<bool> needsListener(const spec::Seccomp& seccomp);

/// What compileSeccomp() knows, in the specification's words.
std::vector<std::string> seccompActions();
std::vector<std::string> seccompOperators();
std::vector<std::string> seccompFlags();
/// Those of them that this kernel takes.
std::vector<std::string> supportedSeccompFlags();

} // namespace escale
