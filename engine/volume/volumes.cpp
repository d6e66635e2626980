#include "engine/volume/volumes.h"

#include "engine/base/clock.h"
#include "engine/base/fail_point.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/labels.h"
#include "engine/base/log.h"
#include "engine/store/folder_bytes.h"
#include "engine/store/store.h"
#include "engine/volume/volume_fill.h"
#include "engine/volume/volume_mounts.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

// How long the bytes of one volume are counted before it goes.
constexpr std::chrono::seconds kCountingTime(5);

/// 0: no volume's folder.
std::int64_t numberOf(const std::string& name) {
    std::int64_t number = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data(), end, number);
    return problem == std::errc() && stop == end ? number : 0;
}

Result<void> syncFolder(const std::string& path) {
    TRY_ASSIGN(const UniqueFd folder, openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::fsync(folder.get()) != 0)
        return failErrno("cannot write " + path + " to the disk");
    return {};
}

Result<void> makeFolderAt(const std::string& path, mode_t mode) {
    // mkdir(2) minds the umask.
    if (::mkdir(path.c_str(), mode) != 0 || ::chmod(path.c_str(), mode) != 0)
        return failErrno("cannot make folder " + path);
    return {};
}

} // namespace

Volumes::Volumes(Store& store, VolumesSettings settings)
    : m_store(store)
    , m_settings(std::move(settings))
    , m_records(store)
    , m_mounts(std::make_unique<VolumeMounts>(m_settings.runFolder, m_settings.mounter)) {}

Volumes::~Volumes() = default;

Result<std::unique_ptr<Volumes>> Volumes::open(Store& store, VolumesSettings settings) {
    TRY(makeDirectories(settings.folder, 0700));
    TRY(makeDirectories(settings.runFolder, 0700));
    std::unique_ptr<Volumes> volumes(new Volumes(store, std::move(settings)));
    if (auto recovered = volumes->recover(); !recovered)
        return fail(std::move(recovered).error().prefixed("cannot open the volumes"));
    return volumes;
}

Result<void> Volumes::recover() {
    TRY(m_mounts->takeOver());
    TRY_ASSIGN(m_lastNumber, m_records.lastNumber());
    TRY_ASSIGN(const auto records, m_records.all());
    TRY(removeStrays(records));
    for (const auto& record : records) {
        if (volumeKind(record) != VolumeKind::Local)
            continue;
        if (auto done = recoverFolder(record); !done)
            logWarning(std::move(done).error().prefixed(nameOf(record)).text());
    }
    return {};
}

/// A number that was given and has no row is a volume that was removed, or was never made. One that was not
/// given yet means an older database than these files: they are kept.
Result<void> Volumes::removeStrays(const std::vector<VolumeRecord>& records) {
    TRY_ASSIGN(const auto names, listDirectory(m_settings.folder));
    const std::int64_t given = m_lastNumber;
    for (const auto& name : names) {
        const std::int64_t number = numberOf(name);
        if (std::any_of(records.begin(), records.end(),
                        [&](const auto& one) { return one.number == number; }))
            continue;
        if (number <= 0) // nobody's here: lost+found
            continue;
        m_lastNumber = std::max(m_lastNumber, number);
        // rmdir alone: one of no row that holds anything is never removed unless it was given.
        const std::string folder = m_settings.folder + "/" + name;
        ::rmdir((folder + "/data").c_str());
        if (::rmdir(folder.c_str()) == 0)
            continue;
        if (number <= given)
            TRY(setAside(number));
        else
            logWarning(folder + " belongs to no volume that this database knows: it is kept");
    }
    return {};
}

Result<void> Volumes::recoverFolder(const VolumeRecord& record) {
    const std::string folder = folderOf(record.number);
    if (!exists(folder + "/data")) {
        logWarning(nameOf(record) + " has lost its folder: it is empty now");
        TRY(makeDirectories(folder, 0700));
        TRY(makeFolderAt(folder + "/data", 0755));
    }
    TRY(removeTree(folder + "/restoring"));
    TRY_ASSIGN(const FillPlace place, fillPlaceOf(record));
    return finishFill(place);
}

VolumeRecord Volumes::recordOf(uid_t owner, const VolumeRequest& request) {
    VolumeRecord record;
    record.owner = owner;
    record.isAnonymous = request.name.empty();
    record.name = record.isAnonymous ? randomId() : request.name;
    record.options = request.options;
    record.labels = request.labels;
    record.createdAt = nowMilliseconds();
    return record;
}

Result<std::optional<VolumeRecord>> Volumes::sameVolume(uid_t owner, const VolumeRequest& request) {
    if (request.name.empty())
        return std::nullopt;
    auto found = m_records.find(owner, request.name);
    if (!found && found.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (found && found->options != request.options)
        return fail(ErrorCode::AlreadyExists,
                    "there is already a volume \"" + request.name + "\" with other options",
                    "Choose another name, or remove that volume.");
    TRY(found);
    return *std::move(found);
}

Result<VolumeRecord> Volumes::create(uid_t owner, const VolumeRequest& request, bool* isNew) {
    if (isNew != nullptr)
        *isNew = false;
    if (auto problems = check(request); !problems.empty())
        return fail(std::move(problems.front().error));
    VolumeRecord record = recordOf(owner, request);
    if (volumeKind(record) == VolumeKind::Bind)
        TRY(openPlain(record));
    {
        const std::lock_guard lock(m_mutex);
        TRY_ASSIGN(const auto found, sameVolume(owner, request));
        if (found)
            return *found;
        TRY(make(record));
    }
    if (isNew != nullptr)
        *isNew = true;
    changed(record);
    return record;
}

std::vector<VolumeProblemFound> Volumes::checkNew(uid_t owner, const VolumeRequest& request) {
    std::vector<VolumeProblemFound> problems;
    if (auto same = sameVolume(owner, request); !same)
        problems.push_back({"name", std::move(same).error()});
    const VolumeRecord record = recordOf(owner, request);
    if (volumeKind(record) == VolumeKind::Bind) {
        if (auto folder = openPlain(record); !folder)
            problems.push_back({"device", std::move(folder).error()});
    }
    return problems;
}

Result<void> Volumes::make(VolumeRecord& record) {
    record.number = ++m_lastNumber;
    Revert undo;
    if (volumeKind(record) == VolumeKind::Local)
        TRY(makeFolder(record.number, undo));
    TRY(failPoint("volume folder made"));
    TRY(m_records.insert(record));
    undo.commit();
    return failPoint("volume recorded");
}

Result<void> Volumes::makeFolder(std::int64_t number, Revert& undo) {
    const std::string folder = folderOf(number);
    TRY(makeFolderAt(folder, 0700));
    undo.add([folder] { return removeTree(folder); });
    TRY(makeFolderAt(folder + "/data", 0755));
    TRY(syncFolder(folder));
    return syncFolder(m_settings.folder);
}

Result<std::vector<VolumeRecord>> Volumes::list(uid_t owner) {
    return m_records.of(owner);
}

Result<VolumeRecord> Volumes::find(uid_t owner, const std::string& name) {
    return m_records.find(owner, name);
}

Result<void> Volumes::remove(const VolumeRecord& record) {
    if (auto closed = m_mounts->close(record.number); !closed)
        return fail(std::move(closed).error().prefixed(nameOf(record)));
    auto removed = m_records.remove(record.number);
    if (!removed) {
        m_mounts->reopen(record.number);
        return fail(std::move(removed).error().prefixed(nameOf(record)));
    }
    changed(record);
    TRY(failPoint("volume row removed"));
    return volumeKind(record) == VolumeKind::Local ? setAside(record.number) : Result<void>();
}

/// One rename, and it is no volume any more, however long the rest takes.
Result<void> Volumes::setAside(std::int64_t number) {
    const std::string folder = folderOf(number);
    const std::string aside = m_store.folder() + "/staging/volume-" + std::to_string(number);
    if (::rename(folder.c_str(), aside.c_str()) != 0)
        return errno == ENOENT ? Result<void>() : failErrno("cannot move " + folder + " aside");
    TRY(failPoint("volume set aside"));
    m_remover.remove(aside);
    return {};
}

Result<Volumes::Pruned> Volumes::prune(uid_t owner, bool all, std::int64_t until,
                                       const std::vector<std::string>& labels) {
    TRY_ASSIGN(const auto records, list(owner));
    TRY_ASSIGN(const auto uses, usesOfOwner(owner));
    Pruned pruned;
    for (const auto& record : records) {
        const bool isUsed = std::any_of(uses.begin(), uses.end(),
                                        [&](const auto& use) { return use.volume == record.number; });
        const bool isWanted = !isUsed && (all || record.isAnonymous) &&
                              (until == 0 || record.createdAt < until) &&
                              std::all_of(labels.begin(), labels.end(),
                                          [&](const auto& label) { return hasLabel(record.labels, label); });
        if (!isWanted)
            continue;
        const auto bytes =
            bytesBelow(folderOf(record.number), std::chrono::steady_clock::now() + kCountingTime);
        const auto removed = remove(record);
        if (!removed) { // somebody has taken it meanwhile
            logInfo("prune: " + removed.error().text());
            continue;
        }
        pruned.bytes += bytes.bytes;
        pruned.removed.push_back(record);
    }
    return pruned;
}

Result<void> Volumes::insertUse(const VolumeUse& use) {
    return m_records.insertUse(use);
}

Result<std::vector<VolumeUse>> Volumes::usesOf(const std::string& container) {
    return m_records.usesOf(container);
}

Result<std::vector<VolumeUse>> Volumes::usesOfOwner(uid_t owner) {
    return m_records.usesOfOwner(owner);
}

Result<void> Volumes::saveMeasure(const VolumeRecord& record, std::uint64_t size, std::uint64_t files) {
    TRY(m_records.saveMeasure(record.number, size, files, nowMilliseconds()));
    changed(record);
    return {};
}

Result<void> Volumes::keep(const VolumeRecord& record) {
    TRY(m_records.saveNamed(record.number));
    changed(record);
    return {};
}

Result<void> Volumes::touch(const VolumeRecord& record) {
    TRY(m_records.saveUsed(record.number, nowMilliseconds()));
    changed(record);
    return {};
}

void Volumes::onChanged(std::function<void(uid_t owner, const std::string& name)> listener) {
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void Volumes::changed(const VolumeRecord& record) {
    std::unique_lock lock(m_mutex);
    const auto listener = m_listener;
    lock.unlock();
    if (listener)
        listener(record.owner, record.name);
}

std::string Volumes::nameOf(const VolumeRecord& record) {
    return "volume \"" + (record.isAnonymous ? shortId(record.name) : record.name) + '"';
}

Result<void> Volumes::purge() {
    TRY_ASSIGN(const auto records, m_records.all());
    Result<void> done;
    for (const auto& record : records) {
        if (auto removed = remove(record); !removed && done)
            done = std::move(removed);
        else if (!removed)
            done.error().addCause(removed.error());
    }
    waitForRemovals();
    return done;
}

} // namespace escale
