#include "engine/runtime/monitor/relay.h"

#include "engine/cgroup/cgroup.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/monitor/exit_record.h"
#include "engine/runtime/monitor/log_writer.h"
#include "engine/runtime/monitor/program_pages.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

namespace escale {
namespace {

constexpr std::int64_t kDrainMilliseconds = 2000;

std::int64_t nowMilliseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The log's buffers live in the program's zeroed memory: only what is used ever costs memory.
class Relay {
public:
    Relay(RelayRequest& request, LogWriter& log)
        : m_request(request)
        , m_log(log) {}
    Result<int> run(); // the wait status

private:
    void readStream(UniqueFd& pipe, LogStream stream);
    void reap();
    [[nodiscard]] int timeLeft() const;

    RelayRequest& m_request;
    LogWriter& m_log;
    UniqueFd m_signals;
    std::optional<int> m_status;
    std::int64_t m_deadline = 0;
};

void Relay::readStream(UniqueFd& pipe, LogStream stream) {
    static std::array<char, 64 * 1024> bytes; // a pipe's capacity
    const auto got = ::read(pipe.get(), bytes.data(), bytes.size());
    if (got > 0)
        m_log.write(stream, {bytes.data(), static_cast<std::size_t>(got)});
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        pipe.reset();
}

void Relay::reap() {
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) > 0) {
    }
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid == m_request.pid) {
            m_status = status;
            m_deadline = nowMilliseconds() + kDrainMilliseconds;
        }
    }
}

int Relay::timeLeft() const {
    if (!m_status)
        return -1;
    const auto left = m_deadline - nowMilliseconds();
    return left > 0 ? static_cast<int>(left) : 0;
}

Result<int> Relay::run() {
    sigset_t child{};
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &child, nullptr);
    m_signals.reset(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return failErrno("cannot watch for the container's end");
    reap(); // it may have ended before we watched
    releaseProgramPages();
    while (!m_status || m_request.output || m_request.error) {
        std::array<pollfd, 3> watched{{{m_request.output.get(), POLLIN, 0},
                                       {m_request.error.get(), POLLIN, 0},
                                       {m_signals.get(), POLLIN, 0}}};
        if (m_status && timeLeft() == 0)
            break;
        if (::poll(watched.data(), watched.size(), timeLeft()) < 0 && errno != EINTR)
            return failErrno("cannot wait for the container's output");
        if (watched[2].revents != 0)
            reap();
        if (watched[0].revents != 0)
            readStream(m_request.output, LogStream::Output);
        if (watched[1].revents != 0)
            readStream(m_request.error, LogStream::Error);
    }
    m_log.finish();
    return *m_status;
}

bool wasOomKilled(const std::string& cgroupPath) {
    const auto layout = CgroupLayout::detect();
    if (!layout)
        return false;
    return Cgroup::open(*layout, cgroupPath).oomKills().value_or(0) > 0;
}

} // namespace

Result<void> relay(RelayRequest request) {
    // Static, not on the heap or the stack: see Relay.
    static LogWriter log{UniqueFd()};
    log.reopen(std::move(request.log));
    TRY_ASSIGN(const int status, Relay(request, log).run());
    ExitRecord record;
    record.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    record.code = record.signal != 0 ? 128 + record.signal : WEXITSTATUS(status);
    record.oomKilled = wasOomKilled(request.cgroupPath);
    record.finishedAt = rfc3339Now();
    return writeExitRecord(request.exitFile, record);
}

} // namespace escale
