#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/create.h"

#include <cstdlib>
#include <fcntl.h>

namespace escale {

constexpr std::int64_t kMostPreserved = 1000;

Result<unsigned> preservedFds(const Arguments& arguments) {
    TRY_ASSIGN(const auto asked, arguments.number("--preserve-fds"));
    std::int64_t count = asked.value_or(0);
    if (count < 0 || count > kMostPreserved)
        return fail(ErrorCode::InvalidArgument, "--preserve-fds takes a number from 0 to 1000");
    const auto isOpen = [](std::int64_t fd) { return ::fcntl(static_cast<int>(fd), F_GETFD) >= 0; };
    for (int fd = 3; fd < 3 + count; ++fd) {
        if (!isOpen(fd))
            return fail(ErrorCode::InvalidArgument,
                        "descriptor " + std::to_string(fd) + " is to be preserved, but it is not open");
    }
    // The variable may be left over from a caller that was socket-activated itself and has closed them.
    if (const char* passed = std::getenv("LISTEN_FDS")) {
        for (long left = std::strtol(passed, nullptr, 10);
             left > 0 && count < kMostPreserved && isOpen(3 + count); --left)
            ++count;
    }
    return static_cast<unsigned>(count);
}

Result<CreateRequest> createRequest(const Arguments& arguments, const std::string& id) {
    CreateRequest request{arguments.root, id, arguments.option("--bundle", "."),
                          arguments.option("--pid-file")};
    request.configFile = arguments.option("--config", "config.json");
    request.consoleSocket = arguments.option("--console-socket");
    request.noNewKeyring = arguments.has("--no-new-keyring");
    TRY_ASSIGN(request.preserveFds, preservedFds(arguments));
    return request;
}

Result<int> createCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(auto request, createRequest(arguments, id));
    TRY(createContainer(request));
    return 0;
}

} // namespace escale
