// escale-worker MODE, escale-worker-network MODE (modes.h): one job for the helper, which starts it as root
// with a socket on descriptor 3. It gives up what it does not need before it reads anything that comes from
// outside; see sandbox.h and protocol.h.
#include "helper/worker/modes.h"
#include "helper/worker/protocol.h"
#include "helper/worker/spare_worker.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/socket.h>

namespace {

/// As the list of processes shows it.
void showMode(char* word, std::string_view mode) {
    std::fill_n(word, escale::kSpareMode.size(), '\0');
    std::copy_n(mode.begin(), std::min(mode.size(), escale::kSpareMode.size()), word);
}

} // namespace

int main(int count, char** values) {
    using namespace escale;
    std::string mode = count == 2 ? values[1] : "";
    int type = 0;
    socklen_t size = sizeof type;
    if ((!worker::isMode(mode) && mode != kSpareMode) ||
        ::getsockopt(worker::kChannelFd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET) {
        std::fputs("escale-worker is started by escale-helper only\n", stderr);
        return 2;
    }
    ::signal(SIGPIPE, SIG_IGN);
    const MessageChannel channel{UniqueFd(worker::kChannelFd)};
    if (mode == kSpareMode) {
        auto told = worker::waitForMode(channel);
        if (!told || !worker::isMode(*told))
            return told ? 2 : 0;
        mode = *std::move(told);
        showMode(values[1], mode);
    }
    const auto done = worker::runMode(mode, channel);
    if (done)
        return 0;
    // Unsent when the helper has gone, and then nobody asks.
    (void)worker::sendError(channel, done.error());
    return 1;
}
