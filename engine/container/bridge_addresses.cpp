#include "engine/container/bridge_addresses.h"

#include "engine/base/file.h"
#include "engine/network/host_routes.h"
#include "engine/network/ipam.h"
#include "engine/store/store.h"

#include <cerrno>
#include <fcntl.h>
#include <net/if.h>
#include <sys/file.h>

namespace escale {
namespace {

constexpr const char* kName = "bridge";

// Held while a subnet is chosen and its bridge made: another Escale on this machine must not choose the same
// one.
Result<UniqueFd> lockNetworks() {
    TRY_ASSIGN(UniqueFd lock, openFile("/run/escale-networks.lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
    while (::flock(lock.get(), LOCK_EX) != 0) {
        if (errno != EINTR)
            return failErrno("cannot lock /run/escale-networks.lock");
    }
    return lock;
}

} // namespace

Result<Network> BridgeAddresses::ensure() {
    const std::lock_guard guard(m_mutex);
    const bool present = ::if_nametoindex(m_bridge.c_str()) != 0;
    if (m_ensured && present)
        return *m_ensured;
    TRY_ASSIGN(const UniqueFd lock, lockNetworks());
    TRY_ASSIGN(auto record, readRecord());
    if (record && !present && m_used.empty()) {
        // Made anew: since the subnet was chosen, the machine may have come to use it otherwise.
        TRY_ASSIGN(const auto taken, hostSubnets());
        if (overlapOf(record->subnet, taken) != nullptr)
            record.reset();
    }
    if (!record) {
        TRY_ASSIGN(record, chooseRecord());
    }
    Network network = named();
    network.pools = {poolOf(*record)};
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(network.driver));
    TRY(driver->ensure(network));
    m_ensured = network;
    return network;
}

Network BridgeAddresses::named() const {
    Network network;
    network.name = kName;
    network.interface = m_bridge;
    network.table = m_table;
    return network;
}

Result<IpAddress> BridgeAddresses::reserve(const std::string& user) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(auto record, readRecord());
    if (!record)
        return fail(ErrorCode::Internal, "an address was asked for before the network was made");
    std::set<IpAddress> used;
    for (const auto& [id, address] : m_used)
        used.insert(address);
    TRY_ASSIGN(const IpAddress address, chooseAddress(poolOf(*record), used, m_last.value_or(record->last)));
    m_last = address;
    m_used[user] = address;
    return address;
}

// Without m_mutex: its caller holds the store's lock, which is taken after it elsewhere.
Result<void> BridgeAddresses::saveLast(IpAddress address) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("UPDATE network SET last_address = ? WHERE name = ?"));
    return statement.bind(address.toString()).bind(kName).run();
}

void BridgeAddresses::adopt(const std::string& user, IpAddress address) {
    const std::lock_guard guard(m_mutex);
    m_used[user] = address;
}

void BridgeAddresses::release(const std::string& user) {
    const std::lock_guard guard(m_mutex);
    m_used.erase(user);
}

Result<void> BridgeAddresses::remove() {
    const std::lock_guard guard(m_mutex);
    Network network = named();
    TRY_ASSIGN(const auto record, readRecord());
    if (record)
        network.pools = {poolOf(*record)};
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(network.driver));
    TRY(driver->remove(network));
    m_ensured.reset();
    m_last.reset();
    m_used.clear();
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement, m_store.database().prepare("DELETE FROM network WHERE name = ?"));
    return statement.bind(kName).run();
}

NetworkPool BridgeAddresses::poolOf(const Record& record) {
    return {record.subnet, std::nullopt, gatewayOf(record.subnet)};
}

Result<std::optional<BridgeAddresses::Record>> BridgeAddresses::readRecord() {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare("SELECT subnet, last_address FROM network WHERE name = ?"));
    statement.bind(kName);
    TRY_ASSIGN(const bool found, statement.step());
    if (!found)
        return std::optional<Record>();
    Record record;
    TRY_ASSIGN(record.subnet, IpSubnet::parse(statement.text(0)));
    record.last = gatewayOf(record.subnet);
    if (!statement.isNull(1)) {
        TRY_ASSIGN(record.last, IpAddress::parse(statement.text(1)));
    }
    return std::optional(record);
}

Result<void> BridgeAddresses::writeRecord(const Record& record) {
    const auto lock = m_store.lock();
    TRY_ASSIGN(auto statement,
               m_store.database().prepare(
                   "INSERT OR REPLACE INTO network (name, subnet, last_address) VALUES (?, ?, ?)"));
    return statement.bind(kName).bind(record.subnet.toString()).bind(record.last.toString()).run();
}

Result<BridgeAddresses::Record> BridgeAddresses::chooseRecord() {
    TRY_ASSIGN(const auto taken, hostSubnets());
    Record record;
    TRY_ASSIGN(record.subnet, chooseSubnet(taken));
    record.last = gatewayOf(record.subnet);
    m_last.reset();
    TRY(writeRecord(record));
    return record;
}

} // namespace escale
