// escale-runtime: an OCI runtime (runtime-spec 1.2) and the monitor that stays with each container.
#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/cli/command_table.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/cli/sealed_copy.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/monitor/launch.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/close_range.h>

namespace escale {
namespace {

Result<int> dispatch(const Arguments& arguments, char** values) {
    // What our caller left open is no business of a container, nor of its monitor (CVE-2024-21626), but for
    // what it passes by intent.
    TRY_ASSIGN(const unsigned preserved, preservedFds(arguments));
    sys::closeRange(3 + preserved, ~0U, CLOSE_RANGE_CLOEXEC);
    if (arguments.command->entersContainer)
        TRY(runFromSealedCopy(values));
    return arguments.command->run(arguments);
}

constexpr const char* kVersion = "escale-runtime version " ESCALE_VERSION "\nspec: 1.2.0\n";

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

// What `run` and `exec` return for a command that cannot be run, as shells and docker do.
int exitStatus(const Error& error, const Command& command) {
    if (command.name != "run" && command.name != "exec")
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
    ::signal(SIGPIPE, SIG_IGN);
    Arguments arguments;
    if (auto parsed = arguments.parse({values + 1, values + count}, commandTable()); !parsed) {
        tell(parsed.error(), arguments);
        return 1;
    }
    if (arguments.version || arguments.help || arguments.command == nullptr) {
        const std::string text = arguments.version ? kVersion : usage(arguments.command);
        const bool asked = arguments.version || arguments.help;
        return writeAll(asked ? STDOUT_FILENO : STDERR_FILENO, text, "the output") && asked ? 0 : 1;
    }
    const auto outcome = dispatch(arguments, values);
    if (outcome)
        return *outcome;
    tell(outcome.error(), arguments);
    return exitStatus(outcome.error(), *arguments.command);
}
