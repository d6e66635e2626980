#include "engine/base/file.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/create.h"

#include <cstdlib>
#include <fcntl.h>

namespace escale {

namespace {

constexpr std::int64_t kMostPreserved = 1000;

// A number that the container may keep, but that our caller has not open, must not become one of our own
// files, which the container's process would then hold until it executes its program. The lower ones are all
// taken: what is opened now gets this number, and is closed by execve.
Result<void> reserveNumber(int fd) {
    if (::fcntl(fd, F_GETFD) >= 0)
        return {};
    TRY_ASSIGN(auto placeholder, openFile("/dev/null", O_RDONLY));
    if (placeholder.get() != fd)
        return fail(ErrorCode::Internal, "cannot reserve the descriptor " + std::to_string(fd));
    [[maybe_unused]] const int kept = placeholder.release();
    return {};
}

} // namespace

Result<unsigned> preservedFds(const Arguments& arguments) {
    TRY_ASSIGN(const auto asked, arguments.number("--preserve-fds"));
    std::int64_t count = asked.value_or(0);
    if (count < 0 || count > kMostPreserved)
        return fail(ErrorCode::InvalidArgument, "--preserve-fds takes a number from 0 to 1000");
    // Ours are close-on-exec, those of our caller are not.
    const auto isPassed = [](std::int64_t fd) {
        const int flags = ::fcntl(static_cast<int>(fd), F_GETFD);
        return flags >= 0 && (flags & FD_CLOEXEC) == 0;
    };
    for (int fd = 3; fd < 3 + count; ++fd)
        TRY(reserveNumber(fd));
    // The variable may be left over from a caller that was socket-activated itself and has closed them.
    if (const char* passed = std::getenv("LISTEN_FDS")) {
        for (long left = std::strtol(passed, nullptr, 10);
             left > 0 && count < kMostPreserved && isPassed(3 + count); --left)
            ++count;
    }
    return static_cast<unsigned>(count);
}

namespace {

// Known, but nothing would be done: told, never taken in silence.
Result<void> refuseWhatIsMissing(const Arguments& arguments) {
    if (arguments.noCgroups)
        return fail(ErrorCode::Unsupported,
                    "--cgroup-manager=disabled is not supported: a container has its cgroup");
    if (arguments.has("--pidfd-socket"))
        return fail(ErrorCode::Unsupported, "--pidfd-socket is not supported yet");
    return {};
}

} // namespace

Result<CreateRequest> createRequest(const Arguments& arguments, const std::string& id) {
    CreateRequest request{arguments.root, id, arguments.option("--bundle", "."),
                          arguments.option("--pid-file")};
    request.configFile = arguments.option("--config", "config.json");
    request.consoleSocket = arguments.option("--console-socket");
    request.making = arguments.option("--making");
    request.noNewKeyring = arguments.has("--no-new-keyring");
    TRY(refuseWhatIsMissing(arguments));
    request.systemdCgroup = arguments.systemdCgroup;
    request.noPivot = arguments.has("--no-pivot");
    TRY_ASSIGN(request.preserveFds, preservedFds(arguments));
    return request;
}

Result<int> createCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(auto request, createRequest(arguments, id));
    TRY_ASSIGN(auto container, createContainer(request));
    if (container.making)
        container.making->write();
    return 0;
}

} // namespace escale
