// The network "bridge" of this engine: its subnet (chosen once, kept in the store's table `network`), which
// addresses are in use (those of running containers), and the making of the bridge itself when the first
// container needs it. Thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/network/driver.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace escale {

class Store;

class BridgeAddresses {
public:
    BridgeAddresses(Store& store, std::string bridge, std::string table)
        : m_store(store)
        , m_bridge(std::move(bridge))
        , m_table(std::move(table)) {}

    /// The network, with its bridge in place.
    Result<Network> ensure();
    /// Its names alone: what it takes to detach an endpoint.
    [[nodiscard]] Network named() const;
    /// An address for `user` (a container id) until release(). Call ensure() before.
    Result<IpAddress> reserve(const std::string& user);
    /// Keeps which address was given last over a restart. Apart from reserve(), so that it joins the
    /// transaction that records the container: each one costs a wait for the disk.
    Result<void> saveLast(IpAddress address);
    /// What a container has that runs already.
    void adopt(const std::string& user, IpAddress address);
    void release(const std::string& user);
    /// Takes the bridge, its table of rules and the record away.
    Result<void> remove();

private:
    struct Record {
        IpSubnet subnet;
        IpAddress last;
    };
    static NetworkPool poolOf(const Record& record);
    Result<std::optional<Record>> readRecord();
    Result<void> writeRecord(const Record& record);
    Result<Record> chooseRecord();

    Store& m_store;
    std::string m_bridge;
    std::string m_table;
    std::mutex m_mutex;
    std::map<std::string, IpAddress> m_used;
    std::optional<Network> m_ensured;
    std::optional<IpAddress> m_last; // given last by this process
};

} // namespace escale
