#include "engine/runtime/lifecycle/foreground.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/lifecycle/terminal.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale {
namespace {

int exitStatusOf(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

class Foreground {
public:
    Foreground(ForegroundProcess& process, const ForegroundSignals& signals)
        : m_process(process)
        , m_signals(::signalfd(-1, &signals.set(), SFD_CLOEXEC | SFD_NONBLOCK)) {}
    Result<int> run();

private:
    void handleSignals();
    void reap();
    void copySize() const;
    void readInput();
    void writeInput();
    Result<bool> copyOutput(); // false: nothing is there now

    ForegroundProcess& m_process;
    UniqueFd m_signals;
    std::optional<int> m_status;
    bool m_inputOpen = true;
    bool m_hungUp = false;
    std::array<char, 4096> m_input{}; // read from stdin, not yet taken by the pty
    std::size_t m_inputBegin = 0, m_inputEnd = 0;
};

void Foreground::copySize() const {
    winsize size{};
    if (m_process.master && ::ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
        ::ioctl(m_process.master.get(), TIOCSWINSZ, &size);
}

void Foreground::reap() {
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid == m_process.pid)
            m_status = exitStatusOf(status);
    }
}

void Foreground::handleSignals() {
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
        const int number = static_cast<int>(info.ssi_signo);
        if (number == SIGCHLD)
            reap();
        else if (number == SIGWINCH && m_process.master)
            copySize();
        else
            sys::pidfdSendSignal(m_process.pidFd, number); // gone already: its end is told next
    }
}

void Foreground::readInput() {
    const auto got = ::read(STDIN_FILENO, m_input.data(), m_input.size());
    if (got > 0) {
        m_inputBegin = 0;
        m_inputEnd = static_cast<std::size_t>(got);
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        m_inputOpen = false;
    }
}

void Foreground::writeInput() {
    const auto put =
        ::write(m_process.master.get(), m_input.data() + m_inputBegin, m_inputEnd - m_inputBegin);
    if (put > 0)
        m_inputBegin += static_cast<std::size_t>(put);
    else if (errno != EINTR && errno != EAGAIN)
        m_inputBegin = m_inputEnd; // nobody will ever read it
}

Result<bool> Foreground::copyOutput() {
    std::array<char, 4096> bytes;
    const auto got = ::read(m_process.master.get(), bytes.data(), bytes.size());
    if (got > 0) {
        TRY(writeAll(STDOUT_FILENO, {bytes.data(), static_cast<std::size_t>(got)}, "standard output"));
        return true;
    }
    return false;
}

Result<int> Foreground::run() {
    if (!m_signals)
        return failErrno("cannot watch for signals");
    const std::optional<RawMode> raw =
        m_process.master ? std::optional<RawMode>(std::in_place, STDIN_FILENO) : std::nullopt;
    reap();
    while (!m_status) {
        const bool pending = m_inputBegin != m_inputEnd;
        std::array<pollfd, 3> watched{
            {{m_signals.get(), POLLIN, 0},
             {m_process.master && !m_hungUp ? m_process.master.get() : -1,
              short(POLLIN | (pending ? POLLOUT : 0)), 0},
             {m_process.master && m_inputOpen && !pending ? STDIN_FILENO : -1, POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for the container");
        if (watched[0].revents != 0)
            handleSignals();
        if ((watched[1].revents & POLLOUT) != 0)
            writeInput();
        if ((watched[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            TRY_ASSIGN(const bool copied, copyOutput());
            // Nobody has the slave open any more, which poll tells again and again. The master stays open:
            // its end would hang up the session.
            m_hungUp = !copied && (watched[1].revents & POLLHUP) != 0;
        }
        if (watched[2].revents != 0)
            readInput();
    }
    for (bool more = m_process.master.get() >= 0; more;) {
        TRY_ASSIGN(more, copyOutput());
    }
    return *m_status;
}

} // namespace

ForegroundSignals::ForegroundSignals() {
    ::sigfillset(&m_set);
    // Ours to die of, or of no use to anybody else.
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGPIPE, SIGTTIN,
                             SIGTTOU, SIGTSTP, SIGURG})
        ::sigdelset(&m_set, number);
    ::sigprocmask(SIG_BLOCK, &m_set, nullptr);
}

Result<int> waitForeground(ForegroundProcess process, const ForegroundSignals& signals) {
    return Foreground(process, signals).run();
}

} // namespace escale
