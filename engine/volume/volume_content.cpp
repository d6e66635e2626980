// A volume's files: where they are, as whom they are shown, and how they are replaced as a whole.
#include "engine/base/fail_point.h"
#include "engine/base/file.h"
#include "engine/base/mount.h"
#include "engine/base/open_as_user.h"
#include "engine/base/syscalls.h"
#include "engine/base/user_namespace.h"
#include "engine/store/store.h"
#include "engine/volume/mount_options.h"
#include "engine/volume/volume_fill.h"
#include "engine/volume/volume_mounts.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

std::string option(const VolumeRecord& record, const std::string& name) {
    const auto found = record.options.find(name);
    return found == record.options.end() ? std::string() : found->second;
}

/// Set-id programs work in a volume of the store, as they do in a container's own files: nobody of the host
/// gets there. In what others fill they never do.
std::uint64_t attributesOf(VolumeKind kind) {
    return kind == VolumeKind::Local ? MOUNT_ATTR_NODEV : MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID;
}

/// The options of a tmpfs with ids of the range: no idmapped mount shows a tmpfs shifted before Linux 6.3.
Result<std::string> shiftedTmpfs(const std::string& text, std::uint32_t idBase) {
    TRY_ASSIGN(MountOptions options, parseMountOptions(text));
    std::string result = text;
    for (const char* const name : {"uid", "gid"}) {
        std::uint32_t id = 0;
        if (const MountOption* const given = options.find(name); given != nullptr && given->value)
            (void)std::from_chars(given->value->data(), given->value->data() + given->value->size(), id);
        result += (result.empty() ? "" : ",") + std::string(name) + "=" +
                  std::to_string(idBase + id); // the last one counts
    }
    return result;
}

} // namespace

std::string Volumes::folderOf(std::int64_t number) const {
    return m_settings.folder + "/" + std::to_string(number);
}

Result<MountRequest> Volumes::mountRequestOf(const VolumeRecord& record) {
    MountRequest request;
    request.type = option(record, "type");
    request.device = option(record, "device");
    request.options = option(record, "o");
    TRY_ASSIGN(request.root, m_store.idRangeOf(record.owner));
    if (volumeKind(record) == VolumeKind::Tmpfs) {
        TRY_ASSIGN(request.options, shiftedTmpfs(request.options, request.root));
    }
    return request;
}

Result<void> Volumes::acquire(const VolumeRecord& record, const std::string& user,
                              const Cancellation& cancellation) {
    const VolumeKind kind = volumeKind(record);
    std::optional<MountRequest> request;
    if (kind != VolumeKind::Local && kind != VolumeKind::Bind) {
        TRY_ASSIGN(request, mountRequestOf(record));
    }
    const bool wasMounted = kind == VolumeKind::Nfs && !m_mounts->stateOf(record.number).state.empty();
    auto acquired = m_mounts->acquire(record.number, request, user, cancellation, [&] { changed(record); });
    // Mounted for others, whose server may be dead by now.
    if (acquired && wasMounted) {
        if (const auto content = openContent(record, 0); !content) {
            acquired = fail(content.error());
            (void)release(record, user);
        }
    }
    // A fill that failed when its content was whole is finished before somebody sees a part of it.
    if (acquired && kind == VolumeKind::Local && exists(folderOf(record.number) + "/filled")) {
        acquired = fillAlone(record, cancellation, [](const FillPlace& place) { return finishFill(place); });
        if (!acquired)
            (void)release(record, user);
    }
    if (!acquired)
        return fail(std::move(acquired).error().prefixed(nameOf(record)));
    return {};
}

Result<void> Volumes::release(const VolumeRecord& record, const std::string& user) {
    return m_mounts->release(record.number, user, [&] { changed(record); });
}

void Volumes::adopt(const VolumeRecord& record, const std::string& user) {
    m_mounts->adopt(record.number, user);
}

Result<void> Volumes::removeUnusedMounts() {
    return m_mounts->removeUnused();
}

Volumes::MountState Volumes::stateOf(const VolumeRecord& record) {
    return m_mounts->stateOf(record.number);
}

std::string Volumes::placeOf(const VolumeRecord& record) const {
    switch (volumeKind(record)) {
    case VolumeKind::Local:
        return folderOf(record.number) + "/data";
    case VolumeKind::Bind:
        return option(record, "device");
    default:
        return m_mounts->targetOf(record.number);
    }
}

Result<UniqueFd> Volumes::openPlain(const VolumeRecord& record) {
    switch (volumeKind(record)) {
    case VolumeKind::Local:
        return openFile(placeOf(record), O_PATH | O_DIRECTORY | O_NOFOLLOW);
    case VolumeKind::Bind: {
        TRY_ASSIGN(const UserCredentials owner, credentialsOf(record.owner));
        const std::string path = option(record, "device");
        TRY_ASSIGN(UniqueFd folder, openAsUser(owner, path, O_PATH | O_DIRECTORY));
        TRY(checkAccessAsUser(owner, folder.get(), R_OK | X_OK, path));
        return folder;
    }
    default:
        break;
    }
    return openFile(placeOf(record), O_PATH | O_DIRECTORY | O_NOFOLLOW);
}

Result<UniqueFd> Volumes::showFolder(const VolumeRecord& record, int folder, std::uint32_t idBase) {
    const VolumeKind kind = volumeKind(record);
    std::uint64_t attributes = attributesOf(kind);
    bool isRecursive = false;
    UniqueFd space;
    if (kind == VolumeKind::Bind) {
        TRY_ASSIGN(const MountOptions options, parseMountOptions(option(record, "o")));
        isRecursive = options.isRecursive;
        if ((options.flags & MS_RDONLY) != 0)
            attributes |= MOUNT_ATTR_RDONLY;
        if ((options.flags & MS_NOEXEC) != 0)
            attributes |= MOUNT_ATTR_NOEXEC;
        TRY_ASSIGN(const UserCredentials owner, credentialsOf(record.owner));
        if (idBase != 0) {
            TRY_ASSIGN(space, makeOwnersNamespace(owner.uid, owner.gid, idBase));
        }
    } else if (idBase != 0 && kind != VolumeKind::Tmpfs) {
        TRY_ASSIGN(space, makeUserNamespace(idBase));
    }
    TRY_ASSIGN(UniqueFd mount, cloneMount(folder, "", isRecursive));
    if (isRecursive) { // what is mounted below is as harmless, though not shifted
        mount_attr below{};
        below.attr_set = attributes;
        below.propagation = MS_PRIVATE;
        if (const int done = sys::setMountAttributes(mount.get(), AT_RECURSIVE, below); done < 0)
            return fail(systemError(-done, "cannot set the flags of what is mounted in " + nameOf(record)));
    }
    auto shown = mapMount(mount.get(), space.get(), attributes, nameOf(record));
    if (!shown && shown.error().code == ErrorCode::Unsupported && kind != VolumeKind::Local)
        shown = mapMount(mount.get(), -1, attributes, nameOf(record));
    if (!shown)
        return fail(std::move(shown).error());
    return mount;
}

Result<UniqueFd> Volumes::openContent(const VolumeRecord& record, std::uint32_t idBase) {
    // Even to look up its root may wait for the server.
    if (volumeKind(record) == VolumeKind::Nfs)
        return m_mounts->openMounted(record.number, [&] { changed(record); });
    auto plain = openPlain(record);
    if (!plain)
        return fail(std::move(plain).error().prefixed(nameOf(record)));
    return showFolder(record, plain->get(), idBase);
}

Result<FillPlace> Volumes::fillPlaceOf(const VolumeRecord& record) {
    FillPlace place;
    TRY_ASSIGN(place.folder, openPlain(record));
    const VolumeKind kind = volumeKind(record);
    if (kind == VolumeKind::Local) {
        TRY_ASSIGN(place.parent, openFile(folderOf(record.number), O_PATH | O_DIRECTORY | O_NOFOLLOW));
        place.filling = "filling";
        place.filled = "filled";
        return place;
    }
    // There is no place beside the folder, so it is in it.
    place.isInside = true;
    place.parent = UniqueFd(::fcntl(place.folder.get(), F_DUPFD_CLOEXEC, 0));
    place.filling = ".escale-filling";
    place.filled = ".escale-filled";
    if (kind != VolumeKind::Device) {
        TRY_ASSIGN(place.user, m_store.idRangeOf(record.owner));
        place.group = place.user;
    }
    return place;
}

Result<void> Volumes::fillAlone(const VolumeRecord& record, const Cancellation& cancellation,
                                const std::function<Result<void>(const FillPlace&)>& work) {
    std::unique_lock lock(m_mutex);
    while (m_filling.contains(record.number)) {
        TRY(cancellation.check());
        m_filled.wait_for(lock, std::chrono::milliseconds(100));
    }
    m_filling.insert(record.number);
    lock.unlock();
    const auto place = fillPlaceOf(record);
    auto done = place ? work(*place) : fail(place.error());
    lock.lock();
    m_filling.erase(record.number);
    m_filled.notify_all();
    return done;
}

Result<void> Volumes::fill(const VolumeRecord& record, int source, std::uint32_t idBase, int userNamespace,
                           const Cancellation& cancellation) {
    // A server takes files of its clients' users alone, not of the image's; and it may be dead. In a folder
    // of this machine root must not do what its owner could not.
    if (const VolumeKind kind = volumeKind(record); kind == VolumeKind::Nfs || kind == VolumeKind::Bind)
        return {};
    auto done = fillAlone(record, cancellation, [&](const FillPlace& place) -> Result<void> {
        TRY(finishFill(place));
        TRY_ASSIGN(const bool isFree, isEmpty(place));
        if (!isFree)
            return {};
        return fillFolder(place, [&](int folder) -> Result<void> {
            TRY_ASSIGN(const UniqueFd target, showFolder(record, folder, idBase));
            TRY(m_settings.copier(source, target.get(), userNamespace, cancellation));
            return cancellation.check();
        });
    });
    if (!done)
        return fail(std::move(done).error().prefixed("cannot fill " + nameOf(record) + " from the image"));
    return {};
}

Result<void> Volumes::replace(const VolumeRecord& record, std::uint32_t idBase,
                              const std::function<Result<void>(int folder)>& write) {
    if (volumeKind(record) != VolumeKind::Local)
        return fail(ErrorCode::Unsupported,
                    nameOf(record) + " is not in the store, so its content cannot be replaced as a whole",
                    "Copy the files into it instead.");
    if (auto closed = m_mounts->close(record.number); !closed)
        return fail(std::move(closed).error().prefixed(nameOf(record)));
    auto done = replaceNow(record, idBase, write);
    m_mounts->reopen(record.number);
    if (!done)
        return fail(std::move(done).error().prefixed("cannot replace the content of " + nameOf(record)));
    changed(record);
    return {};
}

// The row comes last. A folder without one is removed at the next start, as its number counts as given.
Result<VolumeRecord> Volumes::createFilled(uid_t owner, const VolumeRequest& request, std::uint32_t idBase,
                                           const std::function<Result<void>(int folder)>& write) {
    if (auto problems = check(request); !problems.empty())
        return fail(std::move(problems.front().error));
    VolumeRecord record = recordOf(owner, request);
    if (volumeKind(record) != VolumeKind::Local)
        return fail(ErrorCode::Unsupported,
                    nameOf(record) + " would not be in the store, so it cannot be filled");
    if (const auto found = m_records.find(owner, record.name);
        found || found.error().code != ErrorCode::NotFound)
        return found ? fail(ErrorCode::AlreadyExists, "there is already a " + nameOf(*found)) : found;
    {
        const std::lock_guard lock(m_mutex);
        record.number = ++m_lastNumber;
        TRY(m_records.give(record.number));
    }
    Revert undo;
    TRY(makeFolder(record.number, undo));
    if (auto done = replaceNow(record, idBase, write); !done)
        return fail(undo.undo(std::move(done).error().prefixed("cannot fill the " + nameOf(record))));
    {
        const std::lock_guard lock(m_mutex);
        TRY(m_records.insert(record));
    }
    undo.commit();
    changed(record);
    TRY(failPoint("volume recorded"));
    return record;
}

Result<void> Volumes::replaceNow(const VolumeRecord& record, std::uint32_t idBase,
                                 const std::function<Result<void>(int folder)>& write) {
    TRY_ASSIGN(const UniqueFd parent, openFile(folderOf(record.number), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    TRY(removeTreeAt(parent.get(), "restoring"));
    if (::mkdirat(parent.get(), "restoring", 0755) != 0 ||
        ::fchmodat(parent.get(), "restoring", 0755, 0) != 0)
        return failErrno("cannot make a folder for the new content");
    Revert undo;
    undo.add([&] { return removeTreeAt(parent.get(), "restoring"); });
    TRY(failPoint("volume restoring made"));
    {
        TRY_ASSIGN(const UniqueFd folder,
                   openBeneath(parent.get(), "restoring", O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        TRY_ASSIGN(const UniqueFd shown, showFolder(record, folder.get(), idBase));
        TRY(write(shown.get()));
        TRY(failPoint("volume written"));
        if (::syncfs(folder.get()) != 0)
            return failErrno("cannot write the new content to the disk");
    }
    if (::renameat2(parent.get(), "restoring", parent.get(), "data", RENAME_EXCHANGE) != 0)
        return failErrno("cannot put the new content into its place");
    undo.commit();
    if (::fsync(parent.get()) != 0)
        return failErrno("cannot write the volume's folder to the disk");
    TRY(failPoint("volume exchanged"));
    return removeTreeAt(parent.get(), "restoring");
}

Result<Volumes::Connection> Volumes::testConnection(const VolumeRequest& request, std::uint32_t idBase,
                                                    const Cancellation& cancellation) {
    if (auto problems = check(request); !problems.empty())
        return fail(std::move(problems.front().error));
    VolumeRecord record;
    record.options = request.options;
    const VolumeKind kind = volumeKind(record);
    if (kind == VolumeKind::Local || kind == VolumeKind::Bind)
        return fail(ErrorCode::Unsupported, "there is no connection to test: the files are on this machine");
    MountRequest mount;
    mount.action = MountRequest::Action::Test;
    mount.type = option(record, "type");
    mount.device = option(record, "device");
    mount.options = option(record, "o");
    mount.root = idBase;
    const auto start = std::chrono::steady_clock::now();
    TRY_ASSIGN(const MountAnswer answer, m_settings.mounter(mount, cancellation));
    Connection connection;
    connection.milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
            .count();
    connection.total = answer.total;
    connection.free = answer.free;
    connection.uid = answer.uid;
    connection.gid = answer.gid;
    connection.mode = answer.mode;
    connection.isWritable = answer.isWritable;
    if (kind == VolumeKind::Nfs)
        connection.seenAs = idBase;
    return connection;
}

} // namespace escale
