#include "helper/worker/push_worker.h"

#include <array>
#include <cerrno>
#include <poll.h>

namespace escale {

using worker::Kind;

Result<std::unique_ptr<PushWorker>> PushWorker::start(const std::string& program,
                                                      const worker::FetchRequest& target) {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "push"));
    TRY(worker::sendFetch(process.channel(), target));
    return std::unique_ptr<PushWorker>(new PushWorker(std::move(process)));
}

static tl::unexpected<Error> stopped() {
    return fail(ErrorCode::Cancelled, "the push has ended");
}

Result<worker::BlobState> PushWorker::ask(worker::BlobRequest request, int file, const Progress& progress) {
    std::unique_lock lock(m_mutex);
    request.number = m_next++;
    Waiting& waiting = m_waiting[request.number];
    waiting.progress = &progress;
    // Why it could not be sent is what the worker has said before, and listen() reads.
    if (const auto sent = worker::sendBlobRequest(m_process.channel(), request, file);
        !sent && sent.error().code != ErrorCode::Unreachable) {
        m_waiting.erase(request.number);
        return fail(sent.error());
    }
    m_answered.wait(lock, [&] { return m_stopped || waiting.state; });
    const auto state = waiting.state;
    m_waiting.erase(request.number);
    if (!state)
        return stopped();
    return *state;
}

Result<worker::ManifestPut> PushWorker::putManifest(const std::string& manifest,
                                                    const worker::ManifestRequest& request) {
    TRY(worker::sendManifestRequest(m_process.channel(), manifest, request));
    std::unique_lock lock(m_mutex);
    m_answered.wait(lock, [&] { return m_stopped || m_manifest; });
    if (!m_manifest)
        return stopped();
    return *m_manifest;
}

void PushWorker::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_answered.notify_all();
}

Result<void> PushWorker::listen(int wake, const Cancellation& cancellation) {
    std::array<pollfd, 3> ready{
        {{cancellation.fd(), POLLIN, 0}, {m_process.channel().fd(), POLLIN, 0}, {wake, POLLIN, 0}}};
    while (true) {
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failErrno("cannot wait for the worker");
        TRY(cancellation.check());
        if (ready[1].revents != 0) {
            TRY(readAnswer());
        } else if (ready[2].revents != 0) {
            return {};
        }
    }
}

Result<void> PushWorker::readAnswer() {
    TRY_ASSIGN(Message message, m_process.receiveNow());
    if (message.kind() == static_cast<std::uint32_t>(Kind::Failed))
        return fail(worker::readError(message));
    const std::lock_guard lock(m_mutex);
    TRY(passOn(message));
    m_answered.notify_all();
    return {};
}

Result<void> PushWorker::passOn(Message& message) {
    switch (static_cast<Kind>(message.kind())) {
    case Kind::Received: {
        TRY_ASSIGN(const std::uint64_t number, message.number());
        TRY_ASSIGN(const std::uint64_t sent, message.number());
        TRY(message.end());
        const auto waiting = m_waiting.find(number);
        if (waiting != m_waiting.end() && *waiting->second.progress)
            (*waiting->second.progress)(sent);
        return {};
    }
    case Kind::BlobState: {
        TRY_ASSIGN(const auto answer, worker::readBlobState(message));
        if (const auto waiting = m_waiting.find(answer.first); waiting != m_waiting.end())
            waiting->second.state = answer.second;
        return {};
    }
    case Kind::ManifestPut: {
        TRY_ASSIGN(m_manifest, worker::readManifestPut(message));
        return {};
    }
    default:
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    }
}

} // namespace escale
