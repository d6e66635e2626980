// The mounts that a process sees, proc_pid_mountinfo(5), and which of them others hide.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

struct MountFacts {
    std::uint32_t id = 0, parent = 0;
    std::string root;         // what of its file system is shown
    std::string target;       // as the process sees it
    std::string type, source; // "overlay", "proc"; what mount(2) was told
    std::string options;      // of the mount: "rw,nosuid"
    std::string superOptions; // of the file system
    std::string propagation;  // "shared:12 master:3"; empty: private
    bool isHidden = false;    // nobody reaches it any more by its path
    std::uint32_t hiddenBy = 0; // the mount that lies over it
};

/// In the kernel's order. Untrusted: paths are a container's; malformed lines are an error. At most 10,000.
Result<std::vector<MountFacts>> parseMountInfo(std::string_view text);
/// Fills in isHidden and hiddenBy: a later mount on the same path, or on a folder above it that came later.
void markHidden(std::vector<MountFacts>& mounts);
/// Both, of /proc/PID/mountinfo.
Result<std::vector<MountFacts>> readMounts(pid_t pid);

} // namespace escale
