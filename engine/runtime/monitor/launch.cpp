#include "engine/runtime/monitor/launch.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/lifecycle/create.h"
#include "engine/runtime/monitor/relay.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale {
namespace {

struct Pipe {
    UniqueFd reading;
    UniqueFd writing;
};

Result<Pipe> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<UniqueFd> openLog(const std::string& path) {
    TRY_ASSIGN(auto log, openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0644));
    if (::fchmod(log.get(), 0644) != 0) // whatever our umask is
        return failErrno("cannot set the mode of " + path);
    return log;
}

// Not the terminal's, not the helper's: a session of our own, no signal that ends its caller ends us.
void leaveCaller() {
    ::setsid();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGPIPE})
        ::signal(number, SIG_IGN);
    ::prctl(PR_SET_NAME, "escale-monitor", 0, 0, 0);
}

// Standard input, output and error of ours: held open they would keep our caller's pipes from ending.
void letGoOfStandardFiles() {
    const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(null.get(), fd);
    if (::chdir("/") != 0)
        return; // we stay where we are: only a mount there could not be removed
}

// Executes the program on the disk, not the sealed copy we may be running from: its pages are shared by all
// monitors. Returns only when that is not possible.
void becomeLoop(const RelayRequest& request) {
    const std::array<int, 3> sources{::fcntl(request.output.get(), F_DUPFD_CLOEXEC, 10),
                                     ::fcntl(request.error.get(), F_DUPFD_CLOEXEC, 10),
                                     ::fcntl(request.log.get(), F_DUPFD_CLOEXEC, 10)};
    for (int i = 0; i < 3; ++i)
        ::dup2(sources.at(static_cast<std::size_t>(i)), 3 + i);
    const std::string pid = std::to_string(request.pid);
    const std::array<const char*, 7> arguments{
        "escale-runtime",           kMonitorLoopCommand,      pid.c_str(),
        request.cgroupPath.c_str(), request.exitFile.c_str(), nullptr};
    const char* origin = std::getenv("ESCALE_RUNTIME_ORIGIN");
    std::array<char*, 1> environment{nullptr};
    // execve takes its strings as non-const for historical reasons and does not change them.
    auto* const* values = const_cast<char* const*>(arguments.data()); // NOLINT
    if (origin != nullptr)
        ::execve(origin, values, environment.data());
    ::execve("/proc/self/exe", values, environment.data());
}

Result<RelayRequest> createMonitored(const MonitorRequest& request, UniqueFd log) {
    TRY_ASSIGN(auto output, makePipe());
    TRY_ASSIGN(auto error, makePipe());
    TRY_ASSIGN(const auto null, openFile("/dev/null", O_RDONLY));
    CreateRequest create{request.root, request.id, request.bundle};
    create.stdio = {null.get(), output.writing.get(), error.writing.get()};
    TRY_ASSIGN(auto created, createContainer(create));
    return RelayRequest{std::move(output.reading), std::move(error.reading),       std::move(log),
                        created.found.state.pid,   created.found.state.cgroupPath, request.exitFile};
}

[[noreturn]] void runInBackground(const MonitorRequest& request, UniqueFd log, Pipe answer) {
    answer.reading.reset();
    leaveCaller();
    auto created = createMonitored(request, std::move(log));
    Json message;
    if (created)
        message.set("pid", created->pid).set("monitorPid", static_cast<std::int64_t>(::getpid()));
    else
        message = errorToJson(created.error());
    const auto told = writeAll(answer.writing.get(), message.dump(), "the answer");
    answer.writing.reset();
    if (!created)
        ::_exit(1);
    if (!told)
        logWarning(told.error().text()); // the caller has died: the container lives on all the same
    letGoOfStandardFiles();
    becomeLoop(*created);
    const auto ended = relay(std::move(*created));
    ::_exit(ended ? 0 : 1);
}

} // namespace

Json errorToJson(const Error& error) {
    Json json;
    json.set("level", "error")
        .set("code", errorName(error.code))
        .set("msg", error.message)
        .set("hint", error.hint);
    if (!error.causes.empty())
        json.set("causes", Json::strings(error.causes));
    return json;
}

Error errorFromJson(const Json& json) {
    Error error{errorCodeFromString(json.at("code").toString()),
                json.at("msg").toString(),
                json.at("hint").toString(),
                {}};
    for (const auto& cause : json.at("causes").items())
        error.causes.push_back(cause.toString());
    return error;
}

Result<MonitoredContainer> launchMonitor(const MonitorRequest& request) {
    TRY_ASSIGN(auto log, openLog(request.logPath));
    TRY_ASSIGN(auto answer, makePipe());
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot start the monitor");
    if (child == 0)
        runInBackground(request, std::move(log), std::move(answer));
    answer.writing.reset();
    TRY_ASSIGN(const std::string text, readFd(answer.reading.get()));
    const auto message = Json::parse(text);
    if (!message)
        return fail(ErrorCode::SystemFailure,
                    "the monitor of \"" + request.id + "\" died while creating the container");
    if (message->contains("pid"))
        return MonitoredContainer{static_cast<int>(message->at("pid").toInteger()),
                                  static_cast<int>(message->at("monitorPid").toInteger())};
    ::waitpid(child, nullptr, 0); // it has cleaned up when it has ended
    return fail(errorFromJson(*message));
}

int monitorLoop(int count, char** values) {
    if (count != 5)
        return 2;
    leaveCaller(); // ignored signals are kept over exec; the name and the subreaper are set again
    sys::closeRange(6, ~0U, 0);
    for (const int fd : {3, 4, 5})
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    RelayRequest request;
    request.output.reset(3);
    request.error.reset(4);
    request.log.reset(5);
    request.pid = static_cast<pid_t>(std::strtol(values[2], nullptr, 10));
    request.cgroupPath = values[3];
    request.exitFile = values[4];
    const auto ended = relay(std::move(request));
    return ended ? 0 : 1;
}

} // namespace escale
