#include "engine/build/cache/build_cache.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/store/folder_bytes.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::chrono::milliseconds kLookAround{200}; // for a cancellation, while a folder is locked
constexpr std::chrono::seconds kMeasuring{2};
constexpr std::int64_t kDigestsKept = std::int64_t{60} * 24 * 60 * 60 * 1000; // milliseconds unused

Result<void> makeFolder(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST)
        return failErrno("cannot make folder " + path);
    // Whatever the umask.
    if (::chmod(path.c_str(), mode) != 0)
        return failErrno("cannot change the mode of " + path);
    return {};
}

CachedStep stepOf(const Statement& row, std::optional<Layer> layer) {
    return {std::move(layer), static_cast<std::uint64_t>(row.number(2)), row.number(3)};
}

} // namespace

const char* cacheKindName(CacheKind kind) {
    constexpr std::array kNames{"step", "context", "mount"};
    return kNames.at(static_cast<std::size_t>(kind));
}

CacheFolder::CacheFolder(CacheFolder&& other) noexcept
    : m_cache(std::exchange(other.m_cache, nullptr))
    , m_number(other.m_number)
    , m_kind(other.m_kind)
    , m_path(std::move(other.m_path))
    , m_isNew(other.m_isNew) {}

CacheFolder::~CacheFolder() {
    if (m_cache != nullptr)
        m_cache->release(*this);
}

Result<void> CacheFolder::made() {
    if (m_number == 0 || !m_isNew)
        return {};
    const std::lock_guard lock(m_cache->m_mutex);
    std::string path = m_cache->folderOf(m_kind, m_number);
    if (std::rename(m_path.c_str(), path.c_str()) != 0)
        return failErrno("cannot keep a folder of the cache as " + path);
    m_path = std::move(path);
    m_isNew = false;
    m_cache->m_folders[m_number].isBeingMade = false;
    m_cache->m_released.notify_all();
    return {};
}

Result<std::unique_ptr<BuildCache>> BuildCache::open(Store& store) {
    std::unique_ptr<BuildCache> cache(new BuildCache(store));
    for (const char* name : {"", "/contexts", "/mounts", "/steps", "/old"})
        TRY(makeFolder(cache->buildFolder() + name, 0700));
    TRY(cache->sweep());
    return cache;
}

Result<void> BuildCache::sweep() {
    TRY_ASSIGN(const auto old, listDirectory(buildFolder() + "/old"));
    for (const auto& name : old)
        m_remover.remove(buildFolder() + "/old/" + name);
    TRY_ASSIGN(const auto steps, listDirectory(buildFolder() + "/steps"));
    for (const auto& name : steps)
        removeLater(buildFolder() + "/steps/" + name);
    const auto held = m_store.lock();
    for (const CacheKind kind : {CacheKind::Context, CacheKind::Mount}) {
        const std::string folder = buildFolder() + "/" + cacheKindName(kind) + "s";
        TRY_ASSIGN(const auto there, listDirectory(folder));
        for (const auto& name : there) {
            TRY_ASSIGN(auto row, m_store.database().prepare(
                                     "SELECT 1 FROM build_folder WHERE number = ?1 AND kind = ?2", name,
                                     std::string(cacheKindName(kind))));
            TRY_ASSIGN(const bool isKnown, row.step());
            if (!isKnown)
                removeLater(folder + "/" + name);
        }
    }
    return m_store.database().run("DELETE FROM build_digest WHERE used_at < ?1",
                                  nowMilliseconds() - kDigestsKept);
}

std::string BuildCache::folderOf(CacheKind kind, std::int64_t number) const {
    return buildFolder() + "/" + cacheKindName(kind) + "s/" + std::to_string(number);
}

Result<std::string> BuildCache::makeStepFolder() {
    std::string path = buildFolder() + "/steps/" + randomId().substr(0, 16);
    TRY(makeFolder(path, 0700));
    return path;
}

void BuildCache::removeLater(const std::string& path) {
    const std::string aside = buildFolder() + "/old/" + randomId().substr(0, 16);
    const bool moved = std::rename(path.c_str(), aside.c_str()) == 0;
    if (!moved && errno == ENOENT)
        return;
    m_remover.remove(moved ? aside : path);
}

Result<std::unique_ptr<BuildCache::Use>> BuildCache::begin(uid_t owner) {
    return std::unique_ptr<Use>(new Use(*this, owner));
}

BuildCache::Use::~Use() {
    const std::lock_guard lock(m_cache.m_mutex);
    for (const std::int64_t number : m_used) {
        const auto step = m_cache.m_steps.find(number);
        if (step != m_cache.m_steps.end() && --step->second == 0)
            m_cache.m_steps.erase(step);
    }
}

Result<std::optional<CachedStep>> BuildCache::Use::find(const std::string& key) {
    const std::lock_guard own(m_mutex);
    const std::lock_guard lock(m_cache.m_mutex);
    Store& store = m_cache.m_store;
    const auto held = store.lock(); // nobody prunes it between here and there
    TRY_ASSIGN(auto row,
               store.database().prepare("SELECT build_step.number, layer.diff_id, build_step.size, made_at "
                                        "FROM build_step LEFT JOIN layer ON layer.number = build_step.layer "
                                        "WHERE owner = ?1 AND key = ?2",
                                        m_owner, key));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return std::optional<CachedStep>();
    std::optional<Layer> layer;
    if (!row.isNull(1)) {
        TRY_ASSIGN(const Digest diffId, Digest::parse(row.text(1)));
        TRY_ASSIGN(layer, store.findLayer(diffId));
        if (!layer)
            return std::optional<CachedStep>(); // damaged: it is made again
        TRY(m_kept.add(layer->number));
    }
    m_touched.insert(row.number(0));
    if (m_used.insert(row.number(0)).second)
        ++m_cache.m_steps[row.number(0)];
    return std::optional(stepOf(row, std::move(layer)));
}

Result<Layer> BuildCache::Use::commitLayer(ImageLayer layer) {
    return m_cache.m_store.commitLayer(std::move(layer), m_kept);
}

Result<void> BuildCache::Use::keepLayer(std::int64_t layer) {
    return m_kept.add(layer);
}

void BuildCache::Use::add(NewStep step) {
    const std::lock_guard own(m_mutex);
    m_new.push_back(std::move(step));
}

Result<void> BuildCache::Use::write() {
    std::vector<NewStep> steps;
    std::set<std::int64_t> touched;
    {
        const std::lock_guard own(m_mutex);
        steps = std::exchange(m_new, {});
        touched = std::exchange(m_touched, {});
    }
    if (steps.empty() && touched.empty())
        return {};
    if (!steps.empty())
        TRY(m_cache.m_store.sync());
    const std::int64_t now = nowMilliseconds();
    const auto held = m_cache.m_store.lock();
    Database& database = m_cache.m_store.database();
    // Rows that a power cut takes are steps that are done again.
    const Unsynced soon(database);
    TRY_ASSIGN(auto transaction, Transaction::begin(database));
    for (const NewStep& step : steps)
        TRY(database.run("INSERT INTO build_step(owner, key, text, layer, size, made_at, used_at) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(owner, key) DO UPDATE SET "
                         "text = excluded.text, layer = excluded.layer, size = excluded.size, "
                         "made_at = excluded.made_at, used_at = excluded.used_at",
                         m_owner, step.key, step.text,
                         step.made.layer ? std::optional(step.made.layer->number) : std::nullopt,
                         step.made.size, step.made.madeAt, now));
    for (const std::int64_t number : touched)
        TRY(database.run("UPDATE build_step SET used_at = ?1 WHERE number = ?2", now, number));
    return transaction.commit();
}

Result<std::optional<std::string>> BuildCache::Use::digest(const std::string& source,
                                                           const std::string& selection) {
    const auto held = m_cache.m_store.lock();
    TRY_ASSIGN(auto row, m_cache.m_store.database().prepare(
                             "SELECT digest FROM build_digest WHERE owner = ?1 AND source = ?2 AND "
                             "selection = ?3",
                             m_owner, source, selection));
    TRY_ASSIGN(const bool found, row.step());
    return found ? std::optional(row.text(0)) : std::nullopt;
}

Result<void> BuildCache::Use::addDigest(const std::string& source, const std::string& selection,
                                        const std::string& digest) {
    const auto held = m_cache.m_store.lock();
    const Unsynced soon(m_cache.m_store.database());
    return m_cache.m_store.database().run(
        "INSERT INTO build_digest(owner, source, selection, digest, used_at) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET digest = excluded.digest, used_at = excluded.used_at",
        m_owner, source, selection, digest, nowMilliseconds());
}

Result<std::pair<std::int64_t, bool>> BuildCache::folderRow(uid_t owner, CacheKind kind,
                                                            const std::string& name) {
    const auto held = m_store.lock();
    Database& database = m_store.database();
    const std::string kindName = cacheKindName(kind);
    const std::int64_t now = nowMilliseconds();
    const Unsynced soon(database);
    TRY(database.run("INSERT INTO build_folder(owner, kind, name, size, made_at, used_at) "
                     "VALUES (?1, ?2, ?3, 0, ?4, ?4) "
                     "ON CONFLICT(owner, kind, name) DO UPDATE SET used_at = excluded.used_at",
                     owner, kindName, name, now));
    TRY_ASSIGN(auto row, database.prepare(
                             "SELECT number FROM build_folder WHERE owner = ?1 AND kind = ?2 AND name = ?3",
                             owner, kindName, name));
    TRY(row.step());
    const std::int64_t number = row.number(0);
    return std::pair(number, !exists(folderOf(kind, number)));
}

Result<CacheFolder> BuildCache::Use::takeFolder(CacheKind kind, const std::string& name, FolderUse use,
                                                const Cancellation& cancellation) {
    BuildCache& cache = m_cache;
    std::unique_lock lock(cache.m_mutex);
    for (;;) {
        TRY_ASSIGN(const auto row, cache.folderRow(m_owner, kind, name));
        const auto& [number, isNew] = row;
        const auto known = cache.m_folders.find(number);
        const FolderState state = known == cache.m_folders.end() ? FolderState{} : known->second;
        if (state.users == 0 || (use == FolderUse::Shared && !state.isAlone && !state.isBeingMade)) {
            std::string path = cache.folderOf(kind, number);
            if (isNew) {
                // Where the next start clears it away, should this process end before it is made.
                TRY_ASSIGN(path, cache.makeStepFolder());
                TRY(makeFolder(path, 0755));
            }
            cache.m_folders[number] = {state.users + 1, use != FolderUse::Shared, isNew};
            return CacheFolder(cache, number, kind, path, isNew);
        }
        if (use == FolderUse::Alone || (use == FolderUse::Shared && state.isAlone)) {
            TRY_ASSIGN(std::string path, cache.makeStepFolder());
            return CacheFolder(cache, 0, kind, std::move(path), true);
        }
        TRY(cancellation.check());
        cache.m_released.wait_for(lock, kLookAround);
    }
}

void BuildCache::release(const CacheFolder& folder) {
    if (folder.m_number == 0 || folder.m_isNew)
        removeLater(folder.m_path);
    const std::lock_guard lock(m_mutex);
    const auto used = m_folders.find(folder.m_number);
    if (used != m_folders.end() && --used->second.users == 0)
        m_folders.erase(used);
    m_released.notify_all();
}

void BuildCache::measure(const CacheFolder& folder) {
    if (folder.m_number == 0)
        return;
    setSize(folder, bytesBelow(folder.m_path, std::chrono::steady_clock::now() + kMeasuring).bytes);
}

void BuildCache::setSize(const CacheFolder& folder, std::uint64_t bytes) {
    if (folder.m_number == 0)
        return;
    const auto held = m_store.lock();
    const Unsynced soon(m_store.database());
    const auto written =
        m_store.database().run("UPDATE build_folder SET size = ?1, used_at = ?2 WHERE number = ?3", bytes,
                               nowMilliseconds(), folder.m_number);
    if (!written)
        logWarning(written.error().text());
}

Result<std::optional<Layer>> BuildCache::layerOf(uid_t owner, const Digest& diffId) {
    const auto held = m_store.lock();
    TRY_ASSIGN(auto row, m_store.database().prepare(
                             "SELECT 1 FROM build_step JOIN layer ON layer.number = build_step.layer "
                             "WHERE owner = ?1 AND diff_id = ?2",
                             owner, diffId.toString()));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return std::optional<Layer>();
    return m_store.findLayer(diffId);
}

} // namespace escale
