#include "engine/base/file.h"
#include "engine/build/context_receiver.h"
#include "engine/build/source_digest.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"
#include "helper/worker/root_tree.h"
#include "helper/worker/source_copy.h"
#include "helper/worker/source_protocol.h"

#include <chrono>
#include <fcntl.h>
#include <memory>

namespace escale::worker {
namespace {

constexpr std::chrono::milliseconds kTellEvery{50};

class SourceJob {
public:
    SourceJob(const MessageChannel& channel, ReceivedSource& received,
              const std::vector<ReceivedFetched>& fetched)
        : m_channel(channel)
        , m_received(received)
        , m_fetched(fetched) {}

    Result<void> run() {
        switch (m_received.kind) {
        case SourceKind::Context:
        case SourceKind::Root:
            return serve();
        case SourceKind::CopyContext:
        case SourceKind::CopyRoot:
            return copy();
        case SourceKind::MakeFolder:
            break;
        }
        TRY_ASSIGN(const CopyRequest request, takeCopy());
        TRY_ASSIGN(const bool isMade, makeWorkingFolder(request, place()));
        return sendSourceDone(m_channel, {{}, {}, isMade ? 1U : 0U});
    }

private:
    /// Until the helper has gone. What fails is told, and the next one served.
    Result<void> serve() {
        for (;;) {
            auto message = m_channel.receive();
            if (!message)
                return message.error().code == ErrorCode::Unreachable ? Result<void>()
                                                                      : fail(std::move(message).error());
            if (auto answered = answer(*message); !answered)
                TRY(sendError(m_channel, answered.error()));
        }
    }

    Result<void> answer(Message& message) {
        switch (static_cast<Kind>(message.kind())) {
        case Kind::SourceText:
            return takeText(message);
        case Kind::SourceDigest: {
            TRY(message.end());
            TRY_ASSIGN(const CopyRequest request, takeRequest());
            TRY(openTree());
            TRY_ASSIGN(const Digest digest, digestSources(*m_tree, request));
            return sendSourceDone(m_channel, {{}, digest.toString(), 0});
        }
        case Kind::SourceReceive: {
            TRY_ASSIGN(const UniqueFd socket, message.fd());
            TRY(message.end());
            return receive(socket.get());
        }
        default:
            return fail(ErrorCode::Internal, "an unexpected message " + kindName(message.kind()));
        }
    }

    Result<void> receive(int socket) {
        TRY(openTree());
        auto told = std::chrono::steady_clock::now();
        const Cancellation never; // the helper kills this process
        TRY_ASSIGN(const ContextTotals totals,
                   receiveContext(
                       m_received.folder.get(), socket, m_index,
                       [&](const ContextTotals& so) {
                           const auto now = std::chrono::steady_clock::now();
                           if (now - told < kTellEvery)
                               return;
                           told = now;
                           (void)sendSourceMoved(m_channel, so); // a helper that has gone is noticed
                       },
                       never));
        return sendSourceDone(m_channel, {totals, {}, 0});
    }

    Result<CopyRequest> takeCopy() {
        for (;;) {
            TRY_ASSIGN(Message message, m_channel.receive());
            if (message.kind() == static_cast<std::uint32_t>(Kind::SourceCopy))
                return takeRequest();
            TRY(takeText(message));
        }
    }

    Result<void> copy() {
        TRY_ASSIGN(const CopyRequest request, takeCopy());
        TRY(openTree());
        std::vector<FetchedFile> fetched;
        for (const ReceivedFetched& file : m_fetched)
            fetched.push_back({file.name, file.content.get()});
        TRY_ASSIGN(const std::uint64_t bytes, copySources(*m_tree, request, fetched, place()));
        return sendSourceDone(m_channel, {{}, {}, bytes});
    }

    [[nodiscard]] CopyPlace place() const {
        return {m_received.parent.get(), m_received.upper.get(), m_files.get()};
    }

    /// Once: nobody else changes the folder meanwhile.
    Result<void> openTree() {
        if (m_tree)
            return {};
        if (m_received.kind == SourceKind::Root || m_received.kind == SourceKind::CopyRoot) {
            m_tree = std::make_unique<RootTree>(m_received.folder.get());
            return {};
        }
        if (m_received.folder) {
            TRY_ASSIGN(m_index, loadContext(m_received.folder.get(), m_received.text));
            TRY_ASSIGN(m_files, openBeneath(m_received.folder.get(), "files", O_RDONLY | O_DIRECTORY));
        }
        m_tree = std::make_unique<ContextTree>(m_index, m_files.get());
        return {};
    }

    Result<void> takeText(Message& message) {
        if (message.kind() != static_cast<std::uint32_t>(Kind::SourceText))
            return fail(ErrorCode::Internal, "an unexpected message " + kindName(message.kind()));
        TRY_ASSIGN(const std::string text, message.text());
        TRY(message.end());
        if (m_text.size() + text.size() > kLargestCopyRequest)
            return fail(ErrorCode::Untrusted, "malformed message: a copy is too long");
        m_text += text;
        return {};
    }

    Result<CopyRequest> takeRequest() { return readCopyRequest(std::exchange(m_text, {})); }

    const MessageChannel& m_channel;
    ReceivedSource& m_received;
    const std::vector<ReceivedFetched>& m_fetched;
    ContextIndex m_index;
    UniqueFd m_files;
    std::unique_ptr<SourceTree> m_tree;
    std::string m_text;
};

} // namespace

Result<void> source(const MessageChannel& channel, ReceivedSource& received,
                    const std::vector<ReceivedFetched>& fetched) {
    return SourceJob(channel, received, fetched).run();
}

} // namespace escale::worker
