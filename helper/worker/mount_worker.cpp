#include "helper/worker/mount_worker.h"

#include "engine/base/subprocess.h"
#include "helper/worker/mount_protocol.h"
#include "helper/worker/protocol.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <poll.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kEndPatience{1000};

/// Whoever waits in the kernel for a server may not be gone at once when it is killed. Nobody waits for it:
/// it is reaped when another one ends, or with this process.
void leaveBehind(Subprocess process) {
    static std::mutex mutex;
    static auto& left = *new std::vector<Subprocess>; // never destroyed: that would wait
    const std::lock_guard lock(mutex);
    std::erase_if(left,
                  [](Subprocess& one) { return one.waitFor(std::chrono::milliseconds(0)).has_value(); });
    left.push_back(std::move(process));
}

void end(Subprocess process) {
    (void)process.signal(SIGKILL);
    if (!process.waitFor(kEndPatience))
        leaveBehind(std::move(process));
}

std::string whatOf(const MountRequest& request) {
    return request.device.empty() ? request.target : request.device;
}

/// Readable in time, or why not.
Result<void> await(int channel, const MountRequest& request, Clock::time_point deadline,
                   const Cancellation& cancellation) {
    for (;;) {
        TRY(cancellation.check());
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return fail(ErrorCode::Unreachable, whatOf(request) + " does not answer",
                        "Check whether the server runs, and whether this machine reaches it.");
        pollfd ready[] = {{channel, POLLIN, 0}, {cancellation.fd(), POLLIN, 0}};
        if (::poll(ready, 2, static_cast<int>(left.count()) + 1) < 0 && errno != EINTR)
            return failErrno("cannot wait for a worker");
        if (ready[0].revents != 0)
            return {};
    }
}

Result<MountAnswer> answerOf(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    if (message.kind() == static_cast<std::uint32_t>(worker::Kind::Failed))
        return fail(worker::readError(message));
    if (message.kind() != static_cast<std::uint32_t>(worker::Kind::Mounted))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    return worker::readMounted(message);
}

Result<MountAnswer> run(const std::string& program, const MountRequest& request,
                        std::chrono::milliseconds patience, const Cancellation& cancellation) {
    const auto deadline = Clock::now() + patience;
    TRY(cancellation.check());
    TRY_ASSIGN(auto channels, MessageChannel::pair());
    TRY_ASSIGN(Subprocess process, Subprocess::start({.arguments = {program, "mount"},
                                                      .environment = {"LC_ALL=C"},
                                                      .fds = {{channels.second.fd(), worker::kChannelFd}},
                                                      .workingDirectory = "/"}));
    channels.second.close();
    auto sent = worker::sendMount(channels.first, request);
    if (sent)
        sent = await(channels.first.fd(), request, deadline, cancellation);
    auto answer = sent ? answerOf(channels.first) : Result<MountAnswer>(fail(std::move(sent).error()));
    if (!answer && answer.error().code == ErrorCode::Unreachable && answer.error().hint.empty())
        answer = fail(ErrorCode::SystemFailure, "the worker that mounts ended before its work was done",
                      "Try again.");
    end(std::move(process));
    return answer;
}

} // namespace

Mounter mountBy(std::string workerProgram, std::chrono::milliseconds patience) {
    return [program = std::move(workerProgram), patience](const MountRequest& request,
                                                          const Cancellation& cancellation) {
        return run(program, request, patience, cancellation);
    };
}

} // namespace escale
