#include "tests/runtime/traced_runtime.h"

#include "engine/base/file.h"

#include <QString>
#include <QStringList>

#include <csignal>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale::test {
namespace {

// proc_pid_status(5): one number a pid namespace.
bool isInAnotherPidNamespace(pid_t pid) {
    const auto status = readFile("/proc/" + std::to_string(pid) + "/status").value_or("");
    const auto line = QString::fromStdString(status.substr(status.find("\nNSpid:") + 1)).section('\n', 0, 0);
    return line.split('\t').size() > 2;
}

} // namespace

TracedRuntime::TracedRuntime(const Bundle& bundle, const std::vector<std::string>& arguments,
                             const std::string& program) {
    std::vector<std::string> words{program, "--root", bundle.path() + "/state"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> list;
    for (auto& word : words)
        list.push_back(word.data());
    list.push_back(nullptr);
    const std::string output = bundle.path() + "/traced";
    m_pid = ::fork();
    if (m_pid == 0) {
        const int fd = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(fd, 1);
        ::dup2(fd, 2);
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::execv(list[0], list.data());
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(m_pid, &status, __WALL); // stopped by its exec
    constexpr long kOptions = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                              PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    ::ptrace(PTRACE_SETOPTIONS, m_pid, nullptr, kOptions);
    m_held = m_pid;
}

bool TracedRuntime::next(pid_t& stopped) {
    for (;;) {
        int status = 0;
        stopped = ::waitpid(-1, &status, __WALL);
        if (stopped < 0)
            return false;
        if (WIFSTOPPED(status)) {
            // What is a signal goes on as one; ptrace's own stops and a child's first one do not.
            const int signal = WSTOPSIG(status);
            m_executed = status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8);
            const bool isOwn = signal == SIGTRAP || signal == SIGSTOP;
            if (isOwn)
                return true;
            ::ptrace(PTRACE_CONT, stopped, nullptr, signal);
        } else if (stopped == m_pid) {
            m_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
            m_pid = -1;
            return false;
        }
    }
}

bool TracedRuntime::runUntilSeenInTheContainer() {
    ::ptrace(PTRACE_CONT, m_held, nullptr, nullptr);
    while (next(m_held)) {
        if (isInAnotherPidNamespace(m_held))
            return true;
        ::ptrace(PTRACE_CONT, m_held, nullptr, nullptr);
    }
    m_held = -1;
    return false;
}

bool TracedRuntime::runUntilExecuted() {
    const pid_t member = m_held;
    ::ptrace(PTRACE_CONT, m_held, nullptr, nullptr);
    while (next(m_held)) {
        if (m_held == member && m_executed)
            return true;
        ::ptrace(PTRACE_CONT, m_held, nullptr, nullptr);
    }
    m_held = -1;
    return false;
}

int TracedRuntime::finish() {
    if (m_held > 0)
        ::ptrace(PTRACE_CONT, m_held, nullptr, nullptr);
    m_held = -1;
    for (pid_t stopped = -1; m_pid > 0 && next(stopped);)
        ::ptrace(PTRACE_CONT, stopped, nullptr, nullptr);
    return m_status;
}

TracedRuntime::~TracedRuntime() {
    if (m_pid > 0)
        ::kill(m_pid, SIGKILL);
    finish();
}

} // namespace escale::test
