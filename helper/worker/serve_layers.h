// Sends the layers that the helper asks for into its pipes, each on a thread of its own: the part of a worker
// that is the same wherever the layers come from. The helper decides how many at a time.
#pragma once

#include "helper/worker/protocol.h"

#include <functional>
#include <span>

namespace escale::worker {

/// Where a layer goes.
class LayerPipe {
public:
    LayerPipe(const MessageChannel& channel, std::uint64_t number, UniqueFd pipe)
        : m_channel(channel)
        , m_number(number)
        , m_pipe(std::move(pipe)) {}
    /// Waits while the pipe is full. Unreachable when nobody reads any more.
    Result<void> write(std::string_view bytes);
    /// Tells the helper how many bytes have been got so far.
    void received(std::uint64_t bytes) const;
    [[nodiscard]] bool isDropped() const { return m_isDropped; }

private:
    const MessageChannel& m_channel;
    std::uint64_t m_number;
    UniqueFd m_pipe;
    bool m_isDropped = false;
};

/// Brings all of a layer's bytes; called on several threads at once.
using BringLayer = std::function<Result<void>(const LayerRequest&, LayerPipe&)>;
/// Does what a message other than WantLayer asks for.
using TakeMessage = std::function<Result<void>(Message&)>;

/// Returns only with an error of `other`: the process ends with the channel.
Result<void> serveLayers(const MessageChannel& channel, const BringLayer& bring, const TakeMessage& other);
/// For a worker whose answers are the layers alone.
Result<void> takeNoOther(Message& message);

} // namespace escale::worker
