// What must hold for a process, in config.json or given to `exec`, as a list of small pure checks.
#include "engine/runtime/spec/parse_process.h"

#include <algorithm>
#include <sched.h>
#include <set>

namespace escale::spec {
namespace {

tl::unexpected<Error> bad(const std::string& message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, message, std::move(hint));
}

// A zero byte would cut the string short in the kernel, after we have looked at all of it.
Result<void> checkZeroBytes(const Process& process) {
    const auto holds = [](const std::string& text) { return text.find('\0') != std::string::npos; };
    if (std::any_of(process.args.begin(), process.args.end(), holds) ||
        std::any_of(process.env.begin(), process.env.end(), holds) || holds(process.cwd))
        return bad("process: a string holds a zero byte");
    return {};
}

Result<void> checkArguments(const Process& process) {
    if (process.args.empty() || process.args.front().empty())
        return bad("process.args is empty: there is nothing to run", "Name a command");
    return {};
}

Result<void> checkEnvironment(const Process& process) {
    for (const auto& entry : process.env) {
        const auto equals = entry.find('=');
        if (equals == 0 || equals == std::string::npos) // the value may be a secret: it is not shown
            return bad("process.env holds an entry without NAME=value");
    }
    return {};
}

Result<void> checkCwd(const Process& process) {
    return process.cwd.starts_with('/') ? Result<void>()
                                        : bad("process.cwd \"" + process.cwd + "\" is not absolute");
}

Result<void> checkRlimits(const Process& process) {
    std::set<int> seen;
    for (const auto& limit : process.rlimits) {
        if (!seen.insert(limit.resource).second)
            return bad("process.rlimits names a resource twice");
        if (limit.soft > limit.hard)
            return bad("process.rlimits: a soft limit is above its hard limit");
    }
    return {};
}

Result<void> checkUmask(const Process& process) {
    return process.umask.value_or(0) > 0777 ? bad("process.user.umask is above 0777") : Result<void>();
}

} // namespace

Result<void> validateProcess(const Process& process) {
    for (const auto check :
         {checkArguments, checkZeroBytes, checkEnvironment, checkCwd, checkRlimits, checkUmask})
        TRY(check(process));
    return {};
}

Result<void> validateUser(const Process& process, const Spec& spec) {
    // Of a user namespace that is joined nothing is known before it is looked at.
    const bool unknown = spec.findNamespace(CLONE_NEWUSER) != nullptr &&
                         !spec.makesNamespace(CLONE_NEWUSER) && spec.uidMappings.empty();
    if (unknown || spec.findNamespace(CLONE_NEWUSER) == nullptr)
        return {};
    if (!spec.hostUid(process.uid) || !spec.hostGid(process.gid))
        return bad("process.user " + std::to_string(process.uid) + ":" + std::to_string(process.gid) +
                       " is not mapped in the user namespace",
                   "Choose a user inside the mapped range");
    for (const auto gid : process.additionalGids) {
        if (!spec.hostGid(gid))
            return bad("the additional group " + std::to_string(gid) +
                       " is not mapped in the user namespace");
    }
    return {};
}

} // namespace escale::spec
