// `create`, runtime.md#create: everything up to, not including, the user's program. `run` does the start as
// well, without the socket that another process would start it by.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/lifecycle/found_container.h"
#include "engine/runtime/lifecycle/making_record.h"

#include <array>
#include <string>
#include <sys/types.h>

namespace escale {

struct CreateRequest {
    std::string root; // the runtime's state folder
    std::string id;
    std::string bundle;
    std::string pidFile;                    // empty: none
    std::string configFile = "config.json"; // below the bundle, or absolute
    std::string consoleSocket{};            // gets the master of the container's terminal
    bool foreground = false;                // without a console socket the terminal is given back as `master`
    bool noNewKeyring = false;              // our caller's session keyring stays the container's
    bool systemdCgroup = false;             // linux.cgroupsPath is slice:prefix:name, and systemd makes it
    bool noPivot = false;                   // for a root that pivot_root(2) refuses (an initramfs)
    unsigned preserveFds = 0;               // descriptors 3 and on that the program gets as they are
    std::array<int, 3> stdio{0, 1, 2};      // borrowed
    std::string making{};                   // the file that a record of what is done goes to; empty: none
};

struct CreatedContainer {
    FoundContainer found;
    Cgroup cgroup;
    UniqueFd pidFd;
    UniqueFd master; // of the terminal, when the request was `foreground` and the configuration has one
    std::unique_ptr<MakingRecord> making; // for the caller to write, when nobody waits any more; null: none
};

/// The container's first process is a child of the calling process, which must have one thread only. On an
/// error nothing is left: no process, mount, cgroup or folder.
Result<CreatedContainer> createContainer(const CreateRequest& request);
/// The same, and its program runs; errors as of startContainer() (operations.h), too.
Result<CreatedContainer> runContainer(const CreateRequest& request);

} // namespace escale
