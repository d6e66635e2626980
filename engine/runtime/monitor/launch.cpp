#include "engine/runtime/monitor/launch.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/lifecycle/create.h"
#include "engine/runtime/lifecycle/exec.h"
#include "engine/runtime/monitor/relay.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

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

// The descriptors that pass to the loop, from number 3 on in this order.
constexpr int kFirstFd = 3;
constexpr std::size_t kPassed = 8 + kMostSessions;
constexpr int kAboveThem = 64;
static_assert(kAboveThem >= kFirstFd + static_cast<int>(kPassed));
std::array<UniqueFd*, kPassed> descriptorsOf(RelayRequest& request) {
    std::array<UniqueFd*, kPassed> all{&request.output,  &request.error,    &request.log,
                                       &request.input,   &request.terminal, &request.listener,
                                       &request.session, &request.logFolder};
    for (std::size_t i = 0; i < kMostSessions; ++i)
        all.at(kPassed - kMostSessions + i) = &request.clients.at(i);
    return all;
}

const char* inputWord(const RelayRequest& request) {
    if (request.awaitsClient)
        return "await";
    return request.inputOnce ? "once" : "open";
}

// Executes the program on the disk, not the sealed copy we may be running from: its pages are shared by all
// monitors. Returns only when that is not possible.
void becomeLoop(RelayRequest& request) {
    const auto passed = descriptorsOf(request);
    unsigned present = 0;
    std::array<int, kPassed> sources{};
    for (std::size_t i = 0; i < passed.size(); ++i) {
        sources.at(i) = *passed.at(i) ? ::fcntl(passed.at(i)->get(), F_DUPFD_CLOEXEC, kAboveThem) : -1;
        present |= *passed.at(i) ? 1U << i : 0U;
    }
    for (std::size_t i = 0; i < passed.size(); ++i) {
        if (sources.at(i) >= 0)
            ::dup2(sources.at(i), kFirstFd + static_cast<int>(i));
    }
    const std::string pid = std::to_string(request.pid);
    const std::string mask = std::to_string(present);
    const std::string size = std::to_string(request.logLimits.maxSize);
    const std::string count = std::to_string(request.logLimits.maxFile);
    const std::array<const char*, 12> arguments{"escale-runtime",
                                                kMonitorLoopCommand,
                                                pid.c_str(),
                                                mask.c_str(),
                                                request.cgroupPath.c_str(),
                                                request.exitFile.c_str(),
                                                request.logName.c_str(),
                                                size.c_str(),
                                                count.c_str(),
                                                request.logLimits.compress ? "gz" : "plain",
                                                inputWord(request),
                                                nullptr};
    const char* origin = std::getenv("ESCALE_RUNTIME_ORIGIN");
    std::array<char*, 1> environment{nullptr};
    // execve takes its strings as non-const for historical reasons and does not change them.
    auto* const* values = const_cast<char* const*>(arguments.data()); // NOLINT
    if (origin != nullptr)
        ::execve(origin, values, environment.data());
    ::execve("/proc/self/exe", values, environment.data());
}

// Where sessions connect. The folder is the engine's alone; it is named by a descriptor, since a socket's
// path has room for 107 bytes only.
Result<UniqueFd> listenAt(const std::string& path) {
    if (path.empty())
        return UniqueFd();
    const auto slash = path.rfind('/');
    TRY_ASSIGN(const UniqueFd folder, openFile(path.substr(0, slash + 1), O_PATH | O_DIRECTORY));
    const std::string shortPath = "/proc/self/fd/" + std::to_string(folder.get()) + path.substr(slash);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (shortPath.size() >= sizeof address.sun_path)
        return fail(ErrorCode::InvalidArgument, "the name of the socket for sessions is too long: " + path);
    std::copy(shortPath.begin(), shortPath.end(), address.sun_path);
    ::unlink(path.c_str());
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket.get(), 16) != 0)
        return failErrno("cannot listen for sessions at " + path);
    return socket;
}

// The ends of standard input, output and error: the program's, and ours in `relay`.
struct StandardFiles {
    UniqueFd input, output, error;
    [[nodiscard]] std::array<int, 3> numbers() const { return {input.get(), output.get(), error.get()}; }
};

Result<StandardFiles> makeStandardFiles(bool withInput, bool withOutput, RelayRequest& relay) {
    StandardFiles files;
    if (withInput) {
        TRY_ASSIGN(auto pipe, makePipe());
        files.input = std::move(pipe.reading);
        relay.input = std::move(pipe.writing);
    } else {
        TRY_ASSIGN(files.input, openFile("/dev/null", O_RDONLY));
    }
    if (!withOutput) {
        TRY_ASSIGN(files.output, openFile("/dev/null", O_WRONLY));
        TRY_ASSIGN(files.error, openFile("/dev/null", O_WRONLY));
        return files;
    }
    TRY_ASSIGN(auto output, makePipe());
    TRY_ASSIGN(auto error, makePipe());
    files.output = std::move(output.writing);
    files.error = std::move(error.writing);
    relay.output = std::move(output.reading);
    relay.error = std::move(error.reading);
    return files;
}

// The program's end of it alone is left open: who reads it sees the end of its last process.
Result<void> passOutput(int output, StandardFiles& files) {
    files.output.reset(output);
    files.error.reset(::fcntl(output, F_DUPFD_CLOEXEC, 3));
    if (!files.error || ::fcntl(output, F_SETFD, FD_CLOEXEC) != 0)
        return failErrno("cannot pass the output on");
    return {};
}

// With a terminal the pipes have no other end: they go.
void takeTerminal(RelayRequest& relay, UniqueFd master) {
    if (!master)
        return;
    relay.terminal = std::move(master);
    relay.input.reset();
    relay.output.reset();
    relay.error.reset();
}

// They came through our own exec; they end with us.
void takeClients(unsigned count, RelayRequest& relay) {
    for (unsigned i = 0; i < count; ++i) {
        const int fd = kFirstFd + static_cast<int>(i);
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        relay.clients.at(i).reset(fd);
    }
}

struct Monitored {
    RelayRequest relay;
    std::unique_ptr<MakingRecord> making; // null: none
};

Result<Monitored> createMonitored(const MonitorRequest& request, UniqueFd log) {
    RelayRequest relay;
    relay.log = std::move(log);
    relay.exitFile = request.exitFile;
    relay.inputOnce = request.inputOnce;
    relay.awaitsClient = request.awaitsClient;
    takeClients(request.sessions, relay);
    if (relay.log && request.logLimits.maxSize != 0) {
        const auto slash = request.logPath.rfind('/');
        relay.logName = request.logPath.substr(slash + 1);
        relay.logLimits = request.logLimits;
        if (relay.logName.size() >= LogFiles::kLongestName)
            return fail(ErrorCode::InvalidArgument, "the name of the log is too long: " + relay.logName);
        TRY_ASSIGN(relay.logFolder, openFile(request.logPath.substr(0, slash + 1), O_RDONLY | O_DIRECTORY));
    }
    TRY_ASSIGN(relay.listener, listenAt(request.attachSocket));
    CreateRequest create{request.root, request.id, request.bundle};
    create.making = request.making;
    create.foreground = true; // the terminal's master, when there is one, is ours
    TRY_ASSIGN(auto files, makeStandardFiles(request.openInput, request.output < 0, relay));
    if (request.output >= 0)
        TRY(passOutput(request.output, files));
    create.stdio = files.numbers();
    TRY_ASSIGN(auto created, createContainer(create));
    takeTerminal(relay, std::move(created.master));
    relay.pid = created.found.state.pid;
    relay.cgroupPath = created.found.state.cgroupPath;
    return Monitored{std::move(relay), std::move(created.making)};
}

Result<Monitored> joinMonitored(const ExecMonitorRequest& request) {
    RelayRequest relay;
    relay.exitFile = request.exitFile;
    relay.session.reset(request.session);
    if (relay.session)
        ::fcntl(relay.session.get(), F_SETFD, FD_CLOEXEC); // it came through our own exec; it ends with us
    const bool isDetached = request.session < 0;
    TRY_ASSIGN(const auto files, makeStandardFiles(request.openInput && !isDetached, !isDetached, relay));
    ExecRequest exec;
    exec.root = request.root;
    exec.id = request.id;
    exec.processFile = request.processFile;
    exec.foreground = true;
    exec.stdio = files.numbers();
    TRY_ASSIGN(auto joined, joinContainer(exec));
    TRY(joined.process.start());
    takeTerminal(relay, std::move(joined.master));
    relay.pid = joined.process.pid();
    joined.process.detach();
    return Monitored{std::move(relay), nullptr};
}

// `make` runs in the background process, which stays: a child of it is the program.
template <class Make>
[[noreturn]] void runInBackground(const Make& make, Pipe answer) {
    answer.reading.reset();
    leaveCaller();
    Result<Monitored> made = make();
    Json message;
    if (made)
        message.set("pid", made->relay.pid).set("monitorPid", static_cast<std::int64_t>(::getpid()));
    else
        message = errorToJson(made.error());
    const auto told = writeAll(answer.writing.get(), message.dump(), "the answer");
    answer.writing.reset();
    if (!made)
        ::_exit(1);
    if (!told)
        logWarning(told.error().text()); // the caller has died: the container lives on all the same
    if (made->making)
        made->making->write();
    letGoOfStandardFiles();
    becomeLoop(made->relay);
    const auto ended = relay(std::move(made->relay));
    ::_exit(ended ? 0 : 1);
}

template <class Make>
Result<MonitoredContainer> launch(const std::string& id, const Make& make) {
    TRY_ASSIGN(auto answer, makePipe());
    const pid_t child = ::fork();
    if (child < 0)
        return failErrno("cannot start the monitor");
    if (child == 0)
        runInBackground(make, std::move(answer));
    answer.writing.reset();
    TRY_ASSIGN(const std::string text, readFd(answer.reading.get()));
    const auto message = Json::parse(text);
    if (!message)
        return fail(ErrorCode::SystemFailure, "the monitor of \"" + id + "\" died at its beginning");
    if (message->contains("pid"))
        return MonitoredContainer{static_cast<int>(message->at("pid").toInteger()),
                                  static_cast<int>(message->at("monitorPid").toInteger())};
    ::waitpid(child, nullptr, 0); // it has cleaned up when it has ended
    return fail(errorFromJson(*message));
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
    UniqueFd log;
    if (!request.logPath.empty()) {
        TRY_ASSIGN(log, openLog(request.logPath));
    }
    return launch(request.id, [&] { return createMonitored(request, std::move(log)); });
}

Result<MonitoredContainer> launchExecMonitor(const ExecMonitorRequest& request) {
    return launch(request.id, [&] { return joinMonitored(request); });
}

int monitorLoop(int count, char** values) {
    if (count != 11)
        return 2;
    leaveCaller(); // ignored signals are kept over exec; the name and the subreaper are set again
    RelayRequest request;
    const auto passed = descriptorsOf(request);
    sys::closeRange(kFirstFd + static_cast<unsigned>(passed.size()), ~0U, 0);
    const auto present = std::strtoul(values[3], nullptr, 10);
    for (std::size_t i = 0; i < passed.size(); ++i) {
        const int fd = kFirstFd + static_cast<int>(i);
        if ((present >> i & 1U) == 0)
            continue;
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        passed.at(i)->reset(fd);
    }
    request.pid = static_cast<pid_t>(std::strtol(values[2], nullptr, 10));
    request.cgroupPath = values[4];
    request.exitFile = values[5];
    request.logName = values[6];
    request.logLimits = {std::strtoull(values[7], nullptr, 10),
                         static_cast<unsigned>(std::strtoul(values[8], nullptr, 10)),
                         std::string_view(values[9]) == "gz"};
    request.awaitsClient = std::string_view(values[10]) == "await";
    request.inputOnce = request.awaitsClient || std::string_view(values[10]) == "once";
    const auto ended = relay(std::move(request));
    return ended ? 0 : 1;
}

} // namespace escale
