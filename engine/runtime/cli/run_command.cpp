// `run`: create, start, wait, delete in one, in the foreground; signals are passed on to the container.
#include "engine/base/log.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/create.h"
#include "engine/runtime/lifecycle/operations.h"

#include <csignal>
#include <initializer_list>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace escale {
namespace {

sigset_t watchedSignals() {
    sigset_t set{};
    ::sigemptyset(&set);
    for (const int number : {SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2})
        ::sigaddset(&set, number);
    return set;
}

int waitForEnd(const CreatedContainer& container, const sigset_t& watched) {
    for (;;) {
        int status = 0;
        for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
            if (pid == container.pid)
                return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
        const int number = ::sigwaitinfo(&watched, nullptr);
        if (number > 0 && number != SIGCHLD)
            sys::pidfdSendSignal(container.pidFd.get(), number);
    }
}

} // namespace

Result<int> runCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const auto watched = watchedSignals();
    ::sigprocmask(SIG_BLOCK, &watched, nullptr); // the child clears its own mask
    TRY_ASSIGN(const auto container, createContainer({arguments.root,
                                                      id,
                                                      arguments.option("--bundle", "."),
                                                      arguments.option("--pid-file"),
                                                      {0, 1, 2},
                                                      false}));
    auto started = startContainer(arguments.root, id);
    const int code = started ? waitForEnd(container, watched) : 0;
    auto deleted = deleteContainer(arguments.root, id, true);
    if (!started) {
        if (!deleted)
            started.error().addCause(deleted.error());
        return fail(std::move(started).error());
    }
    if (!deleted)
        logWarning(deleted.error().text());
    return code;
}

} // namespace escale
