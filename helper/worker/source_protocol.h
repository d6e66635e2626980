// The words between the helper and a worker that takes files from a folder (source_worker.h).
//
//   helper                                  escale-worker source
//     |-- Source (kind, folders) -------------->|  confines itself to these
//   kind Context, Root: many of the following
//     |-- SourceReceive (socket) -------------->|
//     |<-- SourceMoved* ------------------------|
//     |<-- SourceDone (totals) -----------------|
//     |-- SourceText*, SourceDigest ----------->|  the request, in pieces
//     |<-- SourceDone (text) -------------------|
//   kind CopyContext, CopyRoot: one
//     |-- SourceFetched*, SourceText*, SourceCopy -->|
//     |<-- SourceDone (bytes) ------------------|  ends
//   kind MakeFolder: of the request the target and its owner
//     |-- SourceText*, SourceCopy ------------->|
//     |<-- SourceDone --------------------------|  ends
//
// In place of any answer: Failed, as in protocol.h; a Context or Root goes on after that.
#pragma once

#include "engine/base/message_channel.h"
#include "engine/build/build_operations.h"
#include "engine/build/context_receiver.h"

#include <string>
#include <vector>

namespace escale::worker {

enum class SourceKind : std::uint8_t { Context, Root, CopyContext, CopyRoot, MakeFolder };

/// Borrowed; -1: nothing.
struct SourceDescriptors {
    int folder = -1; // of the context, or the root
    int userNamespace = -1;
    int parent = -1, upper = -1; // of what is copied on
};

/// What the worker has got to work with.
struct ReceivedSource {
    SourceKind kind = SourceKind::Context;
    std::string text;        // Context: the machine's start (boot_id)
    std::size_t fetched = 0; // as many SourceFetched follow, before anything else
    UniqueFd folder, userNamespace, parent, upper;
};

struct ReceivedFetched {
    std::string name;
    UniqueFd content;
};

/// Every answer's fields; each has its own.
struct SourceAnswer {
    ContextTotals totals;
    std::string text;
    std::uint64_t bytes = 0; // of a copy; MakeFolder: 1 when it was made
};

Result<void> sendSource(const MessageChannel& channel, SourceKind kind, const std::string& text,
                        std::size_t fetched, const SourceDescriptors& descriptors);
Result<ReceivedSource> readSource(Message& message);
Result<void> sendFetched(const MessageChannel& channel, const std::string& name, int content);
Result<ReceivedFetched> readFetched(Message& message);

/// The request in pieces, then `kind` (SourceDigest, SourceCopy). InvalidArgument: it is too long.
Result<void> sendCopyRequest(const MessageChannel& channel, std::uint32_t kind, const CopyRequest& request);
/// Of the pieces together. Untrusted.
std::string writeCopyRequest(const CopyRequest& request);
Result<CopyRequest> readCopyRequest(std::string_view bytes);
constexpr std::size_t kLargestCopyRequest = 16u << 20;

Result<void> sendSourceMoved(const MessageChannel& channel, const ContextTotals& totals);
Result<ContextTotals> readSourceMoved(Message& message);
Result<void> sendSourceDone(const MessageChannel& channel, const SourceAnswer& answer);
Result<SourceAnswer> readSourceDone(Message& message);

} // namespace escale::worker
