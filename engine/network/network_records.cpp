#include "engine/network/network_records.h"

#include "engine/base/json.h"
#include "engine/network/ipam.h"
#include "engine/store/store.h"

#include <algorithm>
#include <sstream>

namespace escale {
namespace {

constexpr std::string_view kColumns = "id, owner, name, driver, interface, settings, created_at";
constexpr std::string_view kEndpointColumns = "container, network, position, request, addresses, mac";

std::string settingsOf(const NetworkRecord& record) {
    const Network& network = record.network;
    Json labels = Json::Object();
    for (const auto& [name, value] : record.labels)
        labels.set(name, value);
    Json json;
    json.set("internal", network.internal)
        .set("icc", network.icc)
        .set("masquerade", network.masquerade)
        .set("mtu", network.mtu)
        .set("parent", network.parent)
        .set("mode", network.mode)
        .set("labels", std::move(labels));
    return json.dump();
}

void readSettings(const Json& json, NetworkRecord& record) {
    Network& network = record.network;
    network.internal = json.at("internal").toBool();
    network.icc = json.at("icc").toBool(true);
    network.masquerade = json.at("masquerade").toBool(true);
    network.mtu = static_cast<unsigned>(json.at("mtu").toUnsigned().value_or(0));
    network.parent = json.at("parent").toString();
    network.mode = json.at("mode").toString();
    for (const auto& [name, value] : json.at("labels").members())
        record.labels[name] = value.toString();
}

std::string toText(const EndpointRequest& request) {
    Json json = Json::Object();
    if (!request.aliases.empty())
        json.set("aliases", Json::strings(request.aliases));
    if (request.ip)
        json.set("ip", request.ip->toString());
    if (request.ip6)
        json.set("ip6", request.ip6->toString());
    if (!request.mac.empty())
        json.set("mac", request.mac);
    return json.dump();
}

Result<EndpointRequest> requestFrom(const std::string& text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    EndpointRequest request;
    TRY_ASSIGN(request.aliases, json.getStrings("aliases"));
    request.mac = json.at("mac").toString();
    if (json.contains("ip")) {
        TRY_ASSIGN(request.ip, IpAddress::parse(json.at("ip").toString()));
    }
    if (json.contains("ip6")) {
        TRY_ASSIGN(request.ip6, IpAddress::parse(json.at("ip6").toString()));
    }
    return request;
}

std::string words(const std::vector<IpAddress>& addresses) {
    std::string text;
    for (const auto& address : addresses)
        text += (text.empty() ? "" : " ") + address.toString();
    return text;
}

Result<EndpointRecord> readEndpoint(const Statement& row) {
    EndpointRecord endpoint;
    endpoint.container = row.text(0);
    endpoint.network = row.text(1);
    endpoint.position = static_cast<unsigned>(row.number(2));
    TRY_ASSIGN(endpoint.request, requestFrom(row.text(3)));
    std::istringstream addresses(row.text(4));
    for (std::string word; addresses >> word;) {
        TRY_ASSIGN(endpoint.addresses.emplace_back(), IpAddress::parse(word));
    }
    endpoint.mac = row.text(5);
    return endpoint;
}

bool isHex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

Result<void> NetworkRecords::insert(const NetworkRecord& record) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    const Network& network = record.network;
    auto inserted = m_store.database().run(
        "INSERT INTO network (id, owner, name, driver, interface, settings, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        network.id, static_cast<std::int64_t>(record.owner), network.name, network.driver, network.interface,
        settingsOf(record), record.createdAt);
    if (!inserted && inserted.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::AlreadyExists, "there is already a network named \"" + network.name + '"',
                    "Choose another name, or remove that network.");
    TRY(inserted);
    TRY(insertPools(record));
    return transaction.commit();
}

Result<void> NetworkRecords::insertPools(const NetworkRecord& record) {
    const auto& pools = record.network.pools;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        const NetworkPool& pool = pools[i];
        const IpAddress last = i < record.last.size() ? record.last[i] : pool.gateway;
        TRY(m_store.database().run(
            "INSERT INTO network_pool (network, position, subnet, ip_range, gateway, last_address) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            record.network.id, static_cast<std::int64_t>(i), pool.subnet.toString(),
            pool.ipRange ? std::optional(pool.ipRange->toString()) : std::nullopt, pool.gateway.toString(),
            last.toString()));
    }
    return {};
}

Result<void> NetworkRecords::replacePools(const NetworkRecord& record) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_store.database().run("DELETE FROM network_pool WHERE network = ?1", record.network.id));
    TRY(m_store.database().run(
        "UPDATE endpoint SET request = json_remove(request, '$.ip', '$.ip6'), addresses = NULL, mac = NULL "
        "WHERE network = ?1",
        record.network.id));
    TRY(insertPools(record));
    return transaction.commit();
}

Result<void> NetworkRecords::remove(const std::string& id) {
    return m_store.removeInTransaction(
        [&] { return m_store.database().run("DELETE FROM network WHERE id = ?1", id); });
}

Result<void> NetworkRecords::saveLast(const std::string& id, const IpAddress& address) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(const NetworkRecord record, byId(id));
    const auto& pools = record.network.pools;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        if (pools[i].subnet.contains(address))
            return m_store.database().run(
                "UPDATE network_pool SET last_address = ?1 WHERE network = ?2 AND position = ?3",
                address.toString(), id, static_cast<std::int64_t>(i));
    }
    return {};
}

Result<NetworkRecord> NetworkRecords::readRow(const Statement& row) {
    NetworkRecord record;
    Network& network = record.network;
    network.id = row.text(0);
    record.owner = static_cast<uid_t>(row.number(1));
    network.name = row.text(2);
    network.driver = row.text(3);
    network.interface = row.text(4);
    network.table = m_table;
    record.createdAt = row.number(6);
    TRY_ASSIGN(const Json settings, Json::parse(row.text(5)));
    readSettings(settings, record);
    TRY_ASSIGN(auto pools,
               m_store.database().prepare("SELECT subnet, ip_range, gateway, last_address FROM network_pool "
                                          "WHERE network = ?1 ORDER BY position",
                                          network.id));
    for (;;) {
        TRY_ASSIGN(const bool more, pools.step());
        if (!more)
            return record;
        NetworkPool& pool = network.pools.emplace_back();
        TRY_ASSIGN(pool.subnet, IpSubnet::parse(pools.text(0)));
        if (!pools.isNull(1)) {
            TRY_ASSIGN(pool.ipRange, IpSubnet::parse(pools.text(1)));
        }
        TRY_ASSIGN(pool.gateway, IpAddress::parse(pools.text(2)));
        TRY_ASSIGN(record.last.emplace_back(), IpAddress::parse(pools.text(3)));
    }
}

Result<std::vector<NetworkRecord>> NetworkRecords::select(const std::string& condition,
                                                          const std::vector<std::string>& values) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT " + std::string(kColumns) + " FROM network " + condition +
                                          " ORDER BY name <> 'bridge', name, id"));
    for (const auto& value : values)
        statement.bind(value);
    std::vector<NetworkRecord> found;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return found;
        auto record = readRow(statement);
        if (!record)
            return fail(std::move(record).error().prefixed("the record of network " + statement.text(2)));
        found.push_back(*std::move(record));
    }
}

Result<std::vector<NetworkRecord>> NetworkRecords::all() {
    return select("", {});
}

Result<std::vector<NetworkRecord>> NetworkRecords::of(uid_t owner) {
    return select("WHERE owner = ?", {std::to_string(owner)});
}

Result<NetworkRecord> NetworkRecords::byId(const std::string& id) {
    TRY_ASSIGN(auto found, select("WHERE id = ?", {id}));
    if (found.empty())
        return fail(ErrorCode::NotFound, "there is no network " + id.substr(0, 12));
    return std::move(found.front());
}

Result<NetworkRecord> NetworkRecords::find(uid_t owner, const std::string& idOrName) {
    const std::string number = std::to_string(owner);
    TRY_ASSIGN(auto found, select("WHERE owner = ? AND (name = ? OR id = ?)", {number, idOrName, idOrName}));
    if (found.empty() && idOrName.size() >= 2 && idOrName.size() < 64 && isHex(idOrName)) {
        TRY_ASSIGN(found, select("WHERE owner = ? AND id GLOB ?", {number, idOrName + "*"}));
    }
    if (found.size() > 1)
        return fail(ErrorCode::InvalidArgument, '"' + idOrName + "\" fits more than one network",
                    "Give more digits of the id, or the name.");
    if (found.empty())
        return fail(ErrorCode::NotFound, "there is no network \"" + idOrName + '"');
    return std::move(found.front());
}

Result<void> NetworkRecords::insert(const EndpointRecord& endpoint) {
    const auto lock = m_store.lock();
    auto inserted = m_store.database().run(
        "INSERT INTO endpoint (container, network, position, request) VALUES (?1, ?2, ?3, ?4)",
        endpoint.container, endpoint.network, static_cast<std::int64_t>(endpoint.position),
        toText(endpoint.request));
    if (!inserted && inserted.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::AlreadyExists, "the container is in that network already");
    return inserted;
}

Result<void> NetworkRecords::removeEndpoint(const std::string& container, const std::string& network) {
    return m_store.removeInTransaction([&] {
        return m_store.database().run("DELETE FROM endpoint WHERE container = ?1 AND network = ?2", container,
                                      network);
    });
}

Result<void> NetworkRecords::saveRun(const EndpointRecord& endpoint) {
    const auto lock = m_store.lock();
    return m_store.database().run(
        "UPDATE endpoint SET addresses = ?1, mac = ?2 WHERE container = ?3 AND network = ?4",
        words(endpoint.addresses), endpoint.mac, endpoint.container, endpoint.network);
}

Result<void> NetworkRecords::forgetRun(const std::string& container) {
    const auto lock = m_store.lock();
    return m_store.database().run("UPDATE endpoint SET addresses = NULL, mac = NULL WHERE container = ?1",
                                  container);
}

Result<std::vector<EndpointRecord>> NetworkRecords::selectEndpoints(const std::string& condition,
                                                                    const std::string& value) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT " + std::string(kEndpointColumns) + " FROM endpoint " +
                                          condition + " ORDER BY container, position"));
    statement.bind(value);
    std::vector<EndpointRecord> found;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return found;
        TRY_ASSIGN(found.emplace_back(), readEndpoint(statement));
    }
}

Result<std::vector<EndpointRecord>> NetworkRecords::endpointsOf(const std::string& container) {
    return selectEndpoints("WHERE container = ?", container);
}

Result<std::vector<EndpointRecord>> NetworkRecords::membersOf(const std::string& network) {
    return selectEndpoints("WHERE network = ?", network);
}

Result<std::vector<EndpointRecord>> NetworkRecords::endpointsOfOwner(uid_t owner) {
    return selectEndpoints("WHERE network IN (SELECT id FROM network WHERE owner = ?)",
                           std::to_string(owner));
}

} // namespace escale
