#include "gui/containers/tar_pipe.h"

#include "engine/base/unique_fd.h"
#include "gui/client/engine_client.h"
#include "gui/common/transfer_bar.h"

#include <fcntl.h>
#include <unistd.h>

namespace escale::gui {

Result<void> sendTar(EngineClient& client, TransferBar& bar, const TarDestination& to,
                     std::function<Result<void>(int archive, Transfer::Control& control)> write,
                     Transfer::Done done) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        bar.stop();
        return failErrno("cannot make a pipe");
    }
    QDBusUnixFileDescriptor reading;
    reading.giveFileDescriptor(ends[0]);
    // Shared: the work is copied about. It closes the pipe when it ends, which is the archive's end.
    const auto writing = std::make_shared<UniqueFd>(ends[1]);
    ::fcntl(writing->get(), F_SETFL, O_WRONLY | O_NONBLOCK); // so that it can be cancelled
    bar.start(
        0,
        [writing, write = std::move(write)](Transfer::Control& control) {
            Result<void> outcome = write(writing->get(), control);
            writing->reset();
            return outcome;
        },
        std::move(done));
    client.copyIn(to.place, to.folder, reading, to.options, &bar, [&bar](const Result<Job*>& job) {
        if (job)
            bar.setJob(*job);
        else
            bar.refuse(job.error());
    });
    return {};
}

} // namespace escale::gui
