#include "helper/service/files_calls.h"

#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"

#include <QDBusUnixFileDescriptor>

namespace escale {
namespace {

bool followsLink(const Call& call) {
    return call.options().value(QStringLiteral("follow-link")).toBool();
}

} // namespace

dbus::FileEntry toBus(const FileEntry& entry) {
    return {toQString(entry.name),      entry.mode, entry.size, entry.modified, entry.owner, entry.group,
            toQString(entry.linkTarget)};
}

FilesProgress reporting(JobProgress& progress, quint64 total) {
    return [&progress, total](std::uint64_t done) {
        progress.report({done, total == 0 ? 0 : std::max<quint64>(total, done), {}});
    };
}

FilesCalls::FilesCalls(Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {}

void FilesCalls::answer(const CallPointer& call, const Find& find, const Query& query) {
    answerFrom(m_parts.pool, call, [find, query]() -> Result<QVariantList> {
        TRY_ASSIGN(const FilesPlace place, find());
        TRY_ASSIGN(const OpenFiles files, place.open({}, Cancellation()));
        return query(files.root);
    });
}

void FilesCalls::answerChange(const CallPointer& call, const Find& find, const Change& change) {
    answerFrom(m_parts.pool, call, [find, change]() -> Result<QVariantList> {
        TRY_ASSIGN(const FilesPlace place, find());
        if (place.readOnly)
            return fail(*place.readOnly);
        const Cancellation never;
        JobProgress nobody;
        TRY_ASSIGN(const OpenFiles files, place.open({}, never));
        TRY(change(files.root, nobody, never));
        if (place.changed)
            place.changed();
        return QVariantList();
    });
}

void FilesCalls::findFirst(const CallPointer& call, const Find& find,
                           std::function<void(const FilesPlace&)> begin) {
    m_parts.pool.start([this, call, find, begin = std::move(begin)] {
        const auto found = find();
        if (found)
            QMetaObject::invokeMethod(
                this, [begin, place = *found] { begin(place); }, Qt::QueuedConnection);
        else
            call->refuse(found.error());
    });
}

void FilesCalls::startChange(const CallPointer& call, const Find& find, const QString& kind,
                             const std::string& action, const Change& change) {
    findFirst(call, find, [this, call, kind, action, change](const FilesPlace& place) {
        if (place.readOnly) {
            call->refuse(*place.readOnly);
            return;
        }
        const auto job =
            m_parts.jobs.start({call->owner(), kind, place.name},
                               [place, action, change](JobProgress& progress,
                                                       const Cancellation& cancellation) -> Result<QString> {
                                   TRY_ASSIGN(const OpenFiles files, place.open(action, cancellation));
                                   const auto done = change(files.root, progress, cancellation);
                                   if (place.changed)
                                       place.changed(); // what was done before an error stays
                                   TRY(done);
                                   return place.id;
                               });
        answerWithJob(call, job);
    });
}

void FilesCalls::stat(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    if (!path) {
        call->refuse(path.error());
        return;
    }
    answer(call, find,
           [this, path = *path, follow = followsLink(*call)](const FilesRoot& root) -> Result<QVariantList> {
               TRY_ASSIGN(const FileEntry entry, m_parts.worker.stat(root, path, follow));
               return QVariantList{QVariant::fromValue(toBus(entry))};
           });
}

void FilesCalls::list(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    if (!path) {
        call->refuse(path.error());
        return;
    }
    answer(call, find, [this, path = *path](const FilesRoot& root) -> Result<QVariantList> {
        TRY_ASSIGN(const FileList found, m_parts.worker.list(root, path));
        dbus::FileEntries entries;
        entries.reserve(static_cast<qsizetype>(found.entries.size()));
        for (const FileEntry& entry : found.entries)
            entries.append(toBus(entry));
        return QVariantList{QVariant::fromValue(entries), found.isCut};
    });
}

void FilesCalls::copyOut(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    const auto name = checkEntryName(call->options().value(QStringLiteral("name")).toString());
    if (!path || !name) {
        call->refuse(!path ? path.error() : name.error());
        return;
    }
    sendArchive(call, find,
                {.kind = QStringLiteral("copy-out"),
                 .action = "archive-path",
                 .path = *path,
                 .options = {.follow = followsLink(*call), .name = *name}});
}

void FilesCalls::sendArchive(const CallPointer& call, const Find& find, const Sending& sending) {
    findFirst(call, find, [this, call, sending](const FilesPlace& place) {
        const auto reply = std::make_shared<PipeReply>(call);
        const auto job = m_parts.jobs.start(
            {call->owner(), sending.kind, place.name},
            [this, place, sending, reply](JobProgress& progress,
                                          const Cancellation& cancellation) -> Result<QString> {
                auto done = [&]() -> Result<void> {
                    TRY_ASSIGN(const OpenFiles files, place.open(sending.action, cancellation));
                    return send(files.root, sending, *reply, progress, cancellation);
                }();
                if (!done) {
                    reply->refuse(done.error());
                    return fail(std::move(done).error());
                }
                return place.id;
            });
        reply->setJob(job.map([](const auto& started) { return started->path(); }));
    });
}

Result<void> FilesCalls::send(const FilesRoot& root, const Sending& sending, PipeReply& reply,
                              JobProgress& progress, const Cancellation& cancellation, quint64 total) const {
    TRY_ASSIGN(Pipe pipe, Pipe::make());
    TRY_ASSIGN(auto out,
               m_parts.worker.copyOut(root, sending.path, sending.options, pipe.writing.get(), cancellation));
    pipe.writing.reset(); // the worker's is the last: its end is the archive's
    reply.send(pipe.reading,
               sending.tellsFile ? QVariantList{QVariant::fromValue(toBus(out.file()))} : QVariantList());
    pipe.reading.reset();
    TRY(out.finish(reporting(progress, total), cancellation));
    return {};
}

void FilesCalls::copyIn(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    auto archive = takeReadable(call->arguments().at(2).value<QDBusUnixFileDescriptor>());
    const auto owner = copiedOwner(call->options());
    if (!path || !archive || !owner) {
        call->refuse(!path ? path.error() : !archive ? archive.error() : owner.error());
        return;
    }
    ExtractOptions options;
    options.keepKinds = call->options().value(QStringLiteral("no-overwrite-dir-non-dir")).toBool();
    options.owner = *owner;
    const auto input = std::make_shared<const UniqueFd>(*std::move(archive));
    startChange(
        call, find, QStringLiteral("copy-in"), "extract-to-dir",
        [this, path = *path, options, input](const FilesRoot& root, JobProgress& progress,
                                             const Cancellation& cancellation) -> Result<void> {
            TRY(m_parts.worker.copyIn(root, path, options, input->get(), reporting(progress), cancellation));
            return {};
        });
}

} // namespace escale
