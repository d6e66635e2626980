#include "helper/worker/container_files.h"

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

} // namespace

Result<WorkerProcess> ContainerFiles::start(const FilesRequest& request,
                                            const worker::FilesDescriptors& descriptors) const {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "files"));
    TRY(worker::sendFiles(process.channel(), request, descriptors));
    return process;
}

Result<FileEntry> ContainerFiles::stat(const FilesRoot& root, const std::string& path, bool follow) const {
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

Result<FileList> ContainerFiles::list(const FilesRoot& root, const std::string& path) const {
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

Result<FilesTotals> ContainerFiles::copyIn(const FilesRoot& root, const std::string& path,
                                           const ExtractOptions& options, int input,
                                           const FilesProgress& progress,
                                           const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::CopyIn;
    request.path = path;
    request.extract = options;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, input, -1}));
    return followStream(process, progress, cancellation);
}

Result<std::vector<FileChange>> ContainerFiles::changes(int upper, int layersFolder,
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

Result<FilesTotals> ContainerFiles::archiveLayer(const FilesRoot& upper, int output,
                                                 const FilesProgress& progress,
                                                 const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::Layer;
    TRY_ASSIGN(WorkerProcess process, start(request, {upper.directory, upper.userNamespace, output, -1}));
    return followStream(process, progress, cancellation);
}

Result<ContainerFiles::Out> ContainerFiles::copyOut(const FilesRoot& root, const std::string& path,
                                                    const OutOptions& options, int output,
                                                    const Cancellation& cancellation) const {
    FilesRequest request;
    request.task = FilesTask::CopyOut;
    request.path = path;
    request.follow = options.follow;
    request.contentOnly = options.contentOnly;
    request.name = options.name;
    TRY_ASSIGN(WorkerProcess process, start(request, {root.directory, root.userNamespace, output, -1}));
    TRY_ASSIGN(Message message, process.receive(cancellation));
    if (message.kind() != static_cast<std::uint32_t>(Kind::FoundFile))
        return unexpected(message);
    TRY_ASSIGN(FileEntry file, worker::readFound(message));
    return Out(std::move(process), std::move(file));
}

Result<FilesTotals> ContainerFiles::Out::finish(const FilesProgress& progress,
                                                const Cancellation& cancellation) {
    return followStream(m_process, progress, cancellation);
}

} // namespace escale
