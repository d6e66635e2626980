// `run`: create, start, wait, delete in one; signals are passed on to the container. With --detach only the
// first two.
#include "engine/base/log.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/foreground.h"
#include "engine/runtime/lifecycle/operations.h"

#include <sys/prctl.h>

namespace escale {
namespace {

Result<int> startAndWait(const Arguments& arguments, const std::string& id, CreatedContainer& container,
                         const ForegroundSignals& signals) {
    TRY(startContainer(arguments.root, id));
    return waitForeground({container.pid, container.pidFd.get(), std::move(container.master)}, signals);
}

Result<int> runInForeground(const Arguments& arguments, const CreateRequest& request) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const ForegroundSignals signals;
    TRY_ASSIGN(auto container, createContainer(request));
    auto outcome = startAndWait(arguments, request.id, container, signals);
    if (outcome && arguments.has("--keep"))
        return outcome;
    auto deleted = deleteContainer(arguments.root, request.id, true);
    if (!outcome) {
        if (!deleted)
            outcome.error().addCause(deleted.error());
    } else if (!deleted) {
        logWarning(deleted.error().text());
    }
    return outcome;
}

Result<int> runDetached(const Arguments& arguments, const CreateRequest& request) {
    TRY(createContainer(request));
    auto started = startContainer(arguments.root, request.id);
    if (started)
        return 0;
    if (auto deleted = deleteContainer(arguments.root, request.id, true); !deleted)
        started.error().addCause(deleted.error());
    return fail(std::move(started).error());
}

} // namespace

Result<int> runCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(auto request, createRequest(arguments, id));
    const bool detach = arguments.has("--detach");
    request.foreground = !detach;
    return detach ? runDetached(arguments, request) : runInForeground(arguments, request);
}

} // namespace escale
