// `run`: create, start, wait, delete in one; signals are passed on to the container. With --detach only the
// first two.
#include "engine/base/log.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/foreground.h"
#include "engine/runtime/lifecycle/operations.h"

#include <sys/prctl.h>

namespace escale {
namespace {

Result<int> runInForeground(const Arguments& arguments, const CreateRequest& request) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const ForegroundSignals signals;
    TRY_ASSIGN(auto container, runContainer(request));
    if (container.making)
        container.making->write();
    auto outcome = waitForeground(
        {container.found.state.pid, container.pidFd.get(), std::move(container.master)}, signals);
    if (outcome && arguments.has("--keep"))
        return outcome;
    if (!outcome) {
        if (auto deleted = deleteContainer(arguments.root, request.id, true); !deleted)
            outcome.error().addCause(deleted.error());
    } else if (auto deleted = deleteEnded(container.found, container.cgroup); !deleted) {
        logWarning(deleted.error().text());
    }
    return outcome;
}

} // namespace

Result<int> runCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(auto request, createRequest(arguments, id));
    request.foreground = !arguments.has("--detach");
    if (request.foreground)
        return runInForeground(arguments, request);
    TRY_ASSIGN(auto container, runContainer(request));
    if (container.making)
        container.making->write();
    return 0;
}

} // namespace escale
