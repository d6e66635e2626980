#include "engine/base/file.h"
#include "engine/base/session_frame.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/monitor/launch.h"

#include <charconv>
#include <unistd.h>

namespace escale {

namespace {

// The monitor leaves the current folder.
Result<void> checkAbsolute(std::initializer_list<const std::string*> paths) {
    for (const auto* path : paths) {
        if (!path->empty() && !path->starts_with('/'))
            return fail(ErrorCode::InvalidArgument, "monitor takes absolute paths only: " + *path);
    }
    return {};
}

Result<std::uint64_t> numberOf(const Arguments& arguments, const char* option, std::uint64_t fallback) {
    const std::string text = arguments.option(option);
    if (text.empty())
        return fallback;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(ErrorCode::InvalidArgument, std::string(option) + ": \"" + text + "\" is no number");
    return value;
}

Result<RotationLimits> limitsOf(const Arguments& arguments) {
    RotationLimits limits;
    TRY_ASSIGN(limits.maxSize, numberOf(arguments, "--log-max-size", 0));
    TRY_ASSIGN(const auto files, numberOf(arguments, "--log-max-file", 1));
    if (files < 1 || files > 1000)
        return fail(ErrorCode::InvalidArgument, "--log-max-file takes a number from 1 to 1000");
    limits.maxFile = static_cast<unsigned>(files);
    limits.compress = arguments.has("--log-compress");
    return limits;
}

Result<int> answer(const MonitoredContainer& container) {
    Json json;
    json.set("pid", container.pid).set("monitorPid", container.monitorPid);
    TRY(writeAll(STDOUT_FILENO, json.dump() + "\n", "standard output"));
    return 0;
}

} // namespace

// What is passed from descriptor 3 on (--preserve-fds) is, with --sessions, clients that are there from the
// beginning; else the one file that both streams of the program go to, when that is not the monitor's affair.
Result<int> monitorCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(const unsigned passed, preservedFds(arguments));
    MonitorRequest request{arguments.root, id, arguments.option("--bundle", "."),
                           arguments.option("--log-path"), arguments.option("--exit-file")};
    request.making = arguments.option("--making");
    request.attachSocket = arguments.option("--attach-socket");
    request.openInput = arguments.has("--stdin");
    request.inputOnce = arguments.has("--stdin-once");
    TRY_ASSIGN(request.logLimits, limitsOf(arguments));
    request.awaitsClient = arguments.has("--await-client");
    if (arguments.has("--sessions"))
        request.sessions = passed;
    else
        request.output = passed > 0 ? 3 : -1;
    if (request.sessions > kMostSessions)
        return fail(ErrorCode::InvalidArgument, "monitor takes 16 sessions at most");
    if (request.exitFile.empty())
        return fail(ErrorCode::InvalidArgument, "monitor needs --exit-file");
    TRY(checkAbsolute(
        {&request.logPath, &request.exitFile, &request.root, &request.attachSocket, &request.making}));
    TRY_ASSIGN(const auto container, launchMonitor(request));
    return answer(container);
}

// The session's socket, when there is one, is descriptor 3: --preserve-fds 1.
Result<int> execMonitorCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(const unsigned passed, preservedFds(arguments));
    ExecMonitorRequest request{arguments.root,
                               id,
                               arguments.option("--process"),
                               arguments.option("--exit-file"),
                               arguments.has("--stdin"),
                               passed > 0 ? 3 : -1};
    if (request.processFile.empty() || request.exitFile.empty())
        return fail(ErrorCode::InvalidArgument, "exec-monitor needs --process and --exit-file");
    TRY(checkAbsolute({&request.processFile, &request.exitFile, &request.root}));
    TRY_ASSIGN(const auto process, launchExecMonitor(request));
    return answer(process);
}

} // namespace escale
