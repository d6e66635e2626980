// escale-runtime: an OCI runtime (runtime-spec 1.2) and the monitor that stays with each container.
#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/cli/arguments.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/cli/sealed_copy.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/monitor/launch.h"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/close_range.h>

namespace escale {
namespace {

constexpr std::string_view kUsage =
    "usage: escale-runtime [--root DIR] [--log FILE] [--log-format json|text] COMMAND\n"
    "  create  --bundle DIR [--pid-file FILE] ID\n"
    "  start   ID\n"
    "  state   ID\n"
    "  kill    [--all] ID [SIGNAL]\n"
    "  delete  [--force] ID\n"
    "  run     --bundle DIR ID\n"
    "  monitor --bundle DIR --log-path FILE --exit-file FILE ID\n"
    "  --version\n";

struct Command {
    const char* name;
    Result<int> (*run)(const Arguments&);
    bool entersContainer; // a container may see the process that runs it
};

constexpr std::array<Command, 7> kCommands{{{"create", createCommand, true},
                                            {"start", startCommand, false},
                                            {"state", stateCommand, false},
                                            {"kill", killCommand, false},
                                            {"delete", deleteCommand, false},
                                            {"run", runCommand, true},
                                            {"monitor", monitorCommand, true}}};

Result<int> dispatch(const Arguments& arguments, char** values) {
    for (const auto& command : kCommands) {
        if (arguments.command != command.name)
            continue;
        if (command.entersContainer)
            TRY(runFromSealedCopy(values));
        return command.run(arguments);
    }
    return fail(ErrorCode::InvalidArgument, "unknown command \"" + arguments.command + "\"");
}

void tell(const Error& error, const Arguments& arguments) {
    std::string line = arguments.jsonErrors ? errorToJson(error).dump() : "escale-runtime: " + error.text();
    line += '\n';
    // When the error's own way out is broken nothing can be told.
    [[maybe_unused]] const auto told = writeAll(STDERR_FILENO, line, "standard error");
    if (arguments.log.empty())
        return;
    if (const auto log = openFile(arguments.log, O_WRONLY | O_CREAT | O_APPEND, 0600)) {
        [[maybe_unused]] const auto logged = writeAll(log->get(), line, arguments.log);
    }
}

// 0, 1 and 2 must be taken: a file of ours there would become the container's standard input.
void takeStandardFiles() {
    for (int fd = 0; fd <= 2; ++fd) {
        if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0)
            ::_exit(1);
    }
}

// What `run` returns for a command that cannot be run, as shells and docker do.
int exitStatus(const Error& error, const std::string& command) {
    if (command != "run")
        return 1;
    return error.code == ErrorCode::NotFound ? 127 : error.code == ErrorCode::PermissionDenied ? 126 : 1;
}

} // namespace
} // namespace escale

int main(int count, char** values) {
    using namespace escale;
    if (count > 1 && std::strcmp(values[1], kMonitorLoopCommand) == 0)
        return monitorLoop(count, values);
    takeStandardFiles();
    // What our caller left open is no business of a container, nor of its monitor (CVE-2024-21626).
    sys::closeRange(3, ~0U, CLOSE_RANGE_CLOEXEC);
    ::signal(SIGPIPE, SIG_IGN);
    Arguments arguments;
    auto parsed = parseArguments({values + 1, values + count}, arguments);
    if (!parsed) {
        tell(parsed.error(), arguments);
        return 1;
    }
    if (arguments.version || arguments.command.empty()) {
        const std::string_view text =
            arguments.version ? "escale-runtime version " ESCALE_VERSION "\nspec: 1.2.0\n" : kUsage;
        return writeAll(STDOUT_FILENO, text, "standard output") && arguments.version ? 0 : 1;
    }
    const auto outcome = dispatch(arguments, values);
    if (outcome)
        return *outcome;
    tell(outcome.error(), arguments);
    return exitStatus(outcome.error(), arguments.command);
}
