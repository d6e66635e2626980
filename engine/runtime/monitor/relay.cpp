#include "engine/runtime/monitor/relay.h"

#include "engine/cgroup/cgroup.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/monitor/backlog.h"
#include "engine/runtime/monitor/container_input.h"
#include "engine/runtime/monitor/exit_record.h"
#include "engine/runtime/monitor/farewell.h"
#include "engine/runtime/monitor/log_writer.h"
#include "engine/runtime/monitor/program_pages.h"
#include "engine/runtime/monitor/session.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace escale {
namespace {

constexpr std::int64_t kDrainMilliseconds = 2000;
constexpr std::int64_t kLongestStall = 10'000; // of a session, milliseconds
constexpr std::size_t kLeastRoom = 4096;       // below it nothing is read from the container

constexpr std::int64_t kBusyMicroseconds = 1000; // between two reads, at most
constexpr std::size_t kSmallPiece = 48 * 1024;
constexpr int kWidePipe = 256 * 1024;
constexpr timespec kGathering{0, 200'000};

std::int64_t nowMicroseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
}
std::int64_t nowMilliseconds() {
    return nowMicroseconds() / 1000;
}

// What is large lies in the program's zeroed memory: only what is used ever costs memory.
struct Buffers {
    LogWriter log{UniqueFd()};
    ContainerInput input;
    Sessions sessions;
    Backlog backlog;
};

class Relay {
public:
    Relay(RelayRequest& request, Buffers& buffers)
        : m_request(request)
        , m_log(buffers.log)
        , m_input(buffers.input)
        , m_sessions(buffers.sessions)
        , m_backlog(buffers.backlog) {}
    Result<int> run(); // the wait status

private:
    // What poll(2) is asked, in this order; the sessions come behind.
    enum Watched : std::size_t { Signals, Output, Error, Listener, Input, FirstSession };
    using Polled = std::array<pollfd, FirstSession + kMostSessions>;

    void begin();
    [[nodiscard]] Polled watch(bool readsContainer) const;
    void handle(const Polled& polled);
    void gather(int pipe, std::size_t got);
    void readStream(UniqueFd& stream, LogStream name, bool hungUp);
    void reap();
    void accept();
    [[nodiscard]] std::size_t room() const;
    void dropStalled();
    void findOnly();
    void loseSession();
    /// A pipe's other end, however slow: who gives an exec or a container its only input. Its output waits,
    /// as it would in a shell's pipeline.
    [[nodiscard]] bool isWaitedFor(const Session& session) const {
        return m_hasOnly && (m_isExec || !m_hasTerminal) && &session == &m_sessions.at(m_only);
    }
    /// How long it may take nothing, in milliseconds; none: for ever.
    [[nodiscard]] std::optional<std::int64_t> patienceWith(const Session& session) const {
        if (m_status)
            return m_request.patience;
        return isWaitedFor(session) ? std::nullopt : std::optional(kLongestStall);
    }
    [[nodiscard]] bool isOpen() const { return m_request.output || m_request.error; }
    [[nodiscard]] int timeLeft() const;

    RelayRequest& m_request;
    LogWriter& m_log;
    ContainerInput& m_input;
    Sessions& m_sessions;
    Backlog& m_backlog; // what is read after the end
    UniqueFd m_signals;
    std::optional<int> m_status;
    bool m_hasTerminal = false;
    bool m_terminalIsIdle = false; // nobody inside has it open, which poll tells again and again
    bool m_logs = false;
    bool m_isExec = false;
    bool m_awaitsClient = false; // nothing is read before it comes
    bool m_awaitsOnly = false;   // the next is m_only
    bool m_hasOnly = false;      // a session whose end is that of the input
    std::size_t m_only = 0;      // which
    std::int64_t m_deadline = 0;
    std::int64_t m_now = 0;
    std::int64_t m_lastRead = 0; // microseconds
    bool m_isWide = false;       // the pipe that is written to most
};

void Relay::begin() {
    m_logs = bool(m_request.log);
    if (m_logs)
        m_log.reopen(std::move(m_request.log));
    if (m_logs && m_request.logFolder)
        m_log.files().open(std::move(m_request.logFolder), m_request.logName.c_str(), m_request.logLimits);
    m_hasTerminal = bool(m_request.terminal);
    if (m_hasTerminal) { // one stream both ways
        m_request.output = std::move(m_request.terminal);
        ::fcntl(m_request.output.get(), F_SETFL, O_RDWR | O_NONBLOCK);
        m_input.openTerminal(m_request.output.get());
    } else if (m_request.input) {
        m_input.openPipe(std::move(m_request.input));
    }
    m_awaitsClient = m_request.awaitsClient;
    // A terminal that nobody waited for does not hang up with whoever looks first.
    m_awaitsOnly = m_awaitsClient || (m_request.inputOnce && !m_hasTerminal);
    m_isExec = bool(m_request.session);
    m_hasOnly = m_isExec;
    if (m_isExec)
        m_sessions[0].begin(std::move(m_request.session));
    for (std::size_t i = 0; i < kMostSessions; ++i) {
        if (m_request.clients.at(i))
            m_sessions.at(i).beginGreeted(std::move(m_request.clients.at(i)), m_input, nowMilliseconds());
    }
    findOnly();
}

std::size_t Relay::room() const {
    if (m_status)
        return m_backlog.room();
    std::size_t least = kLongestPayload;
    for (const auto& session : m_sessions) {
        if (session.takesOutput())
            least = std::min(least, session.room());
    }
    return least;
}

// A program that writes small pieces as fast as it can would have us woken for each, which costs more than
// all the rest. A pause, too short for anybody to see, lets them gather.
void Relay::gather(int pipe, std::size_t got) {
    const auto now = nowMicroseconds();
    const bool isBusy = now - m_lastRead < kBusyMicroseconds;
    m_lastRead = now;
    if (!isBusy || got > kSmallPiece || m_hasTerminal)
        return;
    if (!m_isWide)
        ::fcntl(pipe, F_SETPIPE_SZ, kWidePipe); // refused, it stays as it is: slower, nothing else
    m_isWide = true;
    ::nanosleep(&kGathering, nullptr);
}

void Relay::readStream(UniqueFd& stream, LogStream name, bool hungUp) {
    static std::array<char, kLongestPayload> bytes; // a pipe's capacity
    const std::size_t most = std::min(bytes.size(), room());
    if (most == 0) // the other stream has just taken it; nothing read would look like the end
        return;
    const auto got = ::read(stream.get(), bytes.data(), most);
    if (got > 0) {
        const std::string_view text(bytes.data(), static_cast<std::size_t>(got));
        if (m_logs)
            m_log.write(name, text);
        const auto type = name == LogStream::Error ? FrameType::Error : FrameType::Output;
        if (m_status) {
            m_backlog.add(type, text);
            return m_backlog.pass(m_sessions, m_now);
        }
        for (auto& session : m_sessions) {
            if (session.takesOutput())
                session.put(type, text, m_now);
        }
        return gather(stream.get(), text.size());
    }
    if (got < 0 && (errno == EINTR || (errno == EAGAIN && !hungUp)))
        return;
    // A terminal may be opened again, until its program has ended.
    if (m_hasTerminal && !m_status)
        m_terminalIsIdle = true;
    else
        stream.reset();
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
        } else if (m_logs) {
            m_log.files().childEnded(pid, status);
        }
    }
    m_terminalIsIdle = false; // whoever comes next may have it open
}

void Relay::accept() {
    UniqueFd socket(::accept4(m_request.listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket)
        return;
    for (std::size_t i = 0; i < m_sessions.size(); ++i) {
        if (m_sessions.at(i).isOpen() || (m_hasOnly && i == m_only)) // whose end is to be seen first
            continue;
        m_backlog.begin(i);
        return m_sessions.at(i).begin(std::move(socket));
    }
    // Closed without an answer: the engine says that there are too many.
}

// The first client, whose end is that of the input. The container's output may wait for it in terminal or
// pipes.
void Relay::findOnly() {
    for (std::size_t i = 0; i < m_sessions.size() && m_awaitsOnly; ++i) {
        if (m_awaitsClient ? m_sessions.at(i).takesOutput() : m_sessions.at(i).givesInput()) {
            m_only = i;
            m_hasOnly = true;
            m_awaitsOnly = m_awaitsClient = false;
        }
    }
}

// The only client of an exec has gone: its terminal hangs up, its input ends. One that detached by the keys
// leaves it alone.
void Relay::loseSession() {
    m_isExec = m_hasOnly = false;
    if (m_sessions.at(m_only).wasDetached())
        return;
    m_input.close();
    if (m_hasTerminal)
        m_request.output.reset();
}

void Relay::dropStalled() {
    for (auto& session : m_sessions) {
        const auto patience = patienceWith(session);
        if (patience && session.stalledFor(m_now) > *patience)
            session.close();
    }
    if (m_hasOnly && !m_status && !m_sessions.at(m_only).isOpen())
        loseSession();
}

int Relay::timeLeft() const {
    std::int64_t left = m_status ? std::max<std::int64_t>(m_deadline - m_now, 0) : INT64_MAX;
    for (const auto& session : m_sessions) {
        if (const auto patience = patienceWith(session); patience && session.isWaiting())
            left = std::min(left, std::max<std::int64_t>(*patience + 1 - session.stalledFor(m_now), 0));
    }
    return left == INT64_MAX ? -1 : static_cast<int>(left);
}

Relay::Polled Relay::watch(bool readsContainer) const {
    Polled polled{};
    polled.fill({-1, 0, 0});
    polled[Signals] = {m_signals.get(), POLLIN, 0};
    if (readsContainer && !m_terminalIsIdle)
        polled[Output] = {m_request.output.get(), POLLIN, 0};
    if (readsContainer)
        polled[Error] = {m_request.error.get(), POLLIN, 0};
    polled[Listener] = {m_request.listener.get(), POLLIN, 0};
    polled[Input] = {m_input.waitingFd(), POLLOUT, 0};
    for (std::size_t i = 0; i < kMostSessions; ++i) {
        const Session& session = m_sessions[i];
        const int events = (m_input.accepts() ? POLLIN : 0) | (session.isWaiting() ? POLLOUT : 0);
        // Asked for nothing it would still tell of its end, over and over.
        if (session.isOpen() && events != 0)
            polled[FirstSession + i] = {session.fd(), static_cast<short>(events), 0};
    }
    return polled;
}

void Relay::handle(const Polled& polled) {
    const auto ready = [&polled](std::size_t i) { return polled[i].revents != 0; };
    const auto hungUp = [&polled](std::size_t i) { return (polled[i].revents & (POLLHUP | POLLERR)) != 0; };
    if (ready(Signals))
        reap();
    if (ready(Input))
        m_input.write();
    for (std::size_t i = 0; i < kMostSessions; ++i) {
        Session& session = m_sessions[i];
        if (!ready(FirstSession + i))
            continue;
        if ((polled[FirstSession + i].revents & POLLOUT) != 0)
            session.flush(m_now);
        if (session.isOpen() && m_input.accepts() && (polled[FirstSession + i].revents & ~POLLOUT) != 0)
            session.receive(m_input, m_now);
    }
    if (m_status)
        m_backlog.pass(m_sessions, m_now);
    if (ready(Output))
        readStream(m_request.output, LogStream::Output, hungUp(Output));
    if (ready(Error))
        readStream(m_request.error, LogStream::Error, hungUp(Error));
    if (ready(Listener))
        accept();
}

Result<int> Relay::run() {
    sigset_t child{};
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &child, nullptr);
    m_signals.reset(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return failErrno("cannot watch for the container's end");
    begin();
    reap(); // it may have ended before we watched
    releaseProgramPages();
    while (!m_status || isOpen()) {
        m_now = nowMilliseconds();
        const Polled asked = watch(room() >= kLeastRoom && (!m_awaitsClient || m_status));
        if (m_status && m_now >= m_deadline)
            break;
        Polled polled = asked;
        if (::poll(polled.data(), polled.size(), timeLeft()) < 0) {
            if (errno != EINTR)
                return failErrno("cannot wait for the container's output");
            continue;
        }
        m_now = nowMilliseconds();
        handle(polled);
        findOnly();
        dropStalled();
        if (m_status && m_hasTerminal && asked[Output].fd >= 0 && polled[Output].revents == 0 &&
            room() >= kLeastRoom)
            break; // what was written is read: others that have it open have no say
    }
    if (m_logs) {
        m_log.finish();
        m_log.files().close();
    }
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
    static Buffers buffers;
    Relay relay(request, buffers);
    TRY_ASSIGN(const int status, relay.run());
    ExitRecord record;
    record.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    record.code = record.signal != 0 ? 128 + record.signal : WEXITSTATUS(status);
    record.oomKilled = !request.cgroupPath.empty() && wasOomKilled(request.cgroupPath);
    record.finishedAt = rfc3339Now();
    auto written = writeExitRecord(request.exitFile, record);
    buffers.input.close();
    sayGoodbye({buffers.sessions, buffers.backlog, buffers.input, request.patience}, record.code);
    return written;
}

} // namespace escale
