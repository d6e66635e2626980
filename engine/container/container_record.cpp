#include "engine/container/container_record.h"

#include "engine/base/log.h"
#include "engine/container/container_options.h"
#include "engine/store/store.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::string_view kColumns =
    "id, owner, image_digest, options, created_at, started_at, finished_at, state, "
    "exit_code, oom_killed, address, error, name, restart_count, stopped_by_user, ports";

constexpr std::size_t kMostRead = 4096; // a few KB each

ContainerState stateFromName(std::string_view name) {
    for (const auto state : {ContainerState::Created, ContainerState::Running, ContainerState::Paused,
                             ContainerState::Restarting, ContainerState::Dead}) {
        if (name == stateName(state))
            return state;
    }
    return ContainerState::Exited;
}

std::string wordsOf(const Texts& texts) {
    std::string words;
    for (const auto& text : texts)
        words += (words.empty() ? "" : " ") + text;
    return words;
}

Texts textsOf(std::string_view words) {
    Texts texts;
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        texts.emplace_back(word);
        words.remove_prefix(std::min(word.size() + 1, words.size()));
    }
    return texts;
}

bool isHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

Result<void> ContainerRecords::insert(const Container& container) {
    const auto lock = m_store.lock();
    TRY(checkNameIsFree(container));
    TRY_ASSIGN(
        auto statement,
        m_store.database().prepare(
            "INSERT INTO container (id, owner, name, image_digest, image_reference, options, "
            "created_at, started_at, finished_at, state, exit_code, oom_killed, address, error, ports) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"));
    statement.bind(container.id)
        .bind(static_cast<std::int64_t>(container.owner))
        .bind(container.options.name)
        .bind(container.imageDigest)
        .bind(container.options.image)
        .bind(optionsToJson(container.options).dump())
        .bind(container.createdAt)
        .bind(container.startedAt)
        .bind(container.finishedAt)
        .bind(stateName(container.state))
        .bind(static_cast<std::int64_t>(container.exitCode))
        .bind(static_cast<std::int64_t>(container.oomKilled ? 1 : 0))
        .bind(container.address)
        .bind(container.error);
    return statement.run();
}

Result<void> ContainerRecords::update(const Container& container) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(
        auto statement,
        m_store.database().prepare(
            "UPDATE container SET started_at = ?, finished_at = ?, state = ?, exit_code = ?, "
            "oom_killed = ?, address = ?, error = ?, restart_count = ?, stopped_by_user = ?, ports = ? "
            "WHERE id = ?"));
    statement.bind(container.startedAt)
        .bind(container.finishedAt)
        .bind(stateName(container.state))
        .bind(static_cast<std::int64_t>(container.exitCode))
        .bind(static_cast<std::int64_t>(container.oomKilled ? 1 : 0))
        .bind(container.address)
        .bind(container.error)
        .bind(static_cast<std::int64_t>(container.restartCount))
        .bind(static_cast<std::int64_t>(container.stoppedByUser ? 1 : 0))
        .bind(wordsOf(container.ports))
        .bind(container.id);
    return statement.run();
}

Result<void> ContainerRecords::updateOptions(const Container& container) {
    const auto lock = m_store.lock();
    TRY(checkNameIsFree(container));
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("UPDATE container SET name = ?, options = ? WHERE id = ?"));
    statement.bind(container.options.name).bind(optionsToJson(container.options).dump()).bind(container.id);
    return statement.run();
}

// Under the store's lock.
Result<void> ContainerRecords::checkNameIsFree(const Container& container) {
    TRY_ASSIGN(auto taken, m_store.database().prepare(
                               "SELECT 1 FROM container WHERE owner = ? AND name = ? AND id <> ?"));
    taken.bind(static_cast<std::int64_t>(container.owner)).bind(container.options.name).bind(container.id);
    TRY_ASSIGN(const bool exists, taken.step());
    if (exists)
        return fail(ErrorCode::AlreadyExists,
                    "there is already a container named \"" + container.options.name + "\"",
                    "Choose another name, or remove that container.");
    return {};
}

Result<void> ContainerRecords::remove(const Container& container) {
    {
        const auto lock = m_store.lock();
        const Unsynced fast(m_store.database(), container.options.removeWhenStopped);
        m_read.erase(container.id);
        TRY(m_store.removeInTransaction(
            [&] { return m_store.database().run("DELETE FROM container WHERE id = ?1", container.id); }));
    }
    // The container has gone, whatever becomes of an image that it alone still used.
    if (const auto cleared = m_store.removeUnusedImages(); !cleared)
        logWarning("an image without a name stays until the next start: " + cleared.error().text());
    return {};
}

Result<ContainerRecords::ReadRow*> ContainerRecords::withOptions(std::string id, std::string_view text) {
    if (const auto known = m_read.find(id); known != m_read.end() && known->second.options == text)
        return &known->second;
    const std::string what = "the record of container " + id;
    auto json = Json::parse(text);
    if (!json)
        return fail(std::move(json).error().prefixed(what));
    auto options = optionsFromJson(*json);
    if (!options)
        return fail(std::move(options).error().prefixed(what));
    if (m_read.size() >= kMostRead)
        m_read.clear();
    ReadRow& read = m_read[id];
    read.options = text;
    read.container.id = std::move(id);
    read.container.options = *std::move(options);
    return &read;
}

Result<Container*> ContainerRecords::readRow(const Statement& row) {
    TRY_ASSIGN(ReadRow * read, withOptions(row.text(0), row.view(3)));
    Container& container = read->container;
    container.owner = static_cast<uid_t>(row.number(1));
    container.imageDigest = row.view(2);
    container.createdAt = row.number(4);
    container.startedAt = row.number(5);
    container.finishedAt = row.number(6);
    container.state = stateFromName(row.view(7));
    container.pid = 0;
    container.exitCode = static_cast<int>(row.number(8));
    container.oomKilled = row.number(9) != 0;
    container.address = row.view(10);
    container.error = row.view(11);
    container.options.name = row.view(12);
    container.restartCount = static_cast<unsigned>(row.number(13));
    container.stoppedByUser = row.number(14) != 0;
    container.ports = textsOf(row.view(15));
    container.health.clear();
    return &container;
}

Result<void> ContainerRecords::selectEach(const std::string& condition,
                                          const std::vector<std::string>& values,
                                          const std::function<void(Container&)>& see) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT " + std::string(kColumns) + " FROM container " + condition +
                                          " ORDER BY created_at DESC, id"));
    for (const auto& value : values)
        statement.bind(value);
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return {};
        TRY_ASSIGN(Container * container, readRow(statement));
        see(*container);
    }
}

Result<std::vector<Container>> ContainerRecords::select(const std::string& condition,
                                                        const std::vector<std::string>& values) {
    std::vector<Container> found;
    TRY(selectEach(condition, values, [&](const Container& container) { found.push_back(container); }));
    return found;
}

Result<std::vector<Container>> ContainerRecords::all() {
    return select("", {});
}

Result<std::vector<Container>> ContainerRecords::withoutEndpoints() {
    return select("WHERE ports IS NULL", {});
}

Result<std::vector<Container>> ContainerRecords::of(uid_t owner) {
    // The column's INTEGER affinity turns the bound text into a number before it compares.
    return select("WHERE owner = ?", {std::to_string(owner)});
}

Result<void> ContainerRecords::visit(uid_t owner, ContainerChoice choice,
                                     const std::function<void(Container&)>& see) {
    const std::string which =
        choice == ContainerChoice::Running ? " AND state IN ('running', 'paused', 'restarting')" : "";
    return selectEach("WHERE owner = ?" + which, {std::to_string(owner)}, see);
}

Result<std::size_t> ContainerRecords::countOf(uid_t owner) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto row, m_store.database().prepare("SELECT count(*) FROM container WHERE owner = ?1",
                                                    static_cast<std::int64_t>(owner)));
    TRY(row.step());
    return static_cast<std::size_t>(row.number(0));
}

Result<Container> ContainerRecords::byId(const std::string& id) {
    TRY_ASSIGN(auto found, select("WHERE id = ?", {id}));
    if (found.empty())
        return fail(ErrorCode::NotFound, "there is no container " + id.substr(0, 12));
    return std::move(found.front());
}

Result<Container> ContainerRecords::find(uid_t owner, const std::string& idOrName) {
    const std::string number = std::to_string(owner);
    TRY_ASSIGN(auto exact, select("WHERE owner = ? AND (id = ? OR name = ?)", {number, idOrName, idOrName}));
    if (exact.size() == 1)
        return std::move(exact.front());
    if (exact.empty() && idOrName.size() >= 2 && idOrName.size() < 64 && isHex(idOrName)) {
        TRY_ASSIGN(exact, select("WHERE owner = ? AND id GLOB ?", {number, idOrName + "*"}));
        if (exact.size() == 1)
            return std::move(exact.front());
    }
    if (!exact.empty())
        return fail(ErrorCode::InvalidArgument, "\"" + idOrName + "\" fits more than one container",
                    "Give more digits of the id, or the name.");
    return fail(ErrorCode::NotFound, "there is no container \"" + idOrName + "\"");
}

} // namespace escale
