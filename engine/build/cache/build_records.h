// The builds of each owner: what was asked for and what came of it, as rows, and a folder each.
//
//   <state>/builds/<id>/events    what happened (engine/build/build_events.h), appended to while it runs
//   <state>/builds/<id>/failed/   what a step that failed has left, and what it was
//
// Thread-safe. Methods may block on the disk.
#pragma once

#include "engine/base/tree_remover.h"
#include "engine/store/store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct BuildRecord {
    std::string id;
    uid_t owner = 0;
    std::string options;                     // JSON, without secrets; "name" in it is the context's
    std::string state = "running";           // "done", "failed", "cancelled"
    std::int64_t startedAt = 0, endedAt = 0; // Unix milliseconds; 0: not yet
    std::string image;                       // digest; empty: none
    std::uint64_t size = 0;
    unsigned steps = 0, cached = 0;
    std::string error;
};

class BuildRecords {
public:
    static constexpr unsigned kMost = 100; // kept of one owner
    static constexpr unsigned kMostFailed = 5;

    /// Builds that ran when the last helper ended have failed, see takeInterrupted().
    static Result<std::unique_ptr<BuildRecords>> open(Store& store);
    BuildRecords(const BuildRecords&) = delete;
    BuildRecords& operator=(const BuildRecords&) = delete;
    ~BuildRecords() = default;

    /// The row and the folder; the oldest that have ended go above kMost.
    Result<void> begin(const BuildRecord& record);
    /// Everything but what was asked for. When it is done, failed steps of the same context go.
    Result<void> end(const BuildRecord& record);
    /// Newest first.
    Result<std::vector<BuildRecord>> list(uid_t owner);
    /// NotFound.
    Result<BuildRecord> find(uid_t owner, const std::string& id);
    /// All or none: NotFound, InUse for one that runs.
    Result<void> remove(uid_t owner, const std::vector<std::string>& ids);

    [[nodiscard]] std::string folderOf(const std::string& id) const {
        return m_store.folder() + "/builds/" + id;
    }
    [[nodiscard]] std::string eventsOf(const std::string& id) const { return folderOf(id) + "/events"; }
    [[nodiscard]] std::string failedOf(const std::string& id) const { return folderOf(id) + "/failed"; }
    [[nodiscard]] bool keepsFailed(const std::string& id) const;
    /// After one was kept: the oldest of the owner's go above kMostFailed.
    Result<void> limitFailed(uid_t owner);
    /// Builds that the last helper has left unfinished, told once.
    std::vector<std::string> takeInterrupted() { return std::exchange(m_interrupted, {}); }

private:
    explicit BuildRecords(Store& store)
        : m_store(store) {}
    Result<void> recover();
    Result<void> dropOldest(uid_t owner);
    void removeLater(const std::string& path);

    Store& m_store;
    std::vector<std::string> m_interrupted;
    TreeRemover m_remover;
};

} // namespace escale
