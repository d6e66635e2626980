#include "engine/runtime/lifecycle/hooks.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/making.h"
#include "engine/base/process.h"
#include "engine/base/syscalls.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>

namespace escale {
namespace {

std::string nameOf(const char* point, const spec::Hook& hook) {
    return std::string("the ") + point + " hook " + hook.path;
}

Error timedOut(const char* point, const spec::Hook& hook) {
    return Error{ErrorCode::Timeout,
                 nameOf(point, hook) + " is not done after " + std::to_string(hook.timeoutSeconds) +
                     " s and was killed",
                 "Give it a longer \"timeout\" in config.json",
                 {}};
}

Error hadStatus(const char* point, const spec::Hook& hook, int status, bool bySignal) {
    return Error{ErrorCode::SystemFailure,
                 nameOf(point, hook) + (bySignal ? " was ended by signal " : " failed with exit status ") +
                     std::to_string(status),
                 "Its standard error says why",
                 {}};
}

struct HookSurroundings {
    UniqueFd state;
    UniqueFd output; // unset: ours
    UniqueFd error;
    std::string bundle;
};

// A file in memory, not a pipe: a hook that does not read it keeps nobody waiting.
Result<UniqueFd> stateFile(const Json& state) {
    UniqueFd file(::memfd_create("state", MFD_CLOEXEC));
    if (!file)
        return failErrno("cannot make a memory file for a hook");
    TRY(writeAll(file.get(), state.dump(), "a hook's standard input"));
    if (::lseek(file.get(), 0, SEEK_SET) < 0)
        return failErrno("cannot rewind a hook's standard input");
    return file;
}

Result<UniqueFd> outputFile(const Json& state, const char* annotation) {
    const auto path = state.at("annotations").at(annotation).toString();
    if (path.empty())
        return UniqueFd();
    return openFile(path, O_WRONLY | O_CREAT | O_APPEND, 0700);
}

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts)
        list.push_back(const_cast<char*>(text.c_str())); // NOLINT: execve changes nothing
    list.push_back(nullptr);
    return list;
}

[[noreturn]] void becomeHook(const spec::Hook& hook, const HookSurroundings& surroundings, int told) {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);                 // `run` blocks those that it passes on
    for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGPIPE}) // the monitor ignores them
        ::signal(number, SIG_DFL);
    ::dup2(surroundings.state.get(), 0);
    if (surroundings.output)
        ::dup2(surroundings.output.get(), 1);
    if (surroundings.error)
        ::dup2(surroundings.error.get(), 2);
    sys::closeRange(3, ~0U, CLOSE_RANGE_CLOEXEC);
    const auto arguments = pointersTo(hook.args);
    const auto environment = pointersTo(hook.env.value_or(std::vector<std::string>()));
    if (::chdir(surroundings.bundle.c_str()) == 0)
        ::execve(hook.path.c_str(), arguments.data(), hook.env ? environment.data() : ::environ);
    const int number = errno;
    [[maybe_unused]] const auto written = ::write(told, &number, sizeof number);
    ::_exit(127);
}

// False once the time is over.
bool waitForEnd(int pidFd, int seconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    pollfd ended{pidFd, POLLIN, 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        const int got = ::poll(&ended, 1, seconds == 0 ? -1 : static_cast<int>(std::max<long>(left, 0)));
        if (got >= 0 || errno != EINTR)
            return got != 0;
    }
}

Result<void> runHook(const char* point, const spec::Hook& hook, const HookSurroundings& surroundings) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd refusal(ends[0]); // an errno when execve is refused, its end when the hook runs
    UniqueFd told(ends[1]);
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot start " + nameOf(point, hook));
    if (child == 0)
        becomeHook(hook, surroundings, told.get());
    told.reset();
    int number = 0;
    const bool refused = ::read(refusal.get(), &number, sizeof number) == sizeof number;
    auto pidFd = openPidFd(child);
    const bool inTime = !pidFd || waitForEnd(pidFd->get(), hook.timeoutSeconds);
    if (!inTime)
        ::kill(child, SIGKILL); // our child, not yet reaped: the number is its own
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED) != 0 && errno == EINTR) {
    }
    if (refused)
        return fail(systemError(number, "cannot run " + nameOf(point, hook)));
    if (!inTime)
        return fail(timedOut(point, hook));
    const bool exited = info.si_code == CLD_EXITED;
    if (!exited || info.si_status != 0)
        return fail(hadStatus(point, hook, info.si_status, !exited));
    return {};
}

Result<void> runOne(const char* point, const spec::Hook& hook, const Json& state) {
    HookSurroundings surroundings;
    TRY_ASSIGN(surroundings.state, stateFile(state));
    TRY_ASSIGN(surroundings.output, outputFile(state, "run.oci.hooks.stdout"));
    TRY_ASSIGN(surroundings.error, outputFile(state, "run.oci.hooks.stderr"));
    surroundings.bundle = state.at("bundle").toString();
    return runHook(point, hook, surroundings);
}

} // namespace

Result<void> runHooks(const char* point, const std::vector<spec::Hook>& hooks, const Json& state) {
    for (const auto& hook : hooks) {
        MadeNow step;
        TRY(runOne(point, hook, state));
        step.done("hook-run", {{"path", hook.path}});
    }
    return {};
}

void runPoststop(const spec::Hooks& hooks, const SavedState& state) {
    for (const auto& hook : hooks.poststop) {
        const auto ran = runOne("poststop", hook, stateDocument(state, ContainerStatus::Stopped, 0));
        if (!ran)
            logWarning(ran.error().text());
    }
}

Error hookError(const char* point, const std::vector<spec::Hook>& hooks, const child::Report& report) {
    if (report.step >= hooks.size()) // the report may come from a process that the container could reach
        return Error{ErrorCode::SystemFailure, "the container's process tells an unknown failure", {}, {}};
    const auto& hook = hooks[report.step];
    if (report.number == ETIMEDOUT)
        return timedOut(point, hook);
    if (report.number != 0)
        return systemError(report.number, "cannot run " + nameOf(point, hook));
    const bool bySignal = report.detail > 128;
    return hadStatus(point, hook, static_cast<int>(bySignal ? report.detail - 128 : report.detail), bySignal);
}

} // namespace escale
