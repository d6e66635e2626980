// More processes in a container that runs, and clients attached to it.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/process.h"
#include "engine/base/session_frame.h"
#include "engine/cgroup/cgroup.h"
#include "engine/container/container_options.h"
#include "engine/container/containers_state.h"
#include "engine/container/oci_config.h"
#include "engine/container/option_forms.h"
#include "engine/container/session_socket.h"

#include <algorithm>
#include <fcntl.h>

namespace escale {
namespace {

constexpr const char* kDetachKeys = "ctrl-p,ctrl-q"; // Docker's
constexpr std::size_t kMostExecs = 256;              // of one container

Result<std::string> detachKeysOf(const std::string& given, bool terminal) {
    if (given.empty() && !terminal)
        return std::string();
    return parseDetachKeys(given.empty() ? kDetachKeys : given);
}

Result<void> checkRuns(const Container& container) {
    if (container.state == ContainerState::Running)
        return {};
    if (container.state == ContainerState::Paused)
        return fail(ErrorCode::WrongState, "the container " + container.options.name + " is paused",
                    "Unpause it first.");
    return fail(ErrorCode::WrongState, "the container " + container.options.name + " does not run",
                "Start it first.");
}

void setVariable(std::vector<std::string>& environment, const std::string& variable) {
    const std::string prefix = variable.substr(0, variable.find('=') + 1);
    std::erase_if(environment, [&prefix](const std::string& other) { return other.starts_with(prefix); });
    environment.push_back(variable);
}

Result<Json> environmentOf(const Json& process, const ExecOptions& options) {
    TRY_ASSIGN(auto environment, process.getStrings("env"));
    if (options.terminal)
        setVariable(environment, "TERM=xterm-256color");
    for (const auto& variable : options.environment)
        setVariable(environment, variable);
    return Json::strings(environment);
}

} // namespace

Result<UniqueFd> Containers::State::attach(const Container& container, const SessionOptions& options) {
    TRY_ASSIGN(const auto keys, detachKeysOf(options.detachKeys, container.options.terminal));
    const auto flags = static_cast<std::uint8_t>((options.input ? kSessionInput : 0U) |
                                                 (options.output ? kSessionOutput : 0U));
    auto session = connectNow(container, flags, keys);
    if (!session && options.nextStart && session.error().code == ErrorCode::WrongState)
        session = connectAtStart(container, flags, keys);
    if (session && flags != 0) // one that carries nothing is there for a terminal's size
        emitEvent(container, "attach");
    return session;
}

Result<UniqueFd> Containers::State::connectNow(const Container& container, std::uint8_t flags,
                                               const std::string& keys) {
    if (!exists(attachSocketOf(container.id)))
        return fail(ErrorCode::WrongState, "the container " + container.options.name + " does not run",
                    "Start it first.");
    return connectSession(attachSocketOf(container.id), flags, keys);
}

// Under the lock no start and no removal comes in between.
Result<UniqueFd> Containers::State::connectAtStart(const Container& container, std::uint8_t flags,
                                                   const std::string& keys) {
    const auto slot = slotOf(container.id);
    const std::lock_guard action(slot->action);
    if (const auto there = m_records.byId(container.id); !there) {
        forget(container.id); // the slot was made above
        return fail(there.error());
    }
    auto session = connectNow(container, flags, keys); // it may have been started meanwhile
    if (session || session.error().code != ErrorCode::WrongState)
        return session;
    TRY_ASSIGN(auto ends, makeSession(flags, keys));
    TRY(m_waitingSessions.add(container.owner, container.id, std::move(ends.second)));
    return std::move(ends.first);
}

// The container's own process with what is to be different; config.json is ours, in a folder that is ours.
Result<Json> Containers::State::execProcess(const Container& container, const ExecOptions& options) {
    const std::string bundle = bundleOf(container.id);
    TRY_ASSIGN(const std::string text, readFile(bundle + "/config.json"));
    TRY_ASSIGN(const Json config, Json::parse(text));
    const Json& own = config.at("process");
    Json process = own;
    process.set("args", Json::strings(options.command)).set("terminal", options.terminal);
    TRY_ASSIGN(auto environment, environmentOf(own, options));
    process.set("env", std::move(environment));
    if (!options.workingDirectory.empty())
        process.set("cwd", options.workingDirectory);
    if (options.rows != 0 && options.columns != 0)
        process.set("consoleSize",
                    Json::Object{{"height", unsigned(options.rows)}, {"width", unsigned(options.columns)}});
    if (!options.user.empty()) {
        TRY_ASSIGN(const auto user, resolveUserIn(bundle + "/rootfs", options.user));
        Json groups = Json::Array{Json(user.gid)};
        for (const auto gid : user.additionalGids)
            groups.append(gid);
        process.set("user", Json::Object{{"uid", user.uid},
                                         {"gid", user.gid},
                                         {"umask", 022},
                                         {"additionalGids", std::move(groups)}});
    }
    if (options.privileged) {
        TRY_ASSIGN(const auto names, capabilitiesOf({}, {}, true));
        const Json all = Json::strings(names);
        process.set("capabilities", Json::Object{{"bounding", all}, {"effective", all}, {"permitted", all}})
            .set("noNewPrivileges", false);
    }
    return process;
}

Result<ExecStarted> Containers::State::exec(const Container& container, const ExecOptions& options) {
    TRY(checkRuns(container));
    TRY(checkCommand(options.command));
    TRY(checkEnvironment(options.environment));
    if (options.command.empty())
        return fail(ErrorCode::InvalidArgument, "there is no command to execute", "Name a program.");
    TRY_ASSIGN(const auto keys, detachKeysOf(options.detachKeys, options.terminal));
    TRY_ASSIGN(const Json process, execProcess(container, options));
    ExecStarted started{randomId(), {}};
    const std::string folder = bundleOf(container.id) + "/exec";
    TRY(makeDirectories(folder, 0700));
    const std::string processFile = folder + "/" + started.id + ".json";
    Exec record{container.owner, container.id, folder + "/" + started.id + ".exit", options.command.front()};
    {
        TRY_ASSIGN(const UniqueFd file, openFile(processFile, O_WRONLY | O_CREAT | O_EXCL, 0600));
        TRY(writeAll(file.get(), process.dump(), "the process to execute"));
    }
    {
        const std::lock_guard lock(m_mutex);
        const auto count = std::count_if(m_execs.begin(), m_execs.end(), [&](const auto& entry) {
            return entry.second.container == container.id && !entry.second.exitCode;
        });
        if (static_cast<std::size_t>(count) >= kMostExecs)
            return fail(ErrorCode::InUse, "256 commands are executed in the container already",
                        "Wait until some have ended.");
        m_execs.emplace(started.id, record);
    }
    emitEvent(container, "exec_create: " + record.command, {{"execID", started.id}});
    std::pair<UniqueFd, UniqueFd> session;
    if (!options.detached) {
        const unsigned flags = kSessionOutput | (options.openInput || options.terminal ? kSessionInput : 0U);
        TRY_ASSIGN(session, makeSession(static_cast<std::uint8_t>(flags), keys));
    }
    auto ran = m_runtime.exec({processFile, record.exitFile, container.id, session.second.get(),
                               options.openInput || options.terminal});
    (void)removeTree(processFile); // what was in it may be secret; it goes with the bundle at the latest
    session.second.reset();
    if (ran && !options.detached) {
        if (auto answered = awaitSession(session.first.get()); !answered)
            ran = fail(std::move(answered).error());
    }
    if (!ran) {
        const std::lock_guard lock(m_mutex);
        m_execs.erase(started.id);
        return fail(std::move(ran).error());
    }
    {
        const std::lock_guard lock(m_mutex);
        m_execs[started.id].pid = ran->pid;
    }
    emitEvent(container, "exec_start: " + record.command, {{"execID", started.id}});
    if (auto monitor = openPidFd(ran->monitorPid); monitor)
        TRY(m_watch->add(std::string(kExecKey) + started.id, *std::move(monitor)));
    else
        execEnded(started.id); // it was quick
    started.session = std::move(session.first);
    return started;
}

void Containers::State::execEnded(const std::string& execId) {
    std::optional<Exec> ended;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_execs.find(execId);
        if (found == m_execs.end() || found->second.exitCode)
            return;
        const auto record = readContainerExit(found->second.exitFile);
        found->second.exitCode = record ? record->exitCode : 137;
        ended = found->second;
    }
    if (const auto container = m_records.byId(ended->container))
        emitEvent(*container, "exec_die",
                  {{"execID", execId}, {"exitCode", std::to_string(*ended->exitCode)}});
}

Result<ExecState> Containers::State::inspectExec(uid_t owner, const std::string& execId) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_execs.find(execId);
    if (found == m_execs.end() || found->second.owner != owner)
        return fail(ErrorCode::NotFound, "there is no such exec: " + shortId(execId));
    const Exec& exec = found->second;
    return ExecState{exec.container, !exec.exitCode, exec.exitCode.value_or(0), exec.exitCode ? 0 : exec.pid};
}

Result<std::vector<ContainerProcess>> Containers::State::processes(const Container& container) {
    if (!isAlive(container.state))
        TRY(checkRuns(container));
    TRY_ASSIGN(const auto pids, Cgroup::open(m_cgroups, cgroupPath(container.id)).processes());
    std::uint32_t base = 0;
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(base, m_store.idRangeOf(container.owner));
    }
    return readProcesses(pids, base);
}

// In this order: a process whose number the cgroup lists after its pidfd was opened is the container's, or
// the pidfd is of one that has ended.
Result<RunningContainer> Containers::State::running(Container container) {
    if (!isAlive(container.state))
        TRY(checkRuns(container));
    RunningContainer found;
    found.container = std::move(container);
    addLive(found.container);
    const auto ended = [&found] {
        return fail(ErrorCode::WrongState,
                    "the container " + found.container.options.name + " has just ended", "Start it first.");
    };
    ProcessRecord record;
    {
        const std::lock_guard lock(m_mutex);
        const auto slot = m_slots.find(found.container.id);
        if (slot != m_slots.end())
            record = slot->second->process;
    }
    auto process = openPidFd(record.pid);
    if (record.pid <= 0 || !process)
        return ended();
    found.process = *std::move(process);
    found.container.pid = record.pid;
    if (auto monitor = openMonitor(record)) {
        found.monitor = *std::move(monitor);
        found.monitorPid = record.monitorPid;
    }
    found.cgroups = m_cgroups;
    found.cgroup = cgroupPath(found.container.id);
    TRY_ASSIGN(found.members, Cgroup::open(m_cgroups, found.cgroup).processes());
    if (std::find(found.members.begin(), found.members.end(), record.pid) == found.members.end())
        return ended();
    found.configFile = bundleOf(found.container.id) + "/config.json";
    return found;
}

} // namespace escale
