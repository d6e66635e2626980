#include "helper/worker/layer_transfer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;
using worker::Kind;

constexpr int kPipeSize = 1 << 20;
constexpr std::chrono::milliseconds kProgressInterval{50};
// How long the reason of a broken download may take to arrive after its effect.
constexpr std::chrono::milliseconds kReasonTime{1500};

class Transfers {
public:
    Transfers(Store& store, const std::string& program, WorkerProcess& fetch,
              std::vector<LayerTransfer>&& waiting, std::vector<ImageLayer>& layers,
              std::vector<LayerProgress>& states, const LayersProgress& progress,
              const Cancellation& cancellation)
        : m_store(store)
        , m_program(program)
        , m_fetch(fetch)
        , m_waiting(std::make_move_iterator(waiting.begin()), std::make_move_iterator(waiting.end()))
        , m_layers(layers)
        , m_states(states)
        , m_progress(progress)
        , m_cancellation(cancellation) {}

    Result<void> run();

private:
    struct Running {
        LayerTransfer transfer;
        StagedLayer staged;
        WorkerProcess process; // after `staged`: it has ended before the folder goes
        bool sent = false;     // the whole blob has been put into the pipe
    };

    /// Downloads at a time; unpacking needs a core each, a download mostly waits.
    static std::size_t mostAtATime() { return std::clamp(std::thread::hardware_concurrency(), 2U, 3U); }
    Result<void> startNext();
    Result<void> waitForNews();
    Result<void> readFetch();
    Result<void> finish(std::vector<std::unique_ptr<Running>>::iterator running);
    Result<void> checkLayer(const LayerTransfer& transfer, const worker::UnpackAnswer& answer) const;
    Error reasonFor(Error error, const Running& running);
    Running* findRunning(std::uint64_t position);
    void report(bool now);

    Store& m_store;
    const std::string& m_program;
    WorkerProcess& m_fetch;
    std::deque<LayerTransfer> m_waiting;
    std::vector<ImageLayer>& m_layers;
    std::vector<LayerProgress>& m_states;
    const LayersProgress& m_progress;
    const Cancellation& m_cancellation;
    std::vector<std::unique_ptr<Running>> m_running;
    Clock::time_point m_reported;
};

Result<void> Transfers::run() {
    report(true);
    while (!m_waiting.empty() || !m_running.empty()) {
        while (!m_waiting.empty() && m_running.size() < mostAtATime()) {
            TRY(startNext());
        }
        TRY(waitForNews());
    }
    report(true);
    return {};
}

Result<void> Transfers::startNext() {
    LayerTransfer transfer = std::move(m_waiting.front());
    m_waiting.pop_front();
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    const UniqueFd readEnd(ends[0]);
    const UniqueFd writeEnd(ends[1]);
    (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, kPipeSize); // a smaller one is only slower
    TRY_ASSIGN(StagedLayer staged, m_store.stageLayer());
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "unpack"));
    TRY(worker::sendUnpack(process.channel(), transfer.layer.blobSize, transfer.layer.compression,
                           readEnd.get(), staged.content()));
    const worker::LayerRequest request{transfer.position, transfer.layer.blobDigest.toString(),
                                       transfer.layer.blobSize};
    if (auto sent = worker::sendLayerRequest(m_fetch.channel(), request, writeEnd.get()); !sent) {
        // It has ended, perhaps with a word why.
        TRY(readFetch());
        return sent;
    }
    m_states.at(transfer.position).phase = LayerPhase::Downloading;
    m_running.push_back(
        std::make_unique<Running>(Running{std::move(transfer), std::move(staged), std::move(process)}));
    report(true);
    return {};
}

Result<void> Transfers::waitForNews() {
    std::vector<pollfd> ready{{m_cancellation.fd(), POLLIN, 0}, {m_fetch.channel().fd(), POLLIN, 0}};
    for (const auto& running : m_running)
        ready.push_back({running->process.channel().fd(), POLLIN, 0});
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
        return failErrno("cannot wait for workers");
    TRY(m_cancellation.check());
    // What the download says first: an unpacking worker may have failed because of it.
    if (ready[1].revents != 0) {
        TRY(readFetch());
    }
    for (std::size_t i = m_running.size(); i-- > 0;) {
        if (ready[i + 2].revents != 0) {
            TRY(finish(m_running.begin() + static_cast<std::ptrdiff_t>(i)));
        }
    }
    return {};
}

Transfers::Running* Transfers::findRunning(std::uint64_t position) {
    const auto found = std::find_if(m_running.begin(), m_running.end(), [&](const auto& running) {
        return running->transfer.position == position;
    });
    return found == m_running.end() ? nullptr : found->get();
}

Result<void> Transfers::readFetch() {
    TRY_ASSIGN(Message message, m_fetch.receiveNow());
    switch (static_cast<Kind>(message.kind())) {
    case Kind::Failed:
        return fail(worker::readError(message));
    case Kind::Received: {
        TRY_ASSIGN(const std::uint64_t position, message.number());
        TRY_ASSIGN(const std::uint64_t received, message.number());
        TRY(message.end());
        if (Running* running = findRunning(position); running != nullptr) {
            m_states.at(running->transfer.position).received =
                std::min(received, running->transfer.layer.blobSize);
            report(false);
        }
        return {};
    }
    case Kind::LayerSent: {
        TRY_ASSIGN(const std::uint64_t position, message.number());
        TRY(message.end());
        if (Running* running = findRunning(position); running != nullptr)
            running->sent = true;
        return {};
    }
    default:
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    }
}

Result<void> Transfers::checkLayer(const LayerTransfer& transfer, const worker::UnpackAnswer& answer) const {
    const auto& wanted = transfer.layer;
    if (answer.blobDigest != wanted.blobDigest || answer.blobSize != wanted.blobSize)
        return fail(ErrorCode::Untrusted,
                    "layer " + wanted.blobDigest.toString() +
                        " has other content than its digest says: " + answer.blobDigest.toString(),
                    "The copy that it came from is damaged or was changed. Do not use it.");
    if (answer.diffId != wanted.diffId)
        return fail(ErrorCode::Untrusted,
                    "layer " + wanted.blobDigest.toString() +
                        " unpacks to other content than the image's configuration says",
                    "The image was made by a broken tool or to deceive. Do not use it.");
    return {};
}

/// A layer that "ends in the middle" does so because its download failed, when it did.
Error Transfers::reasonFor(Error error, const Running& running) {
    const auto deadline = Clock::now() + kReasonTime;
    while (error.code == ErrorCode::Untrusted && !running.sent && Clock::now() < deadline) {
        pollfd ready{m_fetch.channel().fd(), POLLIN, 0};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0)
            break;
        if (auto news = readFetch(); !news)
            return std::move(news).error();
    }
    return error;
}

Result<void> Transfers::finish(std::vector<std::unique_ptr<Running>>::iterator running) {
    Running& layer = **running;
    const std::size_t position = layer.transfer.position;
    const std::string name = "layer " + layer.transfer.layer.blobDigest.shortHex();
    auto message = layer.process.receiveNow();
    if (!message)
        return fail(std::move(message).error().prefixed(name));
    auto answer = worker::readUnpacked(*message);
    if (!answer && answer.error().message.find("ends in the middle") != std::string::npos)
        return fail(reasonFor(std::move(answer).error(), layer).prefixed(name));
    if (!answer)
        return fail(std::move(answer).error().prefixed(name));
    TRY(checkLayer(layer.transfer, *answer));
    m_layers.at(position).size = answer->size;
    m_layers.at(position).staged = std::move(layer.staged);
    m_states.at(position).phase = LayerPhase::Done;
    m_states.at(position).received = layer.transfer.layer.blobSize;
    m_running.erase(running);
    report(true);
    return {};
}

void Transfers::report(bool now) {
    if (!m_progress || (!now && Clock::now() - m_reported < kProgressInterval))
        return;
    m_reported = Clock::now();
    m_progress(m_states);
}

} // namespace

Result<void> transferLayers(Store& store, const std::string& program, WorkerProcess& fetch,
                            std::vector<LayerTransfer> transfers, std::vector<ImageLayer>& layers,
                            std::vector<LayerProgress>& states, const LayersProgress& progress,
                            const Cancellation& cancellation) {
    return Transfers(store, program, fetch, std::move(transfers), layers, states, progress, cancellation)
        .run();
}

} // namespace escale
