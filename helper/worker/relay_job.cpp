// Writes what comes through a pipe to a caller's file or pipe.
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"
#include "helper/worker/relay.h"

#include <cerrno>
#include <memory>
#include <poll.h>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::size_t kBufferSize = 256 * 1024;

Result<void> writeOut(int output, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t written = ::write(output, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN) { // the caller's pipe may be one that does not block
            pollfd ready{output, POLLOUT, 0};
            (void)::poll(&ready, 1, -1);
            continue;
        }
        if (written < 0 && errno == EPIPE)
            return fail(ErrorCode::Unreachable, "nobody reads it any more: its reader has closed the pipe");
        if (written < 0 && errno == ENOSPC)
            return fail(
                systemError("cannot write it")
                    .withHint("Free some space on the disk that it is written to, or choose another."));
        if (written < 0)
            return failErrno("cannot write it");
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return {};
}

} // namespace

Result<void> relay(const MessageChannel& channel, const ReceivedRelay& request) {
    const std::unique_ptr<char[]> buffer(new char[kBufferSize]);
    std::uint64_t bytes = 0;
    for (;;) {
        const ssize_t size = ::read(request.input.get(), buffer.get(), kBufferSize);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read a pipe");
        if (size == 0)
            break;
        TRY(writeOut(request.output.get(), buffer.get(), static_cast<std::size_t>(size)));
        bytes += static_cast<std::uint64_t>(size);
    }
    MessageWriter done(static_cast<std::uint32_t>(Kind::Relayed));
    return channel.send(done.number(bytes));
}

} // namespace escale::worker
