#include "engine/runtime/lifecycle/user_entry.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/cgroup/layout.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace escale {
namespace {

using sys::call;

struct Answer {
    std::int32_t error = 0;
    std::int32_t pid = 0;
};

struct Helper {
    UniqueFd pidFd;
    Helper() = default;
    Helper(const Helper&) = delete;
    Helper& operator=(const Helper&) = delete;
    ~Helper() {
        if (!pidFd)
            return;
        sys::pidfdSendSignal(pidFd.get(), SIGKILL);
        siginfo_t info{};
        while (::waitid(P_PIDFD, static_cast<id_t>(pidFd.get()), &info, WEXITED) != 0 && errno == EINTR) {
        }
    }
};

long setns(int file, int flag) {
    return file < 0 ? 0 : call(SYS_setns, file, flag);
}

// Between clone and exec: plain system calls only. The pid namespace first: who is in it may be seen from it,
// but we are not yet, and its owner is the user namespace or one above.
[[noreturn]] void enterAndClone(const UserEntry& entry, const child::Walk& walk, int answerTo) {
    Answer answer;
    long result = setns(entry.pidNamespace, CLONE_NEWPID);
    if (result >= 0)
        result = setns(entry.userNamespace, CLONE_NEWUSER);
    if (result >= 0) {
        clone_args arguments{};
        arguments.flags = entry.flags | CLONE_PARENT;
        result = sys::clone3(arguments);
        if (result == 0) {
            call(SYS_close, answerTo);
            call(SYS_close, entry.parentEnd); // so that our end tells when the runtime dies
            child::walk(walk);
        }
    }
    answer.error = result < 0 ? static_cast<std::int32_t>(-result) : 0;
    answer.pid = result < 0 ? 0 : static_cast<std::int32_t>(result);
    call(SYS_write, answerTo, &answer, sizeof answer);
    for (;;)
        call(SYS_exit_group, 0);
}

Result<Answer> receiveAnswer(int pipe) {
    Answer answer;
    ssize_t got = -1;
    do {
        got = ::read(pipe, &answer, sizeof answer);
    } while (got < 0 && errno == EINTR);
    if (got == sizeof answer)
        return answer;
    return fail(ErrorCode::SystemFailure, "the process that enters the user namespace was killed");
}

// One that does nothing in the namespace but being looked at.
[[noreturn]] void stand(int userNamespace, int answerTo) {
    call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    Answer answer;
    answer.error = static_cast<std::int32_t>(-setns(userNamespace, CLONE_NEWUSER));
    call(SYS_write, answerTo, &answer, sizeof answer);
    for (;;)
        call(SYS_pause);
}

Result<std::vector<spec::IdMapping>> readMap(const std::string& file) {
    TRY_ASSIGN(const std::string text, readFile(file));
    std::vector<std::uint32_t> numbers;
    for (const auto& word : splitWords(text, " \n\t")) {
        std::uint32_t value = 0;
        std::from_chars(word.data(), word.data() + word.size(), value);
        numbers.push_back(value);
    }
    std::vector<spec::IdMapping> mappings;
    for (std::size_t i = 0; i + 2 < numbers.size(); i += 3)
        mappings.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
    return mappings;
}

Result<std::array<UniqueFd, 2>> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    return std::array<UniqueFd, 2>{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

} // namespace

Result<EnteredProcess> cloneInto(const UserEntry& entry, const child::Walk& walk) {
    // Neither memory nor descriptors of what we clone may be read by who has CAP_SYS_PTRACE in that
    // namespace.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot hide the container's first process from its neighbours");
    TRY_ASSIGN(auto pipe, makePipe());
    int pidFd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    arguments.exit_signal = SIGCHLD;
    if (entry.cgroup >= 0) { // with our rights; its child inherits the place
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = static_cast<std::uint64_t>(entry.cgroup);
    }
    const int pid = sys::clone3(arguments);
    if (pid == 0)
        enterAndClone(entry, walk, pipe[1].get());
    if (pid < 0)
        return fail(systemError(-pid, "cannot start a process that enters the user namespace"));
    Helper helper;
    helper.pidFd.reset(pidFd);
    pipe[1].reset();
    TRY_ASSIGN(const Answer answer, receiveAnswer(pipe[0].get()));
    if (answer.error != 0)
        return fail(
            systemError(answer.error, "cannot start the container's first process in the user namespace"));
    EnteredProcess entered{answer.pid, UniqueFd(sys::pidfdOpen(answer.pid))};
    if (!entered.pidFd)
        return fail(ErrorCode::SystemFailure, "the container's first process has ended at once");
    return entered;
}

Result<void> readMappings(int userNamespace, spec::Spec& spec) {
    // As in cloneInto(): what stands in that namespace has our descriptors, and our user on the host.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failErrno("cannot hide the process that looks at the user namespace");
    TRY_ASSIGN(auto pipe, makePipe());
    int pidFd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    arguments.exit_signal = SIGCHLD;
    const int pid = sys::clone3(arguments);
    if (pid == 0)
        stand(userNamespace, pipe[1].get());
    if (pid < 0)
        return fail(systemError(-pid, "cannot start a process to look at the user namespace"));
    Helper helper;
    helper.pidFd.reset(pidFd);
    pipe[1].reset();
    TRY_ASSIGN(const Answer answer, receiveAnswer(pipe[0].get()));
    if (answer.error != 0)
        return fail(systemError(answer.error, "cannot enter the user namespace")
                        .withHint("Nobody can enter the one that he is in"));
    return readMappingsOf(pid, spec);
}

Result<void> readMappingsOf(pid_t pid, spec::Spec& spec) {
    const std::string proc = "/proc/" + std::to_string(pid);
    TRY_ASSIGN(spec.uidMappings, readMap(proc + "/uid_map"));
    TRY_ASSIGN(spec.gidMappings, readMap(proc + "/gid_map"));
    return {};
}

} // namespace escale
