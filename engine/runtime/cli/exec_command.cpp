// `exec`: a command in a container that lives. In the foreground its exit status is ours and signals are
// passed on; with --detach it is left alone once it runs.
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/exec.h"
#include "engine/runtime/lifecycle/foreground.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace escale {
namespace {

Result<std::uint32_t> idOf(std::string_view text, const char* option) {
    std::uint32_t id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc() || end != text.data() + text.size())
        return fail(ErrorCode::InvalidArgument,
                    std::string(option) + ": \"" + std::string(text) + "\" is no id",
                    "Names are an engine's business: give the number");
    return id;
}

Result<void> takeUser(const std::string& user, spec::ProcessChanges& changes) {
    if (user.empty())
        return {};
    const auto colon = user.find(':');
    TRY_ASSIGN(changes.uid, idOf(std::string_view(user).substr(0, colon), "--user"));
    if (colon != std::string::npos) {
        TRY_ASSIGN(changes.gid, idOf(std::string_view(user).substr(colon + 1), "--user"));
    }
    return {};
}

Result<spec::ProcessChanges> changesOf(const Arguments& arguments) {
    spec::ProcessChanges changes;
    changes.args.assign(arguments.operands.begin() + 1, arguments.operands.end());
    changes.env = arguments.options("--env");
    changes.capabilities = arguments.options("--cap");
    changes.terminal = arguments.option("--tty") == "true";
    changes.apparmorProfile = arguments.option("--apparmor");
    changes.selinuxLabel = arguments.option("--process-label");
    changes.noNewPrivileges = arguments.has("--no-new-privs");
    if (const std::string cwd = arguments.option("--cwd"); !cwd.empty())
        changes.cwd = cwd;
    TRY(takeUser(arguments.option("--user"), changes));
    for (const auto& gid : arguments.options("--additional-gids")) {
        TRY_ASSIGN(changes.additionalGids.emplace_back(), idOf(gid, "--additional-gids"));
    }
    return changes;
}

Result<ExecRequest> requestOf(const Arguments& arguments) {
    ExecRequest request;
    request.processFile = arguments.option("--process");
    if (arguments.operands.empty() || (request.processFile.empty() && arguments.operands.size() < 2))
        return fail(ErrorCode::InvalidArgument, "exec takes a container id, and a command or --process FILE");
    if (!arguments.option("--pidfd-socket").empty())
        return fail(ErrorCode::Unsupported, "--pidfd-socket is not supported yet");
    request.root = arguments.root;
    request.id = arguments.operands.front();
    request.pidFile = arguments.option("--pid-file");
    request.subCgroup = arguments.option("--cgroup");
    request.consoleSocket = arguments.option("--console-socket");
    request.ignorePaused = arguments.has("--ignore-paused");
    TRY_ASSIGN(request.changes, changesOf(arguments));
    return request;
}

// The member is a copy of us until it executes: nothing of our caller's environment is the container's
// business.
void wipeEnvironment() {
    for (char** entry = environ; *entry != nullptr; ++entry)
        ::explicit_bzero(*entry, std::strlen(*entry));
}

} // namespace

Result<int> execCommand(const Arguments& arguments) {
    TRY_ASSIGN(auto request, requestOf(arguments));
    TRY_ASSIGN(request.preserveFds, preservedFds(arguments));
    const bool detach = arguments.has("--detach");
    request.foreground = !detach;
    wipeEnvironment();
    std::optional<ForegroundSignals> signals;
    if (!detach)
        signals.emplace();
    TRY_ASSIGN(auto joined, joinContainer(request));
    if (detach) {
        TRY(joined.process.start());
        joined.process.detach();
        return 0;
    }
    TRY(joined.process.start());
    const pid_t pid = joined.process.pid();
    const auto pidFd = joined.process.detach();
    return waitForeground({pid, pidFd.get(), std::move(joined.master)}, *signals);
}

} // namespace escale
