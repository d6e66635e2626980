// What the helper writes for a caller, through escale-worker relay: the helper never writes to what a caller
// has passed. So it does not wait where a caller lets it wait, and the space comes out of the caller's quota
// and not out of what the disk keeps for root.
//
//   helper                              escale-worker relay (nobody; no files but the two it was given)
//     |-- Relay (pipe, output) ---------->|
//     |== the pipe's bytes ==============>|==> output
//     |   (the pipe's end)                |
//     |<-- Relayed (bytes) ---------------|  ends
//
// In place of the answer: Failed, as in protocol.h.
#pragma once

#include "engine/base/cancellation.h"
#include "helper/worker/worker_process.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace escale {

/// Blocking, on one thread; every wait ends with the cancellation (borrowed). The process ignores SIGPIPE.
class Relay {
public:
    /// `output` is borrowed: a file or a pipe, open for writing.
    static Result<Relay> start(const std::string& workerProgram, int output,
                               const Cancellation& cancellation);
    Relay(Relay&&) noexcept = default;
    Relay& operator=(Relay&&) = delete;
    ~Relay() = default;

    /// Between two others: what comes through the pipe `input` (borrowed) goes to `output`. write() and
    /// moveFrom() are for the other kind.
    static Result<Relay> between(const std::string& workerProgram, int input, int output,
                                 const Cancellation& cancellation);

    // Unreachable: nobody reads the output any more. NoSpace, Cancelled.
    Result<void> write(std::string_view bytes);
    /// All that the pipe or file holds from where it stands, `most` bytes at most; answers with how many
    /// came. `progress` hears of those so far.
    Result<std::uint64_t> moveFrom(int source, std::uint64_t most,
                                   const std::function<void(std::uint64_t)>& progress = {});
    /// Waits until everything has been written; answers with the bytes.
    Result<std::uint64_t> finish();

private:
    Relay(WorkerProcess process, UniqueFd pipe, const Cancellation& cancellation)
        : m_process(std::move(process))
        , m_pipe(std::move(pipe))
        , m_cancellation(&cancellation) {}
    Result<void> waitFor(int fd, short events);
    Error reason();

    WorkerProcess m_process;
    UniqueFd m_pipe; // its write end, not blocking; not valid: it is another's
    const Cancellation* m_cancellation;
    std::uint64_t m_bytes = 0;
};

namespace worker {

struct ReceivedRelay {
    UniqueFd input;
    UniqueFd output;
};
Result<ReceivedRelay> readRelay(Message& message);

} // namespace worker
} // namespace escale
