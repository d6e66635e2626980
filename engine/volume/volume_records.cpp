#include "engine/volume/volume_records.h"

#include "engine/base/json.h"
#include "engine/store/store.h"

namespace escale {
namespace {

constexpr std::string_view kColumns =
    "number, owner, name, options, labels, anonymous, created_at, used_at, size, files, measured_at";

std::string toText(const std::map<std::string, std::string>& values) {
    Json json = Json::Object();
    for (const auto& [name, value] : values)
        json.set(name, value);
    return json.dump();
}

Result<std::map<std::string, std::string>> fromText(const std::string& text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : json.members())
        values[name] = value.toString();
    return values;
}

Result<VolumeRecord> readRow(const Statement& row) {
    VolumeRecord record;
    record.number = row.number(0);
    record.owner = static_cast<uid_t>(row.number(1));
    record.name = row.text(2);
    TRY_ASSIGN(record.options, fromText(row.text(3)));
    TRY_ASSIGN(record.labels, fromText(row.text(4)));
    record.isAnonymous = row.number(5) != 0;
    record.createdAt = row.number(6);
    record.usedAt = row.number(7);
    record.size = static_cast<std::uint64_t>(row.number(8));
    record.files = static_cast<std::uint64_t>(row.number(9));
    record.measuredAt = row.number(10);
    return record;
}

} // namespace

Result<void> VolumeRecords::insert(const VolumeRecord& record) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto count, m_store.database().prepare("SELECT count(*) FROM volume WHERE owner = ?1",
                                                      static_cast<std::int64_t>(record.owner)));
    TRY(count.step());
    if (count.number(0) >= kMostVolumes)
        return fail(ErrorCode::WrongState, "you have " + std::to_string(count.number(0)) + " volumes already",
                    "Remove those you no longer need.");
    auto inserted = m_store.database().run(
        "INSERT INTO volume (number, owner, name, options, labels, anonymous, created_at, used_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
        record.number, static_cast<std::int64_t>(record.owner), record.name, toText(record.options),
        toText(record.labels), record.isAnonymous ? 1 : 0, record.createdAt);
    if (!inserted && inserted.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::AlreadyExists, "there is already a volume named \"" + record.name + '"',
                    "Choose another name, or remove that volume.");
    return inserted;
}

Result<void> VolumeRecords::remove(std::int64_t number) {
    auto removed = m_store.removeInTransaction([&]() -> Result<void> {
        TRY(m_store.database().run("DELETE FROM volume WHERE number = ?1", number));
        if (m_store.database().changes() == 0)
            return fail(ErrorCode::NotFound, "the volume has gone already");
        return {};
    });
    if (!removed && removed.error().code == ErrorCode::WrongState)
        return fail(ErrorCode::InUse, "containers have the volume", "Remove them first.");
    return removed;
}

Result<void> VolumeRecords::saveNamed(std::int64_t number) {
    const auto lock = m_store.lock();
    return m_store.database().run("UPDATE volume SET anonymous = 0 WHERE number = ?1", number);
}

Result<void> VolumeRecords::saveUsed(std::int64_t number, std::int64_t time) {
    const auto lock = m_store.lock();
    return m_store.database().run("UPDATE volume SET used_at = ?1 WHERE number = ?2", time, number);
}

Result<void> VolumeRecords::saveMeasure(std::int64_t number, std::uint64_t size, std::uint64_t files,
                                        std::int64_t time) {
    const auto lock = m_store.lock();
    return m_store.database().run(
        "UPDATE volume SET size = ?1, files = ?2, measured_at = ?3 WHERE number = ?4",
        static_cast<std::int64_t>(size), static_cast<std::int64_t>(files), time, number);
}

Result<std::int64_t> VolumeRecords::lastNumber() {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto row, m_store.database().prepare(
                             "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'volume'"));
    TRY(row.step());
    return row.number(0);
}

Result<void> VolumeRecords::give(std::int64_t number) {
    const auto lock = m_store.lock();
    TRY(m_store.database().run("INSERT INTO sqlite_sequence (name, seq) SELECT 'volume', 0 WHERE NOT EXISTS "
                               "(SELECT 1 FROM sqlite_sequence WHERE name = 'volume')"));
    return m_store.database().run("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'volume'",
                                  number);
}

Result<std::vector<VolumeRecord>> VolumeRecords::select(const std::string& condition,
                                                        const std::vector<std::string>& values) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT " + std::string(kColumns) + " FROM volume " + condition +
                                          " ORDER BY name, owner"));
    for (const auto& value : values)
        statement.bind(value);
    std::vector<VolumeRecord> found;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return found;
        auto record = readRow(statement);
        if (!record)
            return fail(std::move(record).error().prefixed("the record of volume " + statement.text(2)));
        found.push_back(*std::move(record));
    }
}

Result<std::vector<VolumeRecord>> VolumeRecords::all() {
    return select("", {});
}

Result<std::vector<VolumeRecord>> VolumeRecords::of(uid_t owner) {
    return select("WHERE owner = ?", {std::to_string(owner)});
}

Result<VolumeRecord> VolumeRecords::find(uid_t owner, const std::string& name) {
    TRY_ASSIGN(auto found, select("WHERE owner = ? AND name = ?", {std::to_string(owner), name}));
    if (found.empty())
        return fail(ErrorCode::NotFound, "there is no volume \"" + name + '"');
    return std::move(found.front());
}

Result<void> VolumeRecords::insertUse(const VolumeUse& use) {
    const auto lock = m_store.lock();
    auto inserted = m_store.database().run(
        "INSERT INTO volume_use (container, target, volume, read_only) VALUES (?1, ?2, ?3, ?4)",
        use.container, use.target, use.volume, use.readOnly ? 1 : 0);
    if (!inserted && inserted.error().code == ErrorCode::WrongState)
        return fail(ErrorCode::NotFound, "the volume of " + use.target + " has been removed meanwhile",
                    "Try again.");
    return inserted;
}

Result<std::vector<VolumeUse>> VolumeRecords::selectUses(const std::string& condition,
                                                         const std::string& value) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT container, target, volume, read_only FROM volume_use " +
                                          condition + " ORDER BY container, target"));
    statement.bind(value);
    std::vector<VolumeUse> found;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return found;
        found.push_back(
            {statement.text(0), statement.text(1), statement.number(2), statement.number(3) != 0});
    }
}

Result<std::vector<VolumeUse>> VolumeRecords::usesOf(const std::string& container) {
    return selectUses("WHERE container = ?", container);
}

Result<std::vector<VolumeUse>> VolumeRecords::usesOfOwner(uid_t owner) {
    return selectUses("WHERE volume IN (SELECT number FROM volume WHERE owner = ?)", std::to_string(owner));
}

} // namespace escale
