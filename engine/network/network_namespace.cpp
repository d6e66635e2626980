#include "engine/network/network_namespace.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/thread.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

namespace escale {

Result<UniqueFd> openNetworkNamespace(pid_t pid) {
    if (pid <= 0)
        return fail(ErrorCode::InvalidArgument, std::to_string(pid) + " is not a process id");
    auto fd = openFile("/proc/" + std::to_string(pid) + "/ns/net", O_RDONLY);
    if (!fd)
        return fail(std::move(fd).error().prefixed("cannot reach the network namespace of process " +
                                                   std::to_string(pid)));
    return fd;
}

Result<UniqueFd> openOwnNetworkNamespace() {
    return openFile("/proc/thread-self/ns/net", O_RDONLY);
}

Result<ino_t> ownNamespaceNumber() {
    struct stat status {};
    if (::stat("/proc/thread-self/ns/net", &status) != 0)
        return failErrno("cannot tell the network namespace");
    return status.st_ino;
}

Result<bool> isSameNamespace(int one, int other) {
    struct stat first {};
    struct stat second {};
    if (::fstat(one, &first) != 0 || ::fstat(other, &second) != 0)
        return failErrno("cannot compare network namespaces");
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

Result<void> runInNetworkNamespace(int fd, const std::function<Result<void>()>& work) {
    Result<void> outcome;
    const bool isRecorded = Making::isRecording();
    MadeSteps made;
    const auto body = [&]() -> Result<void> {
        if (::setns(fd, CLONE_NEWNET) != 0)
            return failErrno("cannot enter a network namespace");
        if (!isRecorded)
            return work();
        Making making(MadeBy::Engine);
        auto done = work();
        made = making.take();
        return done;
    };
    TRY_ASSIGN(std::thread thread, startThread([&] { outcome = body(); }));
    thread.join();
    Making::add(std::move(made));
    return outcome;
}

} // namespace escale
