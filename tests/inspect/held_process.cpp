#include "tests/inspect/held_process.h"

#include "engine/base/file.h"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace escale::test {
namespace {

Result<std::pair<UniqueFd, UniqueFd>> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    return std::pair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<void> awaitWord(int pipe, const std::string& what) {
    std::string text;
    std::array<char, 64> bytes{};
    while (text.find("ready") == std::string::npos) {
        const ssize_t got = ::read(pipe, bytes.data(), bytes.size());
        if (got <= 0)
            return fail(ErrorCode::WrongState, what + " ended before it was ready: " + text);
        text.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return {};
}

pid_t deepestBelow(pid_t pid) {
    for (;;) {
        const std::string number = std::to_string(pid);
        const auto children = readFile("/proc/" + number + "/task/" + number + "/children");
        if (!children || children->empty())
            return pid;
        pid = static_cast<pid_t>(std::strtol(children->c_str(), nullptr, 10));
    }
}

} // namespace

Result<HeldProcess> HeldProcess::start(std::vector<std::string> command) {
    TRY_ASSIGN(auto pipe, makePipe());
    TRY_ASSIGN(auto input, makePipe());
    HeldProcess held;
    const std::string what = command[0];
    TRY_ASSIGN(auto program, Subprocess::start({.arguments = std::move(command),
                                                .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"},
                                                .fds = {{input.first.get(), 0}, {pipe.second.get(), 1}}}));
    pipe.second.reset();
    held.m_input = std::move(input.second);
    TRY(awaitWord(pipe.first.get(), what));
    held.m_pid = deepestBelow(program.pid());
    held.m_program.push_back(std::move(program));
    return held;
}

Result<HeldProcess> HeldProcess::copy(const std::function<bool()>& prepare,
                                      const std::function<void()>& task) {
    TRY_ASSIGN(auto pipe, makePipe());
    HeldProcess held;
    held.m_copy = ::fork();
    if (held.m_copy == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!prepare() || ::write(pipe.second.get(), "ready", 5) != 5)
            ::_exit(1);
        if (task)
            task();
        for (;;)
            ::pause();
    }
    if (held.m_copy < 0)
        return failErrno("cannot fork");
    pipe.second.reset();
    TRY(awaitWord(pipe.first.get(), "the copy"));
    held.m_pid = deepestBelow(held.m_copy);
    return held;
}

HeldProcess::HeldProcess(HeldProcess&& other) noexcept
    : m_program(std::move(other.m_program))
    , m_input(std::move(other.m_input))
    , m_copy(std::exchange(other.m_copy, -1))
    , m_pid(std::exchange(other.m_pid, -1)) {}

HeldProcess::~HeldProcess() {
    end();
}

void HeldProcess::end() {
    // What has forked may be gone before its child is: that one first.
    if (m_pid > 0)
        ::kill(m_pid, SIGKILL);
    m_program.clear();
    if (m_copy > 0) {
        ::kill(m_copy, SIGKILL);
        ::waitpid(m_copy, nullptr, 0);
    }
    m_copy = m_pid = -1;
}

std::string told(const std::vector<std::string>& command) {
    auto text = runProgram(command);
    if (!text)
        return text.error().text();
    while (!text->empty() && text->back() == '\n')
        text->pop_back();
    return *text;
}

std::string toldInside(pid_t pid, const std::vector<std::string>& spaces,
                       const std::vector<std::string>& command) {
    std::vector<std::string> words{"/usr/bin/nsenter", "-t", std::to_string(pid)};
    words.insert(words.end(), spaces.begin(), spaces.end());
    words.insert(words.end(), command.begin(), command.end());
    return told(words);
}

std::uint64_t namespaceByLink(pid_t pid, const std::string& type) {
    const std::string link = told({"/bin/readlink", "/proc/" + std::to_string(pid) + "/ns/" + type});
    const auto number = link.find('[');
    return number == std::string::npos ? 0 : std::strtoull(link.c_str() + number + 1, nullptr, 10);
}

std::uint64_t namespaceByList(pid_t pid, const std::string& type, const std::string& column) {
    const std::string table = told({"/usr/bin/lsns", "--noheadings", "--raw", "--task", std::to_string(pid),
                                    "--output", "TYPE," + column});
    std::istringstream lines(table);
    std::uint64_t value = 0;
    for (std::string word; lines >> word >> value;) {
        if (word == type)
            return value;
    }
    return 0;
}

} // namespace escale::test
