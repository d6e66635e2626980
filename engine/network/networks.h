// The Container Network Model: networks that people make, containers' places in them, and which addresses
// are in use. It keeps the records (the store's), makes and mends what the host needs (driver.h), and knows
// who is attached now.
//
// Everybody has a network "bridge" of their own, made when it is first asked for: containers of different
// people never share a network. The first one's has the interface that the settings name.
//
// A container's endpoint goes through: connect() (a record), reserve() (addresses), attach() (interfaces),
// saveRun() (the addresses' record, in the caller's transaction); and back: detach(), release(), forgetRun().
// Which of them belong together when something fails is the caller's to undo. Thread-safe; attach, detach,
// remove and move block for milliseconds. Works in the calling thread's network namespace.
#pragma once

#include "engine/network/firewall.h"
#include "engine/network/network_plan.h"
#include "engine/network/network_records.h"

#include <mutex>
#include <set>

namespace escale {

struct NetworksSettings {
    std::string bridge = "escale0"; // interface of the first default network
    std::string table = "escale";   // nftables
    std::vector<SubnetPool> pools = defaultPools();
};

class Networks {
public:
    Networks(Store& store, NetworksSettings settings)
        : m_settings(std::move(settings))
        , m_store(store)
        , m_records(store, m_settings.table) {}

    // Networks

    /// The first problem of check() as its error.
    Result<NetworkRecord> create(uid_t owner, const NetworkOptions& options);
    Result<NetworkPlan> check(uid_t owner, const NetworkOptions& options);
    /// The default one first; it is made when it is missing.
    Result<std::vector<NetworkRecord>> list(uid_t owner);
    Result<NetworkRecord> find(uid_t owner, const std::string& idOrName);
    /// Of everybody.
    Result<std::vector<NetworkRecord>> all() { return m_records.all(); }
    Result<NetworkRecord> byId(const std::string& id) { return m_records.byId(id); }
    /// Host interfaces of networks, and of endpoints that are attached, that are not `owner`'s.
    Result<std::set<std::string>> interfacesOfOthers(uid_t owner);
    /// InUse names the containers that are in it. WrongState for the default one.
    Result<void> remove(const NetworkRecord& record);
    /// Those of `owner` that no container is in, created before `until` (Unix milliseconds; 0: all) and with
    /// every one of `labels`. Returns what went.
    Result<std::vector<NetworkRecord>> prune(uid_t owner, std::int64_t until,
                                             const std::vector<std::string>& labels);
    /// Free subnets in the place of those that it has; addresses that containers had or asked for are
    /// forgotten. InUse: somebody is attached.
    Result<NetworkRecord> move(const std::string& id);
    /// What overlaps it now that is not its own: "a route of this machine by tun0 (10.8.0.0/24)"; empty when
    /// nothing does. `taken` as takenSubnets() has it.
    static std::string overlapOf(const NetworkRecord& record, const std::vector<TakenSubnet>& routes);
    /// Routes of this machine that lead elsewhere than to our networks, and the name servers that it asks.
    Result<std::vector<TakenSubnet>> foreignRoutes();

    // Endpoints

    Result<void> connect(const EndpointRecord& endpoint) { return m_records.insert(endpoint); }
    Result<void> disconnect(const std::string& container, const std::string& network) {
        return m_records.removeEndpoint(container, network);
    }
    Result<std::vector<EndpointRecord>> endpointsOf(const std::string& container) {
        return m_records.endpointsOf(container);
    }
    Result<std::vector<EndpointRecord>> endpointsOfOwner(uid_t owner) {
        return m_records.endpointsOfOwner(owner);
    }
    Result<std::vector<EndpointRecord>> membersOf(const std::string& network) {
        return m_records.membersOf(network);
    }

    /// Chooses the addresses and the MAC. InvalidArgument: an address that the network has not. InUse.
    Result<void> reserve(EndpointRecord& endpoint);
    /// What a container has that runs already.
    void adopt(const EndpointRecord& endpoint);
    void release(const EndpointRecord& endpoint);
    /// The container has ended: its networks can be removed, though its addresses are nobody's until leave().
    void noteEnd(const std::string& container);
    /// Everything that a container which has ended may have left in its networks, and its addresses.
    Result<void> leave(const std::string& container);
    static Endpoint endpointOf(const EndpointRecord& endpoint, bool isDefaultRoute);
    /// Whether the network has the addresses that are asked for. InvalidArgument.
    static Result<void> checkRequest(const NetworkRecord& record, const EndpointRequest& request);
    Result<void> saveRun(const EndpointRecord& endpoint);
    Result<void> forgetRun(const std::string& container) { return m_records.forgetRun(container); }

    /// Makes the network where it is not there, and the endpoint's interface in the namespace of `pid`.
    Result<void> attach(const EndpointRecord& endpoint, bool isDefaultRoute, pid_t pid);
    /// No error when it is gone already. `pid` 0: the container has ended.
    Result<void> detach(const EndpointRecord& endpoint, pid_t pid);
    /// Removes the interfaces in the namespace of `pid` that were made for endpoints which the container has
    /// not (any more). Returns the names of those that it has.
    Result<std::set<std::string>> removeStrays(const std::string& container,
                                               const std::vector<EndpointRecord>& endpoints, pid_t pid);
    /// It has the default route from now on.
    Result<void> moveDefaultRoute(const EndpointRecord& endpoint, pid_t pid);

    /// The nftables rules that its packets meet; those of the network alone when `container` is empty.
    Result<std::vector<RuleChain>> rulesOf(const NetworkRecord& record, const std::string& container);
    /// The endpoints that are attached now, of everybody.
    std::vector<EndpointRecord> attached();

    /// Puts back what a foreign tool has taken away of the networks in use and their endpoints. Goes on over
    /// failures, which come as causes.
    Result<void> repair();
    /// Removes all networks, of everybody. Goes on over failures.
    Result<void> purge();

    [[nodiscard]] const NetworksSettings& settings() const { return m_settings; }

private:
    Result<NetworkRecord> makeDefault(uid_t owner);
    Result<std::vector<TakenSubnet>> takenSubnets(uid_t owner, const std::string& except = {});
    Result<std::string> freeInterface(const NetworkRecord& record);
    Result<std::string> userOf(const std::string& network);
    Result<NetworkRecord> ensure(const std::string& id);
    Result<NetworkRecord> rechoose(NetworkRecord record);
    Result<void> chooseAddresses(const NetworkRecord& record, EndpointRecord& endpoint);

    const NetworksSettings m_settings;
    Store& m_store;
    NetworkRecords m_records;
    std::mutex m_mutex; // before the store's lock
    struct Run {
        EndpointRecord endpoint;
        bool isDefaultRoute = true;
        bool hasEnded = false; // its addresses are kept for a moment
    };
    // By network, by container: addresses in use.
    std::map<std::string, std::map<std::string, Run>> m_runs;
    std::map<std::string, std::vector<IpAddress>> m_last; // given last by this process
    std::set<std::string> m_ensured;
};

} // namespace escale
