// What escale-worker-network does. The libraries that this needs are half of what starting a worker costs.
#include "helper/worker/jobs.h"
#include "helper/worker/modes.h"
#include "helper/worker/sandbox.h"

namespace escale::worker {

bool isMode(std::string_view mode) {
    return mode == "fetch" || mode == "push" || mode == "download";
}

Result<void> runMode(std::string_view mode, const MessageChannel& channel) {
    TRY(confineFetch()); // what it sends and brings comes and goes by descriptors
    if (mode == "push")
        return push(channel);
    return mode == "download" ? download(channel) : fetch(channel);
}

} // namespace escale::worker
