#include "engine/base/subprocess.h"

#include "engine/base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale {
namespace {

/// Of the programs we run, once ours is another.
std::optional<rlimit> programsDescriptors;

struct ChildPlan {
    const char* const* arguments;
    const char* const* environment;
    const std::pair<int, int>* fds; // sources are above every target, so no dup2 overwrites one still needed
    std::size_t fdCount;
    const char* workingDirectory;
    bool newSession;
    int failure = 0;            // errno of the step that failed, seen by the parent: the memory is shared
    const char* step = nullptr; // and what that step was
};

// Runs in the vfork'ed child: only system calls, memory shared with the parent, which waits.
int execChild(void* argument) {
    auto& plan = *static_cast<ChildPlan*>(argument);
    sigset_t none;
    sigemptyset(&none);
    struct sigaction byDefault {};
    byDefault.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal)
        ::sigaction(signal, &byDefault, nullptr);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const auto during = [&plan](const char* step, bool good) {
        plan.step = good ? plan.step : step;
        return good;
    };
    if (programsDescriptors)
        (void)::setrlimit(RLIMIT_NOFILE, &*programsDescriptors);
    bool good = during("setsid", !plan.newSession || ::setsid() >= 0);
    good = good && during("change to the working directory",
                          plan.workingDirectory == nullptr || ::chdir(plan.workingDirectory) == 0);
    // Everything is marked first, the wanted ones are then made anew: dup2(2)'s copies have no mark.
    good = good && during("close_range", ::syscall(SYS_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC) == 0);
    for (std::size_t i = 0; good && i < plan.fdCount; ++i)
        good = during("dup2", ::dup2(plan.fds[i].first, plan.fds[i].second) >= 0);
    if (good) {
        ::execve(plan.arguments[0], const_cast<char* const*>(plan.arguments),
                 const_cast<char* const*>(plan.environment));
        plan.step = nullptr; // the program itself: the parent names it
        // cppcheck-suppress missingReturn; _exit(2) does not return
    }
    plan.failure = errno;
    ::_exit(127);
}

std::vector<const char*> pointers(const std::vector<std::string>& strings) {
    std::vector<const char*> list;
    list.reserve(strings.size() + 1);
    for (const auto& text : strings)
        list.push_back(text.c_str());
    list.push_back(nullptr);
    return list;
}

ExitStatus fromInfo(const siginfo_t& info) {
    if (info.si_code == CLD_EXITED)
        return {info.si_status, 0};
    return {128 + info.si_status, info.si_status};
}

} // namespace

Result<Subprocess> Subprocess::start(const Options& options) {
    if (options.arguments.empty())
        return fail(ErrorCode::InvalidArgument, "no program to start");
    // Move the sources above every target number first.
    auto wanted = options.fds;
    const auto has = [&wanted](int number) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [number](const auto& pair) { return pair.second == number; });
    };
    TRY_ASSIGN(const UniqueFd null, openFile("/dev/null", O_RDWR));
    for (const int number : {0, 1}) {
        if (!has(number))
            wanted.emplace_back(null.get(), number);
    }
    if (!has(2))
        wanted.emplace_back(2, 2);
    int above = 3;
    for (const auto& [ours, theirs] : wanted)
        above = std::max(above, theirs + 1);
    std::vector<UniqueFd> high;
    for (auto& [ours, theirs] : wanted) {
        high.emplace_back(::fcntl(ours, F_DUPFD_CLOEXEC, above));
        if (!high.back())
            return failErrno("cannot duplicate a descriptor for " + options.arguments.at(0));
        ours = high.back().get();
    }

    const auto arguments = pointers(options.arguments);
    const auto environment = pointers(options.environment);
    ChildPlan plan{arguments.data(),
                   environment.data(),
                   wanted.data(),
                   wanted.size(),
                   options.workingDirectory.empty() ? nullptr : options.workingDirectory.c_str(),
                   options.newSession};

    constexpr std::size_t kStack = 64 * 1024;
    void* stack =
        ::mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED)
        return failErrno("cannot map a stack");
    // No signal handler of ours may run in the child while it shares our memory.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    int pidFd = -1;
    const pid_t pid = ::clone(execChild, static_cast<char*>(stack) + kStack,
                              CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan, &pidFd);
    const int cloneError = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::munmap(stack, kStack);
    if (pid < 0)
        return fail(systemError(cloneError, "cannot start " + options.arguments.at(0)));
    Subprocess child(pid, UniqueFd(pidFd));
    if (plan.failure != 0)
        return fail(
            systemError(plan.failure, "cannot start " + options.arguments.at(0) +
                                          (plan.step != nullptr ? std::string(": ") + plan.step : "")));
    return child;
}

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept {
    if (this != &other) {
        endNow();
        m_pid = std::exchange(other.m_pid, -1);
        m_pidFd = std::move(other.m_pidFd);
    }
    return *this;
}

Subprocess::~Subprocess() {
    endNow();
}

void Subprocess::endNow() {
    if (!m_pidFd)
        return;
    (void)signal(SIGKILL);
    (void)wait();
}

Result<ExitStatus> Subprocess::wait() {
    siginfo_t info{};
    while (::waitid(P_PIDFD, static_cast<id_t>(m_pidFd.get()), &info, WEXITED) != 0) {
        if (errno != EINTR)
            return failErrno("cannot wait for process " + std::to_string(m_pid));
    }
    m_pidFd.reset();
    return fromInfo(info);
}

Result<ExitStatus> Subprocess::waitFor(std::chrono::milliseconds time) {
    pollfd ready{m_pidFd.get(), POLLIN, 0};
    int count = 0;
    do {
        count = ::poll(&ready, 1, static_cast<int>(time.count()));
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return fail(ErrorCode::Timeout, "process " + std::to_string(m_pid) + " has not ended in time");
    return wait();
}

Result<void> Subprocess::signal(int number) const {
    if (::syscall(SYS_pidfd_send_signal, m_pidFd.get(), number, nullptr, 0) != 0)
        return failErrno("cannot signal process " + std::to_string(m_pid));
    return {};
}

Result<void> allowManyDescriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return failErrno("cannot read the limit of open files");
    const rlimit before = limit;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return failErrno("cannot raise the limit of open files");
    programsDescriptors = before;
    return {};
}

Result<std::string> runProgram(std::vector<std::string> arguments) {
    if (arguments.empty())
        return fail(ErrorCode::InvalidArgument, "no program to run");
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd readEnd(out[0]);
    UniqueFd writeEnd(out[1]);
    // Standard error goes to a memory file, so that neither stream can block the other.
    const UniqueFd errors(::memfd_create("stderr", MFD_CLOEXEC));
    const std::string name = arguments.at(0);
    TRY_ASSIGN(auto child,
               Subprocess::start({.arguments = std::move(arguments),
                                  .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"},
                                  .fds = {{writeEnd.get(), 1}, {errors.get(), 2}},
                                  .workingDirectory = {}}));
    writeEnd.reset();
    TRY_ASSIGN(std::string output, readFd(readEnd.get()));
    TRY_ASSIGN(const ExitStatus status, child.wait());
    if (!status.success()) {
        ::lseek(errors.get(), 0, SEEK_SET);
        const auto text = readFd(errors.get());
        return fail(ErrorCode::SystemFailure, name + " failed with status " + std::to_string(status.code) +
                                                  ": " + (text ? *text : text.error().message));
    }
    return output;
}

} // namespace escale
