// The helper's hold on one `escale-worker push`, asked by several threads at once.
#pragma once

#include "helper/worker/push_protocol.h"
#include "helper/worker/worker_process.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace escale {

class PushWorker {
public:
    /// Bytes of a blob that were sent.
    using Progress = std::function<void(std::uint64_t)>;

    static Result<std::unique_ptr<PushWorker>> start(const std::string& program,
                                                     const worker::FetchRequest& target);

    // From any thread; each waits for its answer, which listen() brings.
    /// `file` is borrowed; -1: the blob is looked for only. `progress` is called by the listening thread.
    Result<worker::BlobState> ask(worker::BlobRequest request, int file, const Progress& progress);
    Result<worker::ManifestPut> putManifest(const std::string& manifest,
                                            const worker::ManifestRequest& request);

    /// On the thread that started it: passes answers on until `wake` is readable. Then, as when the worker
    /// failed or the push was cancelled, nothing more is waited for.
    Result<void> listen(int wake, const Cancellation& cancellation);
    /// Whoever waits gets Cancelled.
    void stop();

private:
    explicit PushWorker(WorkerProcess process)
        : m_process(std::move(process)) {}
    struct Waiting {
        const Progress* progress = nullptr;
        std::optional<worker::BlobState> state;
    };
    Result<void> readAnswer();
    Result<void> passOn(Message& message);

    WorkerProcess m_process;
    std::mutex m_mutex;
    std::condition_variable m_answered;
    bool m_stopped = false;
    std::uint64_t m_next = 1;
    std::map<std::uint64_t, Waiting> m_waiting;
    std::optional<worker::ManifestPut> m_manifest;
};

} // namespace escale
