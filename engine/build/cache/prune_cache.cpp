// Looking at the cache, and taking away from it.
#include "engine/build/cache/build_cache.h"

#include <algorithm>

namespace escale {
namespace {

Result<std::vector<CacheEntry>> stepsOf(Database& database, uid_t owner) {
    TRY_ASSIGN(auto rows, database.prepare(
                              "SELECT number, text, size, made_at, used_at, "
                              "EXISTS(SELECT 1 FROM image_layer WHERE image_layer.layer = build_step.layer) "
                              "FROM build_step WHERE owner = ?1",
                              owner));
    std::vector<CacheEntry> entries;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return entries;
        entries.push_back({rows.number(0), CacheKind::Step, rows.text(1),
                           static_cast<std::uint64_t>(rows.number(2)), rows.number(3), rows.number(4), false,
                           rows.number(5) != 0});
    }
}

Result<void> addFolders(Database& database, uid_t owner, std::vector<CacheEntry>& entries) {
    TRY_ASSIGN(auto rows, database.prepare("SELECT number, kind, name, size, made_at, used_at "
                                           "FROM build_folder WHERE owner = ?1",
                                           owner));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return {};
        entries.push_back(
            {rows.number(0),
             rows.text(1) == cacheKindName(CacheKind::Mount) ? CacheKind::Mount : CacheKind::Context,
             rows.text(2), static_cast<std::uint64_t>(rows.number(3)), rows.number(4), rows.number(5), false,
             false});
    }
}

/// Those that go.
std::vector<CacheEntry> choose(const std::vector<CacheEntry>& entries, const CachePrune& filter) {
    const auto counts = [&](const CacheEntry& entry) {
        return (filter.kinds.empty() || filter.kinds.contains(entry.kind)) && !entry.isShared;
    };
    std::uint64_t left = 0;
    for (const CacheEntry& entry : entries)
        left += counts(entry) ? entry.size : 0;
    std::vector<CacheEntry> chosen;
    for (const CacheEntry& entry : entries) {
        if (entry.isInUse || (!filter.kinds.empty() && !filter.kinds.contains(entry.kind)) ||
            (filter.until && entry.usedAt >= *filter.until))
            continue;
        if (filter.keepBytes) {
            if (left <= *filter.keepBytes)
                break;
            if (!counts(entry))
                continue;
            left -= entry.size;
        }
        chosen.push_back(entry);
    }
    return chosen;
}

} // namespace

Result<std::vector<CacheEntry>> BuildCache::list(uid_t owner) {
    const std::lock_guard lock(m_mutex);
    const auto held = m_store.lock();
    TRY_ASSIGN(auto entries, stepsOf(m_store.database(), owner));
    TRY(addFolders(m_store.database(), owner, entries));
    for (CacheEntry& entry : entries)
        entry.isInUse =
            entry.kind == CacheKind::Step ? m_steps.contains(entry.number) : m_folders.contains(entry.number);
    std::sort(entries.begin(), entries.end(), [](const CacheEntry& a, const CacheEntry& b) {
        return std::pair(a.usedAt, a.number) < std::pair(b.usedAt, b.number);
    });
    return entries;
}

Result<PrunedCache> BuildCache::prune(uid_t owner, const CachePrune& filter) {
    PrunedCache pruned;
    std::vector<std::string> folders;
    {
        // No build may take what was just chosen.
        std::unique_lock lock(m_mutex, std::defer_lock);
        TRY_ASSIGN(const auto entries, list(owner));
        lock.lock();
        TRY(m_store.removeInTransaction([&]() -> Result<void> {
            pruned = {};
            folders.clear();
            for (const CacheEntry& entry : choose(entries, filter)) {
                const bool isStep = entry.kind == CacheKind::Step;
                if (isStep ? m_steps.contains(entry.number) : m_folders.contains(entry.number))
                    continue;
                TRY(m_store.database().run(isStep ? "DELETE FROM build_step WHERE number = ?1"
                                                  : "DELETE FROM build_folder WHERE number = ?1",
                                           entry.number));
                ++pruned.removed;
                if (isStep)
                    continue;
                pruned.bytes += entry.size;
                folders.push_back(folderOf(entry.kind, entry.number));
            }
            return {};
        }));
        for (const auto& folder : folders)
            removeLater(folder);
    }
    TRY_ASSIGN(const std::uint64_t freed, m_store.removeUnusedLayers());
    pruned.bytes += freed;
    return pruned;
}

} // namespace escale
