// A build's context on this side: the folder that keeps it, the worker that reads it, and the stream from the
// client's process, which is read while the build begins.
#pragma once

#include "helper/service/build_work.h"
#include "helper/worker/source_worker.h"

#include <future>
#include <memory>
#include <optional>
#include <thread>

namespace escale {

class BuildContext {
public:
    static Result<std::unique_ptr<BuildContext>> open(const BuildWork& work, UniqueFd socket);
    /// The build's cancellation must have come, or everything must have been received: it waits.
    ~BuildContext();

    /// Waits until everything was received. From any thread.
    Result<SourceWorker*> ready();
    /// Waits, too. What is at `path`, inside the context: O_PATH.
    Result<UniqueFd> openPath(const std::string& path);

private:
    explicit BuildContext(const BuildWork& work)
        : m_work(work) {}
    Result<void> receive(int socket);

    const BuildWork& m_work;
    std::optional<CacheFolder> m_folder;
    std::optional<std::uint64_t> m_size; // bytes of the context's files, when all were received
    std::unique_ptr<SourceWorker> m_worker;
    std::thread m_receiver; // the worker's process lives as long
    std::promise<void> m_over;
    std::shared_future<std::optional<Error>> m_received; // nothing: all is there
};

} // namespace escale
