#include "helper/service/container_files_service.h"

#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"

#include <QDBusUnixFileDescriptor>
#include <QThreadPool>

namespace escale {
namespace {

dbus::FileEntry toBus(const FileEntry& entry) {
    return {toQString(entry.name),      entry.mode, entry.size, entry.modified, entry.owner, entry.group,
            toQString(entry.linkTarget)};
}

FilesRoot rootOf(const ContainerRoot& root) {
    return {root.directory(), root.userNamespace()};
}

bool followsLink(const Call& call) {
    return call.options().value(QStringLiteral("follow-link")).toBool();
}

FilesProgress reporting(JobProgress& progress) {
    return [&progress](std::uint64_t bytes) { progress.report({bytes, 0, {}}); };
}

} // namespace

ContainerFilesService::ContainerFilesService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (ContainerFilesService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Containers", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    handle("StatFile", &ContainerFilesService::statFile);
    handle("ListFiles", &ContainerFilesService::listFiles);
    handle("Changes", &ContainerFilesService::changes);
    handle("CopyOut", &ContainerFilesService::copyOut);
    handle("CopyIn", &ContainerFilesService::copyIn);
    handle("Export", &ContainerFilesService::exportAll);
}

void ContainerFilesService::statFile(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    const auto path = checkPathInside(call->arguments().at(1).toString());
    if (!id || !path) {
        call->refuse(!id ? id.error() : path.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), id = *id, path = *path,
                follow = followsLink(*call)]() -> Result<QVariantList> {
                   TRY_ASSIGN(const ContainerRoot root, m_parts.containers.openRoot(owner, id));
                   TRY_ASSIGN(const FileEntry entry, m_parts.files.stat(rootOf(root), path, follow));
                   return QVariantList{QVariant::fromValue(toBus(entry))};
               });
}

void ContainerFilesService::listFiles(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    const auto path = checkPathInside(call->arguments().at(1).toString());
    if (!id || !path) {
        call->refuse(!id ? id.error() : path.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), id = *id, path = *path]() -> Result<QVariantList> {
                   TRY_ASSIGN(const ContainerRoot root, m_parts.containers.openRoot(owner, id));
                   TRY_ASSIGN(const FileList found, m_parts.files.list(rootOf(root), path));
                   dbus::FileEntries entries;
                   for (const FileEntry& entry : found.entries)
                       entries.append(toBus(entry));
                   return QVariantList{QVariant::fromValue(entries), found.isCut};
               });
}

void ContainerFilesService::changes(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), id = *id]() -> Result<QVariantList> {
        TRY_ASSIGN(ContainerLayers layers, m_parts.containers.openLayers(owner, id));
        TRY_ASSIGN(const auto found, m_parts.files.changes(layers.upper.get(), layers.layersFolder.get(),
                                                           std::move(layers.layers), Cancellation()));
        dbus::FileChanges list;
        list.reserve(static_cast<qsizetype>(found.size()));
        for (const FileChange& change : found)
            list.append({toQString(change.path), static_cast<uchar>(change.kind)});
        return QVariantList{QVariant::fromValue(list)};
    });
}

void ContainerFilesService::findFirst(const CallPointer& call, std::function<void(const Container&)> begin) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    m_parts.pool.start([this, call, id = *id, begin = std::move(begin)] {
        const auto found = m_parts.containers.find(call->owner(), id);
        if (found)
            QMetaObject::invokeMethod(
                this, [begin, container = *found] { begin(container); }, Qt::QueuedConnection);
        else
            call->refuse(found.error());
    });
}

void ContainerFilesService::copyOut(const CallPointer& call) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    const auto name = checkEntryName(call->options().value(QStringLiteral("name")).toString());
    if (!path || !name) {
        call->refuse(!path ? path.error() : name.error());
        return;
    }
    sendArchive(call,
                {QStringLiteral("copy-out"), "archive-path", *path, {followsLink(*call), false, *name}});
}

void ContainerFilesService::exportAll(const CallPointer& call) {
    sendArchive(call, {QStringLiteral("export"), "export", "/", {false, true, {}}});
}

void ContainerFilesService::sendArchive(const CallPointer& call, const Sending& sending) {
    findFirst(call, [this, call, sending](const Container& container) {
        const auto reply = std::make_shared<PipeReply>(call);
        const auto job = m_parts.jobs.start(
            {call->owner(), sending.kind, toQString(container.options.name)},
            [this, container, sending, reply](JobProgress& progress, const Cancellation& cancellation) {
                auto done = runSending(container, sending, *reply, progress, cancellation);
                if (!done)
                    reply->refuse(done.error());
                return done;
            });
        reply->setJob(job.map([](const auto& started) { return started->path(); }));
    });
}

Result<QString> ContainerFilesService::runSending(const Container& container, const Sending& sending,
                                                  PipeReply& reply, JobProgress& progress,
                                                  const Cancellation& cancellation) {
    TRY_ASSIGN(const ContainerRoot root,
               m_parts.containers.openRoot(container.owner, container.id, sending.action));
    TRY_ASSIGN(Pipe pipe, Pipe::make());
    TRY_ASSIGN(auto out, m_parts.files.copyOut(rootOf(root), sending.path, sending.options,
                                               pipe.writing.get(), cancellation));
    pipe.writing.reset(); // the worker's is the last: its end is the archive's
    // Of an export there is no file to tell of.
    reply.send(pipe.reading, sending.options.contentOnly
                                 ? QVariantList()
                                 : QVariantList{QVariant::fromValue(toBus(out.file()))});
    pipe.reading.reset();
    TRY(out.finish(reporting(progress), cancellation));
    return toQString(container.id);
}

void ContainerFilesService::copyIn(const CallPointer& call) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    auto archive = takeReadable(call->arguments().at(2).value<QDBusUnixFileDescriptor>());
    const auto owner = copiedOwner(call->options());
    if (!path || !archive || !owner) {
        call->refuse(!path ? path.error() : !archive ? archive.error() : owner.error());
        return;
    }
    const ExtractOptions options{call->options().value(QStringLiteral("no-overwrite-dir-non-dir")).toBool(),
                                 *owner};
    const auto input = std::make_shared<const UniqueFd>(*std::move(archive));
    findFirst(call, [this, call, path = *path, options, input](const Container& container) {
        if (container.options.readOnly) {
            call->refuse(Error{ErrorCode::WrongState,
                               "the container " + container.options.name + " has a read-only file system",
                               {},
                               {}});
            return;
        }
        const auto job = m_parts.jobs.start(
            {call->owner(), QStringLiteral("copy-in"), toQString(container.options.name)},
            [this, container, path, options, input](JobProgress& progress,
                                                    const Cancellation& cancellation) -> Result<QString> {
                TRY_ASSIGN(const ContainerRoot root,
                           m_parts.containers.openRoot(container.owner, container.id, "extract-to-dir"));
                TRY(m_parts.files.copyIn(rootOf(root), path, options, input->get(), reporting(progress),
                                         cancellation));
                return toQString(container.id);
            });
        answerWithJob(call, job);
    });
}

} // namespace escale
