#include "helper/worker/serve_layers.h"

#include "engine/base/thread.h"

#include <cerrno>
#include <memory>
#include <unistd.h>

namespace escale::worker {
namespace {

Result<void> sendLayer(const MessageChannel& channel, const BringLayer& bring, const LayerRequest& layer,
                       UniqueFd fd) {
    LayerPipe pipe(channel, layer.number, std::move(fd));
    auto brought = bring(layer, pipe);
    // The unpacking worker has ended: the helper knows better than we why.
    if (!brought && pipe.isDropped())
        return {};
    if (!brought)
        return brought;
    MessageWriter sent(static_cast<std::uint32_t>(Kind::LayerSent));
    return channel.send(sent.number(layer.number));
}

} // namespace

Result<void> LayerPipe::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_pipe.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        m_isDropped = written < 0 && errno == EPIPE;
        if (written < 0)
            return failErrno("cannot pass the layer on");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void LayerPipe::received(std::uint64_t bytes) const {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Received));
    // When the helper has gone, so will this process be soon.
    (void)m_channel.send(message.number(m_number).number(bytes));
}

Result<void> serveLayers(const MessageChannel& channel, const BringLayer& bring, const TakeMessage& other) {
    for (;;) {
        auto message = channel.receive();
        // Nothing of ours outlives the process, so threads that wait for the network or a pipe just go with
        // it.
        if (!message)
            ::_exit(0);
        if (message->kind() != static_cast<std::uint32_t>(Kind::WantLayer)) {
            TRY(other(*message));
            continue;
        }
        TRY_ASSIGN(auto request, readLayerRequest(*message));
        // A function object must be copyable, a descriptor is not.
        auto pipe = std::make_shared<UniqueFd>(std::move(request.second));
        TRY_ASSIGN(std::thread thread,
                   startThread([&channel, &bring, layer = std::move(request.first), pipe] {
                       if (const auto sent = sendLayer(channel, bring, layer, std::move(*pipe)); !sent)
                           (void)sendError(channel, sent.error());
                   }));
        thread.detach();
    }
}

Result<void> takeNoOther(Message& message) {
    return fail(ErrorCode::Internal, "an unexpected message " + kindName(message.kind()));
}

} // namespace escale::worker
