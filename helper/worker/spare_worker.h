// Workers that wait for their job: most of what starting one costs is linking its libraries, and that is done
// by then. Some are kept ready while workers are in demand, and for seconds more; a helper that does nothing
// has none.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/base/subprocess.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// The mode of a worker that is told its real one later. Longer than all the others, which take its place in
/// the list of processes.
constexpr std::string_view kSpareMode = "waiting-for-a-job";

struct StartedWorker {
    Subprocess process;
    MessageChannel channel;
};

/// One that is told its mode and waits for the job's first message; nothing when none is ready: the caller
/// starts its own then. Either way there will be one soon. Thread-safe; does not block.
std::optional<StartedWorker> takeSpareWorker(const std::string& program, const std::string& mode);

/// Starts one, in this mode.
Result<StartedWorker> startWorker(const std::string& program, const std::string& mode,
                                  std::vector<std::string> environment);

namespace worker {

/// The spare's side: what it is told. Unreachable: nobody needs it any longer.
Result<std::string> waitForMode(const MessageChannel& channel);

} // namespace worker
} // namespace escale
