#include "engine/base/file.h"
#include "engine/image/tree_copy.h"
#include "engine/image/tree_measure.h"
#include "engine/image/tree_search.h"
#include "engine/image/upper_watch.h"
#include "helper/worker/files_protocol.h"
#include "helper/worker/jobs.h"

#include <chrono>
#include <fcntl.h>

namespace escale::worker {
namespace {

/// Tells how far it is, but not for every block.
class MovedReport {
public:
    explicit MovedReport(const MessageChannel& channel)
        : m_channel(channel) {}
    void operator()(std::uint64_t bytes) {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_told < std::chrono::milliseconds(50))
            return;
        m_told = now;
        (void)sendMoved(m_channel, bytes); // a helper that has gone is noticed by the death signal
    }

private:
    const MessageChannel& m_channel;
    std::chrono::steady_clock::time_point m_told = std::chrono::steady_clock::now();
};

Result<void> list(const MessageChannel& channel, const ReceivedFiles& received) {
    TRY_ASSIGN(const FileList found, listTree(received.root.get(), received.request.path, kMostListed));
    for (const FileEntry& entry : found.entries)
        TRY(sendFound(channel, entry));
    return sendFilesDone(channel, {0, found.entries.size(), found.isCut});
}

Result<void> copyOut(const MessageChannel& channel, ReceivedFiles& received) {
    const FilesRequest& request = received.request;
    TRY_ASSIGN(const TreeEntry entry, openTreeEntry(received.root.get(), request.path, request.follow));
    TRY(sendFound(channel, describeEntry(entry)));
    const std::string name = request.contentOnly ? "" : request.name.empty() ? entry.name : request.name;
    TRY_ASSIGN(const TreeTotals totals,
               archiveTree(entry, name, received.stream.get(), MovedReport(channel), request.archive));
    received.stream.reset();
    return sendFilesDone(channel, {totals.bytes, totals.entries, false});
}

Result<void> copyIn(const MessageChannel& channel, const ReceivedFiles& received) {
    const FilesRequest& request = received.request;
    TRY_ASSIGN(const TreeEntry entry, openTreeEntry(received.root.get(), request.path, true));
    if (!S_ISDIR(entry.info.st_mode))
        return fail(ErrorCode::InvalidArgument, "\"" + request.path + "\" is not a folder there");
    TRY_ASSIGN(const TreeTotals totals,
               extractTree(entry.fd.get(), request.extract, received.stream.get(), MovedReport(channel)));
    return sendFilesDone(channel, {totals.bytes, totals.entries, false});
}

Result<std::vector<UniqueFd>> openLayers(const ReceivedFiles& received) {
    std::vector<UniqueFd> layers;
    for (const std::string& name : received.request.layers) {
        TRY_ASSIGN(UniqueFd layer, openBeneath(received.otherFolder.get(), name, O_RDONLY | O_DIRECTORY));
        layers.push_back(std::move(layer));
    }
    return layers;
}

Result<void> watch(const MessageChannel& channel, const ReceivedFiles& received) {
    TRY_ASSIGN(const auto layers, openLayers(received));
    TRY(watchUpper(received.root.get(), layers, received.stream.get()));
    return sendFilesDone(channel, {});
}

Result<void> compare(const MessageChannel& channel, const ReceivedFiles& received) {
    TRY_ASSIGN(const auto layers, openLayers(received));
    TRY_ASSIGN(const auto changes, overlayChanges(received.root.get(), layers));
    TRY(sendChanges(channel, changes));
    return sendFilesDone(channel, {0, changes.size(), false});
}

Result<void> change(const MessageChannel& channel, const ReceivedFiles& received) {
    const int root = received.root.get();
    const FilesRequest& request = received.request;
    std::uint64_t count = 1;
    switch (request.task) {
    case FilesTask::MakeFolder:
        TRY(makeFolderAt(root, request.path));
        break;
    case FilesTask::Move:
        TRY(moveAt(root, request.path, request.name));
        break;
    case FilesTask::Remove:
        TRY(removeAt(root, request.path, MovedReport(channel)));
        break;
    default: {
        TRY_ASSIGN(count, setAttributesAt(root, request.path, request.change));
    }
    }
    return sendFilesDone(channel, {0, count, false});
}

Result<void> search(const MessageChannel& channel, ReceivedFiles& received) {
    TRY_ASSIGN(const std::uint64_t found,
               searchTree(received.root.get(), {received.request.path, received.request.name},
                          received.stream.get()));
    received.stream.reset();
    return sendFilesDone(channel, {0, found, found == kMostFound});
}

} // namespace

Result<void> files(const MessageChannel& channel, ReceivedFiles& received) {
    switch (received.request.task) {
    case FilesTask::Stat: {
        TRY_ASSIGN(const TreeEntry entry,
                   openTreeEntry(received.root.get(), received.request.path, received.request.follow));
        TRY(sendFound(channel, describeEntry(entry)));
        return sendFilesDone(channel, {0, 1, false});
    }
    case FilesTask::List:
        return list(channel, received);
    case FilesTask::CopyOut:
        return copyOut(channel, received);
    case FilesTask::CopyIn:
        return copyIn(channel, received);
    case FilesTask::Layer: {
        TRY_ASSIGN(const TreeTotals totals, archiveLayer(received.root.get(), received.stream.get(),
                                                         MovedReport(channel), received.request.archive));
        received.stream.reset();
        return sendFilesDone(channel, {totals.bytes, totals.entries, false});
    }
    case FilesTask::CopyTree: {
        TRY_ASSIGN(const CopiedTree copied, copyFolder(received.otherFolder.get(), received.root.get()));
        return sendFilesDone(channel, {copied.bytes, copied.entries, false});
    }
    case FilesTask::MakeFolder:
    case FilesTask::Move:
    case FilesTask::Remove:
    case FilesTask::SetAttributes:
        return change(channel, received);
    case FilesTask::Search:
        return search(channel, received);
    case FilesTask::Measure: {
        TRY_ASSIGN(const TreeSize size, measureTree(received.root.get()));
        return sendFilesDone(channel, {size.bytes, size.files, false});
    }
    case FilesTask::Watch:
        return watch(channel, received);
    case FilesTask::Changes:
        break;
    }
    return compare(channel, received);
}

} // namespace escale::worker
