#include "engine/build/cache/build_records.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"

#include <cstdio>
#include <set>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, owner, options, state, started_at, ended_at, image, size, steps, cached, error FROM build ";

BuildRecord recordOf(const Statement& row) {
    BuildRecord record;
    record.id = row.text(0);
    record.owner = static_cast<uid_t>(row.number(1));
    record.options = row.text(2);
    record.state = row.text(3);
    record.startedAt = row.number(4);
    record.endedAt = row.number(5);
    record.image = row.text(6);
    record.size = static_cast<std::uint64_t>(row.number(7));
    record.steps = static_cast<unsigned>(row.number(8));
    record.cached = static_cast<unsigned>(row.number(9));
    record.error = row.text(10);
    return record;
}

Result<std::vector<std::string>> firstColumn(Statement rows) {
    std::vector<std::string> texts;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return texts;
        texts.push_back(rows.text(0));
    }
}

} // namespace

Result<std::unique_ptr<BuildRecords>> BuildRecords::open(Store& store) {
    std::unique_ptr<BuildRecords> records(new BuildRecords(store));
    TRY(makeDirectories(store.folder() + "/builds", 0700));
    TRY(records->recover());
    return records;
}

Result<void> BuildRecords::recover() {
    const auto held = m_store.lock();
    Database& database = m_store.database();
    TRY_ASSIGN(auto running, database.prepare("SELECT id FROM build WHERE state = 'running'"));
    TRY_ASSIGN(m_interrupted, firstColumn(std::move(running)));
    if (!m_interrupted.empty())
        TRY(database.run("UPDATE build SET state = 'failed', error = 'the engine ended', ended_at = ?1 "
                         "WHERE state = 'running'",
                         nowMilliseconds()));
    TRY_ASSIGN(auto ids, database.prepare("SELECT id FROM build"));
    TRY_ASSIGN(const auto known, firstColumn(std::move(ids)));
    const std::set<std::string> expected(known.begin(), known.end());
    TRY_ASSIGN(const auto there, listDirectory(m_store.folder() + "/builds"));
    for (const auto& name : there) {
        if (!expected.contains(name))
            m_remover.remove(m_store.folder() + "/builds/" + name);
    }
    return {};
}

// Beside the others, under a name that no row has: the next start finishes what this one does not.
void BuildRecords::removeLater(const std::string& path) {
    const std::string aside = m_store.folder() + "/builds/removed-" + randomId().substr(0, 16);
    if (std::rename(path.c_str(), aside.c_str()) == 0)
        m_remover.remove(aside);
}

Result<void> BuildRecords::begin(const BuildRecord& record) {
    const std::string folder = folderOf(record.id);
    if (::mkdir(folder.c_str(), 0700) != 0)
        return failErrno("cannot make folder " + folder);
    const auto held = m_store.lock();
    {
        // A list of what was: it may miss its last lines after a power cut.
        const Unsynced soon(m_store.database());
        TRY(m_store.database().run(
            "INSERT INTO build(id, owner, options, state, started_at, ended_at, image, size, steps, cached, "
            "error) VALUES (?1, ?2, ?3, ?4, ?5, 0, '', 0, 0, 0, '')",
            record.id, record.owner, record.options, record.state, record.startedAt));
    }
    return dropOldest(record.owner);
}

Result<void> BuildRecords::dropOldest(uid_t owner) {
    TRY_ASSIGN(auto rows,
               m_store.database().prepare("SELECT id FROM build WHERE owner = ?1 AND state <> 'running' "
                                          "ORDER BY started_at DESC, id LIMIT -1 OFFSET ?2",
                                          owner, kMost));
    TRY_ASSIGN(const auto old, firstColumn(std::move(rows)));
    for (const auto& id : old) {
        TRY(m_store.database().run("DELETE FROM build WHERE id = ?1", id));
        removeLater(folderOf(id));
    }
    return {};
}

Result<void> BuildRecords::end(const BuildRecord& record) {
    const auto held = m_store.lock();
    {
        const Unsynced soon(m_store.database());
        TRY(m_store.database().run("UPDATE build SET state = ?1, ended_at = ?2, image = ?3, size = ?4, "
                                   "steps = ?5, cached = ?6, error = ?7 WHERE id = ?8",
                                   record.state, record.endedAt, record.image, record.size, record.steps,
                                   record.cached, record.error, record.id));
    }
    if (record.state != "done")
        return {};
    TRY_ASSIGN(auto rows,
               m_store.database().prepare(
                   "SELECT id FROM build WHERE owner = ?1 AND state = 'failed' AND "
                   "coalesce(json_extract(options, '$.name'), '') = "
                   "(SELECT coalesce(json_extract(options, '$.name'), '') FROM build WHERE id = ?2)",
                   record.owner, record.id));
    TRY_ASSIGN(const auto same, firstColumn(std::move(rows)));
    for (const auto& id : same) {
        if (keepsFailed(id))
            removeLater(failedOf(id));
    }
    return {};
}

Result<std::vector<BuildRecord>> BuildRecords::list(uid_t owner) {
    const auto held = m_store.lock();
    TRY_ASSIGN(auto rows, m_store.database().prepare(std::string(kColumns) +
                                                         "WHERE owner = ?1 ORDER BY started_at DESC, id "
                                                         "LIMIT ?2",
                                                     owner, kMost));
    std::vector<BuildRecord> records;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return records;
        records.push_back(recordOf(rows));
    }
}

Result<BuildRecord> BuildRecords::find(uid_t owner, const std::string& id) {
    const auto held = m_store.lock();
    TRY_ASSIGN(auto row,
               m_store.database().prepare(std::string(kColumns) + "WHERE owner = ?1 AND id = ?2", owner, id));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return fail(ErrorCode::NotFound, "no build " + shortId(id),
                    "The last " + std::to_string(kMost) + " builds are kept.");
    return recordOf(row);
}

Result<void> BuildRecords::remove(uid_t owner, const std::vector<std::string>& ids) {
    const auto held = m_store.lock();
    for (const auto& id : ids) {
        TRY_ASSIGN(const BuildRecord record, find(owner, id));
        if (record.state == "running")
            return fail(ErrorCode::InUse, "build " + shortId(id) + " runs", "Cancel it first.");
    }
    TRY(m_store.removeInTransaction([&]() -> Result<void> {
        for (const auto& id : ids)
            TRY(m_store.database().run("DELETE FROM build WHERE id = ?1", id));
        return {};
    }));
    for (const auto& id : ids)
        removeLater(folderOf(id));
    return {};
}

bool BuildRecords::keepsFailed(const std::string& id) const {
    return exists(failedOf(id) + "/step.json"); // written last
}

Result<void> BuildRecords::limitFailed(uid_t owner) {
    const auto held = m_store.lock();
    TRY_ASSIGN(auto rows, m_store.database().prepare(
                              "SELECT id FROM build WHERE owner = ?1 ORDER BY started_at DESC, id", owner));
    TRY_ASSIGN(const auto ids, firstColumn(std::move(rows)));
    unsigned kept = 0;
    for (const auto& id : ids) {
        if (keepsFailed(id) && ++kept > kMostFailed)
            removeLater(failedOf(id));
    }
    return {};
}

} // namespace escale
