// A process on its own: the "process" of config.json, and what `exec` is given.
#pragma once

#include "engine/base/json.h"
#include "engine/runtime/spec/spec.h"

namespace escale::spec {

/// Reads the object (config.md#process). Nothing is validated yet: see validateProcess and validateUser.
/// Errors: InvalidArgument (which member is wrong), Unsupported.
Result<Process> parseProcess(const Json& json);
/// The same from a file that holds the object alone (`exec --process FILE`). User, capabilities and
/// environment are those of the container's own process where the file is silent. NotFound when there is no
/// such file.
Result<Process> loadProcess(const std::string& file, const Process& container);

/// What `exec` changes of the container's own process, when it is given by options.
struct ProcessChanges {
    std::vector<std::string> args; // replace
    std::vector<std::string> env;  // NAME=value; each replaces one of that name
    std::optional<std::string> cwd;
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
    std::vector<std::uint32_t> additionalGids;
    std::vector<std::string> capabilities; // "CAP_…", come on top
    std::string apparmorProfile;           // empty: the container's own
    std::string selinuxLabel;
    bool noNewPrivileges = false; // whatever the container's own has, as in crun: the caller says it
    bool terminal = false;        // whatever the container's own has
};
/// InvalidArgument for a capability that there is not.
Result<Process> changed(Process container, const ProcessChanges& changes);

/// What a process must be whatever container it runs in: arguments, environment, working directory, limits.
Result<void> validateProcess(const Process& process);
/// Its user and groups exist in the container's user namespace.
Result<void> validateUser(const Process& process, const Spec& spec);

} // namespace escale::spec
