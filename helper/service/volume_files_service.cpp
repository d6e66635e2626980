#include "helper/service/volume_files_service.h"

#include "engine/base/log.h"
#include "engine/base/user_namespace.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"
#include "helper/validation/volume_files_options.h"
#include "helper/validation/volume_options.h"

#include <QDBusUnixFileDescriptor>

namespace escale {

Result<std::unique_ptr<VolumeFilesService>> VolumeFilesService::open(Dispatcher& dispatcher, Parts parts,
                                                                     const std::string& pausedFolder) {
    TRY_ASSIGN(auto paused, PausedContainers::open(parts.containers, pausedFolder));
    return std::unique_ptr<VolumeFilesService>(
        new VolumeFilesService(dispatcher, std::move(parts), std::move(paused)));
}

VolumeFilesService::VolumeFilesService(Dispatcher& dispatcher, Parts parts,
                                       std::unique_ptr<PausedContainers> paused)
    : m_parts(std::move(parts))
    , m_paused(std::move(paused))
    , m_calls({m_parts.jobs, m_parts.pool, m_parts.files}) {
    const auto named = [&dispatcher](const char* member, auto method) {
        dispatcher.handle("org.escale.Engine1.Volumes", member, [method](const CallPointer& call) {
            const auto name = checkVolumeName(call->arguments().at(0).toString());
            if (name)
                method(call, *name);
            else
                call->refuse(name.error());
        });
    };
    const auto inside = [&](const char* member, auto method) {
        named(member, [this, method](const CallPointer& call, const std::string& name) {
            method(call, [this, owner = call->owner(), name] { return placeOf(owner, name); });
        });
    };
    inside("StatFile", [this](const CallPointer& call, const Find& find) { m_calls.stat(call, find); });
    inside("ListFiles", [this](const CallPointer& call, const Find& find) { m_calls.list(call, find); });
    inside("CopyOut", [this](const CallPointer& call, const Find& find) { m_calls.copyOut(call, find); });
    inside("CopyIn", [this](const CallPointer& call, const Find& find) { m_calls.copyIn(call, find); });
    inside("MakeFolder", [this](const CallPointer& call, const Find& find) { makeFolder(call, find); });
    inside("MoveFile", [this](const CallPointer& call, const Find& find) { moveFile(call, find); });
    inside("RemoveFiles", [this](const CallPointer& call, const Find& find) { removeFiles(call, find); });
    inside("SetAttributes", [this](const CallPointer& call, const Find& find) { setAttributes(call, find); });
    inside("SearchFiles", [this](const CallPointer& call, const Find& find) { searchFiles(call, find); });
    named("Backup", [this](const CallPointer& call, const std::string& name) { backup(call, name); });
    named("Restore", [this](const CallPointer& call, const std::string& name) { restore(call, name); });
    dispatcher.handle("org.escale.Engine1.Volumes", "Measure",
                      [this](const CallPointer& call) { measure(call); });
}

Result<OpenFiles> VolumeFilesService::openFiles(const VolumeRecord& record, const Cancellation& cancellation,
                                                bool mayGo) {
    struct Held {
        Volumes& volumes;
        VolumeRecord record;
        std::string user; // empty: the volume is not kept
        UniqueFd folder, ids;
        ~Held() {
            folder.reset(); // before what it shows is unmounted
            if (user.empty())
                return;
            if (auto released = volumes.release(record, user); !released)
                logWarning(released.error().text());
        }
    };
    const bool isKept = !mayGo || volumeKind(record) != VolumeKind::Local;
    const std::string user = isKept ? kLookPrefix + std::to_string(++m_lastUser) : std::string();
    TRY_ASSIGN(const std::uint32_t base, m_parts.store.idRangeOf(record.owner));
    TRY_ASSIGN(UniqueFd ids, makeUserNamespace(base));
    if (isKept)
        TRY(volumes().acquire(record, user, cancellation));
    const std::shared_ptr<Held> held(new Held{volumes(), record, user, {}, std::move(ids)});
    TRY_ASSIGN(held->folder, volumes().openContent(record, base));
    return OpenFiles{{held->folder.get(), held->ids.get()}, held};
}

Result<FilesPlace> VolumeFilesService::placeOf(uid_t owner, const std::string& name) {
    TRY_ASSIGN(const VolumeRecord record, volumes().find(owner, name));
    FilesPlace place{toQString(record.name), toQString(record.name),
                     [this, record](const std::string&, const Cancellation& cancellation) {
                         return openFiles(record, cancellation);
                     },
                     std::nullopt};
    place.changed = [this, owner, name = record.name] { m_parts.changed(owner, name); };
    return place;
}

void VolumeFilesService::makeFolder(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    if (!path) {
        call->refuse(path.error());
        return;
    }
    m_calls.answerChange(call, find, [this, path = *path](const FilesRoot& root, auto&&...) {
        return m_parts.files.makeFolder(root, path);
    });
}

void VolumeFilesService::moveFile(const CallPointer& call, const Find& find) {
    const auto from = checkPathInside(call->arguments().at(1).toString());
    const auto to = checkPathInside(call->arguments().at(2).toString());
    if (!from || !to) {
        call->refuse(!from ? from.error() : to.error());
        return;
    }
    m_calls.answerChange(call, find, [this, from = *from, to = *to](const FilesRoot& root, auto&&...) {
        return m_parts.files.move(root, from, to);
    });
}

void VolumeFilesService::setAttributes(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    const auto change = attributeChange(call->options());
    if (!path || !change) {
        call->refuse(!path ? path.error() : change.error());
        return;
    }
    m_calls.answerChange(call, find,
                         [this, path = *path, change = *change](const FilesRoot& root, auto&&...) {
                             return m_parts.files.setAttributes(root, path, change);
                         });
}

void VolumeFilesService::removeFiles(const CallPointer& call, const Find& find) {
    const auto paths = checkPathsInside(call->arguments().at(1).toStringList());
    if (!paths) {
        call->refuse(paths.error());
        return;
    }
    m_calls.startChange(call, find, QStringLiteral("remove-files"), {},
                        [this, paths = *paths](const FilesRoot& root, JobProgress& progress,
                                               const Cancellation& cancellation) -> Result<void> {
                            const FilesProgress tell = reporting(progress);
                            std::uint64_t before = 0;
                            std::uint64_t now = 0;
                            for (const std::string& path : paths) {
                                TRY(m_parts.files.remove(
                                    root, path,
                                    [&](std::uint64_t files) {
                                        now = before + files;
                                        tell(now);
                                    },
                                    cancellation));
                                before = now;
                            }
                            return {};
                        });
}

void VolumeFilesService::searchFiles(const CallPointer& call, const Find& find) {
    const auto path = checkPathInside(call->arguments().at(1).toString());
    const auto text = checkSearchText(call->arguments().at(2).toString());
    if (!path || !text) {
        call->refuse(!path ? path.error() : text.error());
        return;
    }
    m_calls.findFirst(
        call, find, [this, call, request = SearchRequest{*path, *text}](const FilesPlace& place) {
            const auto search = [this, place, request](PipeReply& reply,
                                                       const Cancellation& cancellation) -> Result<QString> {
                TRY_ASSIGN(const OpenFiles files, place.open({}, cancellation));
                TRY_ASSIGN(Pipe pipe, Pipe::make());
                reply.send(pipe.reading);
                pipe.reading.reset();
                TRY(m_parts.files.search(files.root, request, pipe.writing.get(), cancellation));
                return place.id;
            };
            startJobThatReplies(m_parts.jobs, call, {call->owner(), QStringLiteral("search"), place.name},
                                search);
        });
}

void VolumeFilesService::measure(const CallPointer& call) {
    const auto names = checkVolumeNames(call->arguments().at(0).toStringList());
    if (!names) {
        call->refuse(names.error());
        return;
    }
    const QString title = names->size() == 1 ? toQString(names->front()) : QString();
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("measure"), title},
        [this, owner = call->owner(), names = *names](JobProgress& progress,
                                                      const Cancellation& cancellation) -> Result<QString> {
            quint64 done = 0;
            for (const std::string& name : names) {
                progress.report({done++, names.size(), {}});
                auto measured = measureOne(owner, name, cancellation);
                TRY(cancellation.check());
                if (!measured && names.size() == 1)
                    return fail(std::move(measured).error());
                if (!measured)
                    logInfo("volume " + name + " was not measured: " + measured.error().text());
            }
            return QString();
        });
    answerWithJob(call, job);
}

Result<void> VolumeFilesService::measureOne(uid_t owner, const std::string& name,
                                            const Cancellation& cancellation) {
    TRY_ASSIGN(const VolumeRecord record, volumes().find(owner, name));
    const VolumeKind kind = volumeKind(record);
    if (kind != VolumeKind::Local && kind != VolumeKind::Bind && volumes().stateOf(record).state != "mounted")
        return {};
    // Nobody waits for a count who removes what is counted.
    TRY_ASSIGN(const OpenFiles files, openFiles(record, cancellation, true));
    TRY_ASSIGN(const TreeSize size, m_parts.files.measure(files.root, cancellation));
    return volumes().saveMeasure(record, size.bytes, size.files);
}

Result<std::vector<VolumeFilesService::User>> VolumeFilesService::usersOf(const VolumeRecord& record) {
    TRY_ASSIGN(const auto uses, volumes().usesOfOwner(record.owner));
    std::vector<User> users;
    for (const VolumeUse& use : uses) {
        if (use.volume != record.number || (!users.empty() && users.back().container == use.container))
            continue;
        if (const auto container = m_parts.containers.find(record.owner, use.container))
            users.push_back({container->id, container->options.name, isAlive(container->state)});
    }
    return users;
}

void VolumeFilesService::backup(const CallPointer& call, const std::string& name) {
    const auto compression = backupCompression(call->options());
    if (!compression) {
        call->refuse(compression.error());
        return;
    }
    const FilesCalls::Sending sending{.kind = QStringLiteral("backup"),
                                      .action = "backup",
                                      .path = "/",
                                      .options = FilesWorker::backupOptions(*compression),
                                      .tellsFile = false};
    const bool pauses = call->options().value(QStringLiteral("pause")).toBool();
    const auto reply = std::make_shared<PipeReply>(call);
    const auto job =
        m_parts.jobs.start({call->owner(), sending.kind, toQString(name)},
                           [this, owner = call->owner(), name, sending, pauses, reply](
                               JobProgress& progress, const Cancellation& cancellation) -> Result<QString> {
                               auto done = [&]() -> Result<void> {
                                   TRY_ASSIGN(const VolumeRecord record, volumes().find(owner, name));
                                   return runBackup(record, sending, pauses, *reply, progress, cancellation);
                               }();
                               if (!done) {
                                   reply->refuse(done.error());
                                   return fail(std::move(done).error());
                               }
                               return toQString(name);
                           });
    reply->setJob(job.map([](const auto& started) { return started->path(); }));
}

Result<void> VolumeFilesService::runBackup(const VolumeRecord& record, const FilesCalls::Sending& sending,
                                           bool pauses, PipeReply& reply, JobProgress& progress,
                                           const Cancellation& cancellation) {
    TRY_ASSIGN(const OpenFiles files, openFiles(record, cancellation));
    std::shared_ptr<const void> pause;
    if (pauses) {
        TRY_ASSIGN(const auto users, usersOf(record));
        std::vector<std::string> ids;
        for (const User& user : users)
            ids.push_back(user.container);
        TRY_ASSIGN(pause, m_paused->hold(record.owner, ids));
    }
    // What was measured last is what can be expected.
    TRY(m_calls.send(files.root, sending, reply, progress, cancellation, record.size));
    pause.reset();
    m_parts.containers.emitVolumeEvent(record, sending.action);
    return {};
}

void VolumeFilesService::restore(const CallPointer& call, const std::string& name) {
    auto archive = takeReadable(call->arguments().at(1).value<QDBusUnixFileDescriptor>());
    auto request = restoredVolume(name, call->options());
    if (!archive || !request) {
        call->refuse(!archive ? archive.error() : request.error());
        return;
    }
    const Restoring restoring{*std::move(request), call->options().value(QStringLiteral("replace")).toBool(),
                              std::make_shared<const UniqueFd>(*std::move(archive))};
    const auto job =
        m_parts.jobs.start({call->owner(), QStringLiteral("restore"), toQString(name)},
                           [this, owner = call->owner(), restoring](
                               JobProgress& progress, const Cancellation& cancellation) -> Result<QString> {
                               TRY(runRestore(owner, restoring, progress, cancellation));
                               return toQString(restoring.request.name);
                           });
    answerWithJob(call, job);
}

Result<void> VolumeFilesService::checkUnused(const VolumeRecord& record) {
    TRY_ASSIGN(const auto users, usersOf(record));
    std::string names;
    for (const User& user : users) {
        if (user.isAlive)
            names += (names.empty() ? "" : ", ") + user.name;
    }
    if (!names.empty())
        return fail(ErrorCode::InUse, "the volume \"" + record.name + "\" is used by " + names,
                    "Stop these containers first.");
    return {};
}

Result<void> VolumeFilesService::runRestore(uid_t owner, const Restoring& restoring, JobProgress& progress,
                                            const Cancellation& cancellation) {
    TRY_ASSIGN(const std::uint32_t base, m_parts.store.idRangeOf(owner));
    TRY_ASSIGN(const UniqueFd ids, makeUserNamespace(base));
    const auto write = [&](int folder) -> Result<void> {
        TRY(m_parts.files.copyIn({folder, ids.get()}, "/", FilesWorker::restoreOptions(),
                                 restoring.archive->get(), reporting(progress), cancellation));
        return cancellation.check();
    };
    const auto found = volumes().find(owner, restoring.request.name);
    if (!found && found.error().code == ErrorCode::NotFound) {
        TRY_ASSIGN(const VolumeRecord made, volumes().createFilled(owner, restoring.request, base, write));
        m_parts.containers.emitVolumeEvent(made, "create");
        m_parts.containers.emitVolumeEvent(made, "restore");
        return {};
    }
    TRY(found);
    if (!restoring.replaces)
        return fail(ErrorCode::AlreadyExists, "there is already a volume \"" + found->name + '"',
                    "Choose another name, or replace its content.");
    TRY(checkUnused(*found));
    TRY(volumes().replace(*found, base, write));
    m_parts.containers.emitVolumeEvent(*found, "restore");
    return {};
}

} // namespace escale
