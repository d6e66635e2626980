#include "engine/base/file.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/monitor/launch.h"

namespace escale {

Result<int> monitorCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    MonitorRequest request{arguments.root, id, arguments.option("--bundle", "."),
                           arguments.option("--log-path"), arguments.option("--exit-file")};
    if (request.logPath.empty() || request.exitFile.empty())
        return fail(ErrorCode::InvalidArgument, "monitor needs --log-path and --exit-file");
    // The monitor leaves the current folder.
    for (auto* path : {&request.logPath, &request.exitFile, &request.root}) {
        if (!path->starts_with('/'))
            return fail(ErrorCode::InvalidArgument, "monitor takes absolute paths only: " + *path);
    }
    TRY_ASSIGN(const auto container, launchMonitor(request));
    Json answer;
    answer.set("pid", container.pid).set("monitorPid", container.monitorPid);
    TRY(writeAll(STDOUT_FILENO, answer.dump() + "\n", "standard output"));
    return 0;
}

} // namespace escale
