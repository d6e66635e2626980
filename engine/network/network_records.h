// Networks and endpoints in the store's database. Each method takes the store's lock; several join a
// transaction of the caller's who holds it.
#pragma once

#include "engine/network/network_record.h"

namespace escale {

class Store;
class Statement;

class NetworkRecords {
public:
    NetworkRecords(Store& store, std::string table)
        : m_store(store)
        , m_table(std::move(table)) {}

    /// AlreadyExists: the owner has one of that name.
    Result<void> insert(const NetworkRecord& record);
    Result<void> remove(const std::string& id);
    /// In the place of the pools that it has; fixed addresses of containers, which were of those, are given
    /// up.
    Result<void> replacePools(const NetworkRecord& record);
    Result<void> saveLast(const std::string& id, const IpAddress& address);

    Result<std::vector<NetworkRecord>> all();
    /// The default one first, then by name.
    Result<std::vector<NetworkRecord>> of(uid_t owner);
    Result<NetworkRecord> byId(const std::string& id);
    /// By name, id or the first digits of an id. NotFound, also for what is another's.
    Result<NetworkRecord> find(uid_t owner, const std::string& idOrName);

    /// AlreadyExists: the container is in that network.
    Result<void> insert(const EndpointRecord& endpoint);
    Result<void> removeEndpoint(const std::string& container, const std::string& network);
    /// Addresses and MAC of a container that runs.
    Result<void> saveRun(const EndpointRecord& endpoint);
    /// It has ended, and with it its addresses.
    Result<void> forgetRun(const std::string& container);
    /// In the order of their interfaces.
    Result<std::vector<EndpointRecord>> endpointsOf(const std::string& container);
    Result<std::vector<EndpointRecord>> membersOf(const std::string& network);
    /// Of networks that the owner has, by container.
    Result<std::vector<EndpointRecord>> endpointsOfOwner(uid_t owner);

private:
    Result<std::vector<NetworkRecord>> select(const std::string& condition,
                                              const std::vector<std::string>& values);
    Result<std::vector<EndpointRecord>> selectEndpoints(const std::string& condition,
                                                        const std::string& value);
    Result<void> insertPools(const NetworkRecord& record);
    Result<NetworkRecord> readRow(const Statement& row);

    Store& m_store;
    std::string m_table; // of nftables: not kept, it is this engine's
};

} // namespace escale
