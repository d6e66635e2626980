#include "helper/worker/files_worker.h"

#include "helper/worker/protocol.h"

#include <algorithm>

namespace escale {
namespace {

using worker::FilesRequest;
using worker::FilesTask;
using worker::FilesTotals;
using worker::Kind;

// An array of the message bus holds 64 MiB.
constexpr std::size_t kMostChangesBytes = 56u << 20;

tl::unexpected<Error> unexpected(Message& message) {
    if (message.kind() == static_cast<std::uint32_t>(Kind::Failed))
        return fail(worker::readError(message));
    return fail(ErrorCode::Untrusted,
                "the worker sent an unexpected message " + worker::kindName(message.kind()));
}

/// Reads messages until FilesDone; `take` gets the others.
Result<FilesTotals> readToEnd(WorkerProcess& process, const Cancellation& cancellation,
                              const std::function<Result<void>(Message&)>& take) {
    for (;;) {
        TRY_ASSIGN(Message message, process.receive(cancellation));
        if (message.kind() == static_cast<std::uint32_t>(Kind::FilesDone))
            return worker::readFilesDone(message);
        TRY(take(message));
    }
}

Result<FilesTotals> followStream(WorkerProcess& process, const FilesProgress& progress,
                                 const Cancellation& cancellation) {
    return readToEnd(process, cancellation, [&](Message& message) -> Result<void> {
        if (message.kind() != static_cast<std::uint32_t>(Kind::FilesMoved))
            return unexpected(message);
        TRY_ASSIGN(const std::uint64_t bytes, message.number());
        TRY(message.end());
        if (progress)
            progress(bytes);
        return {};
    });
}

/// What somebody waits for, and ends soon unless a server is dead.
bool isShort(const FilesRequest& request) {
    return request.task == FilesTask::Stat || request.task == FilesTask::List ||
           request.task == FilesTask::MakeFolder || request.task == FilesTask::Move ||
           (request.task == FilesTask::SetAttributes && !request.change.isRecursive);
}

} // namespace

Result<WorkerProcess> FilesWorker::start(const FilesRequest& request,
                                         const worker::FilesDescriptors& descriptors) const {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "files"));
    if (isShort(request))
        process.setPatience(m_patience);
    TRY(worker::sendFiles(process.channel(), request, descriptors));
    return process;
}

Result<FileEntry> FilesWorker::stat(const FilesRoot& root, const std::string& path, bool follow) const {
    FilesRequest request;
    request.path = path;
    request.follow = follow;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, -1, -1}));
    FileEntry entry;
    TRY(readToEnd(process, Cancellation(), [&](Message& message) -> Result<void> {
        if (message.kind() != static_cast<std::uint32_t>(Kind::FoundFile))
            return unexpected(message);
        TRY_ASSIGN(entry, worker::readFound(message));
        return {};
    }));
    return entry;
}

Result<FileList> FilesWorker::list(const FilesRoot& root, const std::string& path) const {
    FilesRequest request;
    request.task = FilesTask::List;
    request.path = path;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, -1, -1}));
    FileList list;
    std::size_t bytes = 0;
    TRY_ASSIGN(const FilesTotals totals,
               readToEnd(process, Cancellation(), [&](Message& message) -> Result<void> {
                   if (message.kind() != static_cast<std::uint32_t>(Kind::FoundFile))
                       return unexpected(message);
                   TRY_ASSIGN(FileEntry entry, worker::readFound(message));
                   bytes += entry.name.size() + entry.linkTarget.size();
                   if (list.entries.size() >= worker::kMostListed || bytes > kMostListedBytes)
                       return fail(ErrorCode::Untrusted, "the worker lists too many files");
                   list.entries.push_back(std::move(entry));
                   return {};
               }));
    list.isCut = totals.isCut;
    return list;
}

Result<FilesTotals> FilesWorker::copyIn(const FilesRoot& root, const std::string& path,
                                        const ExtractOptions& options, int input,
                                        const FilesProgress& progress,
                                        const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::CopyIn;
    request.path = path;
    request.extract = options;
    return runToEnd(root, request, progress, cancellation, input);
}

Result<std::vector<FileChange>> FilesWorker::changes(int upper, int layersFolder,
                                                     std::vector<std::string> layers,
                                                     const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Changes;
    request.layers = std::move(layers);
    TRY_ASSIGN(WorkerProcess process, start(request, {upper, -1, -1, layersFolder}));
    std::vector<FileChange> changes;
    std::size_t bytes = 0;
    TRY(readToEnd(process, cancellation, [&](Message& message) -> Result<void> {
        if (message.kind() != static_cast<std::uint32_t>(Kind::FoundChanges))
            return unexpected(message);
        const std::size_t before = changes.size();
        TRY(worker::takeChanges(message, changes));
        for (std::size_t i = before; i < changes.size(); ++i)
            bytes += changes[i].path.size() + sizeof(FileChange);
        if (bytes > kMostChangesBytes)
            return fail(ErrorCode::Unsupported, "the container has changed too many files to list them");
        return {};
    }));
    return changes;
}

Result<void> FilesWorker::watch(int upper, int layersFolder, std::vector<std::string> layers, int output,
                                const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Watch;
    request.layers = std::move(layers);
    TRY_ASSIGN(WorkerProcess process, start(request, {upper, -1, output, layersFolder}));
    TRY(followStream(process, {}, cancellation));
    return {};
}

Result<FilesTotals> FilesWorker::archiveLayer(const FilesRoot& upper, int output,
                                              const FilesProgress& progress, const Cancellation& cancellation,
                                              const ArchiveOptions& options) const {
    FilesRequest request;
    request.task = FilesTask::Layer;
    request.archive = options;
    return runToEnd(upper, request, progress, cancellation, output);
}

Result<FilesTotals> FilesWorker::copyTree(const FilesRoot& root, int source,
                                          const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::CopyTree;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, -1, source}));
    return followStream(process, {}, cancellation);
}

std::function<Result<void>(int, int, int, const Cancellation&)> copyTree(std::string workerProgram) {
    return [worker = FilesWorker(std::move(workerProgram))](
               int source, int target, int userNamespace, const Cancellation& cancellation) -> Result<void> {
        TRY(worker.copyTree({target, userNamespace}, source, cancellation));
        return {};
    };
}

Result<FilesTotals> FilesWorker::runToEnd(const FilesRoot& root, const FilesRequest& request,
                                          const FilesProgress& progress, const Cancellation& cancellation,
                                          int stream) const {
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, stream, -1}));
    return followStream(process, progress, cancellation);
}

Result<void> FilesWorker::makeFolder(const FilesRoot& root, const std::string& path) const {
    FilesRequest request;
    request.task = FilesTask::MakeFolder;
    request.path = path;
    TRY(runToEnd(root, request));
    return {};
}

Result<void> FilesWorker::move(const FilesRoot& root, const std::string& from, const std::string& to) const {
    FilesRequest request;
    request.task = FilesTask::Move;
    request.path = from;
    request.name = to;
    TRY(runToEnd(root, request));
    return {};
}

Result<void> FilesWorker::remove(const FilesRoot& root, const std::string& path,
                                 const FilesProgress& progress, const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Remove;
    request.path = path;
    TRY(runToEnd(root, request, progress, cancellation));
    return {};
}

Result<void> FilesWorker::setAttributes(const FilesRoot& root, const std::string& path,
                                        const AttributeChange& change) const {
    FilesRequest request;
    request.task = FilesTask::SetAttributes;
    request.path = path;
    request.change = change;
    TRY(runToEnd(root, request));
    return {};
}

Result<FilesTotals> FilesWorker::search(const FilesRoot& root, const SearchRequest& what, int output,
                                        const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Search;
    request.path = what.path;
    request.name = what.text;
    return runToEnd(root, request, {}, cancellation, output);
}

Result<TreeSize> FilesWorker::measure(const FilesRoot& root, const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Measure;
    TRY_ASSIGN(const FilesTotals totals, runToEnd(root, request, {}, cancellation));
    return TreeSize{totals.bytes, totals.entries};
}

FilesWorker::OutOptions FilesWorker::backupOptions(LayerCompression compression) {
    return {.name = ".", .archive = {.compression = compression, .isBackup = true}};
}

ExtractOptions FilesWorker::restoreOptions() {
    return {.isBackup = true};
}

Result<FilesWorker::Out> FilesWorker::copyOut(const FilesRoot& root, const std::string& path,
                                              const OutOptions& options, int output,
                                              const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::CopyOut;
    request.path = path;
    request.follow = options.follow;
    request.contentOnly = options.contentOnly;
    request.name = options.name;
    request.archive = options.archive;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, output, -1}));
    TRY_ASSIGN(Message message, process.receive(cancellation));
    if (message.kind() != static_cast<std::uint32_t>(Kind::FoundFile))
        return unexpected(message);
    TRY_ASSIGN(FileEntry file, worker::readFound(message));
    return Out(std::move(process), std::move(file));
}

Result<FilesTotals> FilesWorker::Out::finish(const FilesProgress& progress,
                                             const Cancellation& cancellation) {
    return followStream(m_process, progress, cancellation);
}

} // namespace escale
