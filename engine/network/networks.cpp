#include "engine/network/networks.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/labels.h"
#include "engine/network/driver.h"
#include "engine/network/host_interfaces.h"
#include "engine/network/host_routes.h"
#include "engine/network/netlink.h"
#include "engine/network/network_namespace.h"
#include "engine/network/resolv_conf.h"
#include "engine/store/store.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <net/if.h>
#include <sys/file.h>

namespace escale {
namespace {

constexpr std::size_t kMostNetworks = 1000; // of one owner

// Held while a subnet is chosen and its bridge made: another Escale on this machine must not choose the same
// one.
Result<UniqueFd> lockSubnets() {
    TRY_ASSIGN(UniqueFd lock, openFile("/run/escale-networks.lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
    while (::flock(lock.get(), LOCK_EX) != 0) {
        if (errno != EINTR)
            return failErrno("cannot lock /run/escale-networks.lock");
    }
    return lock;
}

// Whoever has their addresses answers for every name on this machine. One in a network of ours is a container
// that somebody chose for it.
void addNameServers(const std::vector<NetworkRecord>& own, std::vector<TakenSubnet>& taken) {
    constexpr std::size_t kLongestFile = 64 * 1024;
    for (const auto& server : nameServersOf(readFile("/etc/resolv.conf", kLongestFile).value_or(""))) {
        const bool isOwn = std::any_of(own.begin(), own.end(), [&](const auto& record) {
            return poolOf(record.network, server.address) != nullptr;
        });
        if (!isOwn && !server.address.isLoopback() && server.scope == 0)
            taken.push_back(
                {IpSubnet(server.address, server.address.width()), "a name server of this machine", true});
    }
}

bool isPresent(const Network& network) {
    return !network.interface.empty() && ::if_nametoindex(network.interface.c_str()) != 0;
}

} // namespace

namespace {

// The kernel has one driver, and of ipvlan one mode, for a parent and all on it.
std::optional<NetworkProblem> parentProblem(const Network& planned, uid_t owner,
                                            const std::vector<NetworkRecord>& all) {
    if (planned.parent.empty())
        return std::nullopt;
    for (const auto& record : all) {
        const Network& other = record.network;
        const bool isOtherMode = other.driver == "ipvlan" && modeOf(other) != modeOf(planned);
        if (other.parent != planned.parent || (other.driver == planned.driver && !isOtherMode))
            continue;
        const std::string by = record.owner == owner ? "the network " + other.name : "another user's network";
        const std::string mode = other.driver == planned.driver ? " in the mode " + modeOf(other) : "";
        return NetworkProblem{mode.empty() ? "parent" : "mode",
                              Error{ErrorCode::InUse,
                                    "the interface " + planned.parent + " is shared by " + other.driver +
                                        mode + " already, for " + by,
                                    "Use the same, another interface, or a VLAN of it.",
                                    {}}};
    }
    return std::nullopt;
}

// "eth0.7" may be made later, eth0 may not.
Result<void> checkParent(const std::string& parent) {
    TRY(netlink::validateInterfaceName(parent));
    TRY_ASSIGN(const auto all, hostInterfaces());
    const auto named = [&](std::string_view name) {
        return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    };
    auto found = named(parent);
    const auto dot = parent.rfind('.');
    if (found == all.end() && dot != std::string::npos)
        found = named(std::string_view(parent).substr(0, dot));
    if (found == all.end())
        return fail(ErrorCode::NotFound, "this machine has no interface " + parent,
                    "Connect it, or name another one.");
    // The end of a cable to a container would do, only nobody offers it.
    if (!found->unfit.empty() && found->kind != "veth")
        return fail(ErrorCode::WrongState,
                    "the interface " + found->name + " cannot be the parent of a network: " + found->unfit,
                    "Use an Ethernet interface that leads to other machines.");
    return {};
}

} // namespace

Result<NetworkPlan> Networks::check(uid_t owner, const NetworkOptions& options) {
    TRY_ASSIGN(const auto taken, takenSubnets(owner));
    NetworkPlan plan = planNetwork(options, taken, m_settings.pools);
    TRY_ASSIGN(const auto existing, m_records.of(owner));
    const bool isNameTaken = std::any_of(existing.begin(), existing.end(), [&](const auto& record) {
        return record.network.name == options.name;
    });
    const bool isNameWrong = !plan.problems.empty() && plan.problems.front().option == "name";
    if (isNameTaken && !isNameWrong)
        plan.problems.insert(plan.problems.begin(),
                             {"name", Error{ErrorCode::AlreadyExists,
                                            "there is already a network named \"" + options.name + '"',
                                            "Choose another name, or remove that network.",
                                            {}}});
    if (const auto good = plan.network.parent.empty() || plan.network.driver == "bridge"
                              ? Result<void>()
                              : checkParent(plan.network.parent);
        !good)
        plan.problems.push_back({"parent", good.error()});
    TRY_ASSIGN(const auto all, m_records.all());
    if (auto problem = parentProblem(plan.network, owner, all))
        plan.problems.push_back(*std::move(problem));
    if (existing.size() >= kMostNetworks)
        plan.problems.push_back({"name", Error{ErrorCode::NoSpace,
                                               "there are 1000 networks already",
                                               "Remove some that are not used.",
                                               {}}});
    return plan;
}

Result<NetworkRecord> Networks::create(uid_t owner, const NetworkOptions& options) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(const UniqueFd lock, lockSubnets());
    TRY_ASSIGN(NetworkPlan plan, check(owner, options));
    if (!plan.problems.empty())
        return fail(std::move(plan.problems.front().error));
    NetworkRecord record;
    record.network = std::move(plan.network);
    record.network.id = randomId();
    record.network.table = m_settings.table;
    TRY_ASSIGN(record.network.interface, freeInterface(record));
    record.owner = owner;
    record.createdAt = nowMilliseconds();
    record.labels = options.labels;
    TRY(validateNetwork(record.network));
    TRY(m_records.insert(record));
    return record;
}

Result<std::vector<NetworkRecord>> Networks::list(uid_t owner) {
    TRY_ASSIGN(auto records, m_records.of(owner));
    if (records.empty() || !records.front().isDefault()) {
        TRY_ASSIGN(auto made, find(owner, std::string(kDefaultNetwork)));
        records.insert(records.begin(), std::move(made));
    }
    return records;
}

Result<NetworkRecord> Networks::find(uid_t owner, const std::string& idOrName) {
    auto found = m_records.find(owner, idOrName);
    if (found || found.error().code != ErrorCode::NotFound || idOrName != kDefaultNetwork)
        return found;
    const std::lock_guard guard(m_mutex);
    found = m_records.find(owner, idOrName); // somebody else may have made it meanwhile
    return found ? found : makeDefault(owner);
}

// Under m_mutex.
Result<NetworkRecord> Networks::makeDefault(uid_t owner) {
    TRY_ASSIGN(const UniqueFd lock, lockSubnets());
    TRY_ASSIGN(const auto taken, takenSubnets(owner));
    std::vector<IpSubnet> subnets;
    for (const auto& one : taken)
        subnets.push_back(one.subnet);
    NetworkRecord record;
    Network& network = record.network;
    network.name = kDefaultNetwork;
    network.id = randomId();
    network.table = m_settings.table;
    TRY_ASSIGN(const IpSubnet subnet, chooseSubnet(subnets, m_settings.pools));
    network.pools = {{subnet, std::nullopt, gatewayOf(subnet)}};
    TRY_ASSIGN(network.interface, freeInterface(record));
    record.owner = owner;
    record.createdAt = nowMilliseconds();
    TRY(m_records.insert(record));
    return record;
}

Result<std::string> Networks::freeInterface(const NetworkRecord& record) {
    if (record.network.driver != "bridge")
        return record.network.parent.empty() ? "ed-" + shortId(record.network.id) : std::string();
    if (record.isDefault()) {
        TRY_ASSIGN(const auto all, m_records.all());
        const bool isTaken = std::any_of(all.begin(), all.end(), [&](const auto& other) {
            return other.network.interface == m_settings.bridge;
        });
        if (!isTaken)
            return m_settings.bridge;
    }
    return "eb-" + shortId(record.network.id);
}

// Other people's networks have no names here.
Result<std::vector<TakenSubnet>> Networks::takenSubnets(uid_t owner, const std::string& except) {
    TRY_ASSIGN(auto taken, foreignRoutes());
    TRY_ASSIGN(const auto all, m_records.all());
    for (const auto& record : all) {
        if (record.network.id == except)
            continue;
        for (const auto& pool : record.network.pools)
            taken.push_back({pool.subnet, record.owner == owner ? "the network " + record.network.name
                                                                : "another user's network"});
    }
    return taken;
}

Result<std::vector<TakenSubnet>> Networks::foreignRoutes() {
    TRY_ASSIGN(const auto all, m_records.all());
    TRY_ASSIGN(const auto routes, hostRoutes());
    std::vector<TakenSubnet> foreign;
    for (const auto& route : routes) {
        const bool isOwn = std::any_of(all.begin(), all.end(), [&](const auto& record) {
            return !route.interface.empty() && record.network.interface == route.interface;
        });
        if (!isOwn)
            foreign.push_back({route.subnet,
                               "a route of this machine" +
                                   (route.interface.empty() ? std::string() : " by " + route.interface),
                               true});
    }
    addNameServers(all, foreign);
    return foreign;
}

std::string Networks::overlapOf(const NetworkRecord& record, const std::vector<TakenSubnet>& routes) {
    if (record.network.driver != "bridge")
        return {};
    for (const auto& pool : record.network.pools) {
        for (const auto& route : routes) {
            if (route.subnet.overlaps(pool.subnet))
                return route.by + " (" + route.subnet.toString() + ")";
        }
    }
    return {};
}

// Under m_mutex. By what a container that is there now is known to people; empty: there is none.
Result<std::string> Networks::userOf(const std::string& network) {
    for (const auto& [container, run] : m_runs[network]) {
        if (run.hasEnded)
            continue;
        const auto lock = m_store.lock();
        TRY_ASSIGN(auto row,
                   m_store.database().prepare("SELECT name FROM container WHERE id = ?1", container));
        TRY_ASSIGN(const bool isKnown, row.step());
        return isKnown ? row.text(0) : shortId(container);
    }
    return std::string();
}

Result<void> Networks::remove(const NetworkRecord& record) {
    const std::lock_guard guard(m_mutex);
    if (record.isDefault())
        return fail(ErrorCode::WrongState, "the default network \"bridge\" cannot be removed");
    {
        const auto lock = m_store.lock();
        TRY_ASSIGN(auto members, m_store.database().prepare(
                                     "SELECT name FROM container WHERE id IN "
                                     "(SELECT container FROM endpoint WHERE network = ?1) ORDER BY name",
                                     record.network.id));
        std::string names;
        for (;;) {
            TRY_ASSIGN(const bool more, members.step());
            if (!more)
                break;
            names += (names.empty() ? "" : ", ") + members.text(0);
        }
        if (names.empty()) { // one that is connected just now has no row yet
            TRY_ASSIGN(names, userOf(record.network.id));
        }
        if (!names.empty())
            return fail(ErrorCode::InUse, "the network " + record.network.name + " is used by " + names,
                        "Disconnect them, or remove them first.");
    }
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(record.network.driver));
    TRY(driver->remove(record.network));
    m_ensured.erase(record.network.id);
    m_last.erase(record.network.id);
    m_runs.erase(record.network.id);
    return m_records.remove(record.network.id);
}

Result<std::vector<NetworkRecord>> Networks::prune(uid_t owner, std::int64_t until,
                                                   const std::vector<std::string>& labels) {
    TRY_ASSIGN(const auto records, m_records.of(owner));
    std::vector<NetworkRecord> gone;
    for (const auto& record : records) {
        const bool isMeant = !record.isDefault() && (until == 0 || record.createdAt < until) &&
                             std::all_of(labels.begin(), labels.end(),
                                         [&](const auto& label) { return hasLabel(record.labels, label); });
        if (!isMeant)
            continue;
        auto removed = remove(record);
        if (removed)
            gone.push_back(record);
        else if (removed.error().code != ErrorCode::InUse)
            return fail(std::move(removed).error());
    }
    return gone;
}

Result<NetworkRecord> Networks::move(const std::string& id) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(const UniqueFd lock, lockSubnets());
    TRY_ASSIGN(NetworkRecord record, m_records.byId(id));
    if (record.network.driver != "bridge")
        return fail(ErrorCode::WrongState,
                    "the network " + record.network.name + " has the subnet of the link that it shares",
                    "Make another network with the right subnet.");
    TRY_ASSIGN(const std::string user, userOf(id));
    if (!user.empty())
        return fail(ErrorCode::InUse, user + " joins the network " + record.network.name + " just now",
                    "Try again.");
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(record.network.driver));
    // First: when it cannot go, the network stays as it is.
    m_ensured.erase(id);
    TRY(driver->remove(record.network));
    return rechoose(std::move(record));
}

// Under m_mutex and lockSubnets().
Result<NetworkRecord> Networks::rechoose(NetworkRecord record) {
    TRY_ASSIGN(const auto taken, takenSubnets(record.owner));
    std::vector<IpSubnet> subnets;
    for (const auto& one : taken)
        subnets.push_back(one.subnet);
    for (auto& pool : record.network.pools) {
        if (pool.subnet.isV6()) {
            TRY_ASSIGN(pool.subnet, chooseUniqueLocalSubnet(subnets));
        } else {
            TRY_ASSIGN(pool.subnet, chooseSubnet(subnets, m_settings.pools));
        }
        pool.ipRange.reset();
        pool.gateway = gatewayOf(pool.subnet);
    }
    record.last.clear();
    m_last.erase(record.network.id);
    TRY(m_records.replacePools(record));
    return record;
}

Result<void> Networks::reserve(EndpointRecord& endpoint) {
    const std::lock_guard guard(m_mutex);
    TRY_ASSIGN(NetworkRecord record, m_records.byId(endpoint.network));
    const auto runs = m_runs.find(endpoint.network);
    const bool isUnused = runs == m_runs.end() || runs->second.empty();
    if (record.isDefault() && isUnused && !isPresent(record.network)) {
        // Made anew: since the subnet was chosen, the machine may have come to use it otherwise.
        TRY_ASSIGN(const UniqueFd lock, lockSubnets());
        TRY_ASSIGN(const auto routes, foreignRoutes());
        if (!overlapOf(record, routes).empty()) {
            TRY_ASSIGN(record, rechoose(std::move(record)));
        }
    }
    TRY(chooseAddresses(record, endpoint));
    m_runs[endpoint.network][endpoint.container] = {endpoint, true};
    return {};
}

Result<void> Networks::chooseAddresses(const NetworkRecord& record, EndpointRecord& endpoint) {
    const Network& network = record.network;
    std::map<IpAddress, std::string> used;
    TRY_ASSIGN(const auto members, m_records.membersOf(network.id));
    const auto note = [&](const EndpointRecord& other, const IpAddress& address) {
        if (other.container != endpoint.container)
            used.emplace(address, other.container);
    };
    for (const auto& member : members) { // what one that is stopped asks for is its own
        for (const auto& address : {member.request.ip, member.request.ip6}) {
            if (address)
                note(member, *address);
        }
    }
    for (const auto& [container, run] : m_runs[network.id]) {
        for (const auto& address : run.endpoint.addresses)
            note(run.endpoint, address);
    }
    std::set<IpAddress> taken;
    for (const auto& [address, container] : used)
        taken.insert(address);
    const auto givenLast = m_last.find(network.id);
    std::vector<IpAddress> last = givenLast != m_last.end() ? givenLast->second : record.last;
    last.resize(network.pools.size());
    TRY(checkRequest(record, endpoint.request));
    endpoint.addresses.clear();
    for (std::size_t i = 0; i < network.pools.size(); ++i) {
        const NetworkPool& pool = network.pools[i];
        const auto& wanted = pool.subnet.isV6() ? endpoint.request.ip6 : endpoint.request.ip;
        if (!wanted) {
            TRY_ASSIGN(last[i], chooseAddress(pool, taken, last[i]));
            endpoint.addresses.push_back(last[i]);
            continue;
        }
        if (const auto found = used.find(*wanted); found != used.end())
            return fail(ErrorCode::InUse,
                        "the address " + wanted->toString() + " of the network " + network.name +
                            " belongs to the container " + shortId(found->second),
                        "Choose another one, or none.");
        endpoint.addresses.push_back(*wanted);
    }
    endpoint.mac = endpoint.request.mac.empty() ? macFor(endpoint.addresses.front()) : endpoint.request.mac;
    TRY(validateEndpoint(network, endpointOf(endpoint, true)));
    m_last[network.id] = std::move(last);
    return {};
}

Result<void> Networks::checkRequest(const NetworkRecord& record, const EndpointRequest& request) {
    for (const auto& wanted : {request.ip, request.ip6}) {
        if (wanted && poolOf(record.network, *wanted) == nullptr)
            return fail(ErrorCode::InvalidArgument,
                        "the network " + record.network.name + " has no subnet with the address " +
                            wanted->toString(),
                        "Leave the address out, or give one of the network's.");
        if (wanted && !isForContainers(*poolOf(record.network, *wanted), *wanted))
            return fail(ErrorCode::InvalidArgument,
                        wanted->toString() + " is not an address for a container in the network " +
                            record.network.name + ": it is the gateway's, or the subnet's own",
                        "Leave the address out, or give another one.");
    }
    return {};
}

void Networks::adopt(const EndpointRecord& endpoint) {
    const std::lock_guard guard(m_mutex);
    m_runs[endpoint.network][endpoint.container] = {endpoint, true};
}

void Networks::noteEnd(const std::string& container) {
    const std::lock_guard guard(m_mutex);
    for (auto& [network, runs] : m_runs) {
        if (const auto run = runs.find(container); run != runs.end())
            run->second.hasEnded = true;
    }
}

void Networks::release(const EndpointRecord& endpoint) {
    const std::lock_guard guard(m_mutex);
    if (const auto found = m_runs.find(endpoint.network); found != m_runs.end())
        found->second.erase(endpoint.container);
}

Result<void> Networks::leave(const std::string& container) {
    std::map<std::string, EndpointRecord>
        endpoints; // by network: those of records, and those that only we know of
    TRY_ASSIGN(auto recorded, m_records.endpointsOf(container));
    for (auto& endpoint : recorded)
        endpoints.emplace(endpoint.network, std::move(endpoint));
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [network, runs] : m_runs) {
            if (const auto run = runs.find(container); run != runs.end())
                endpoints.insert_or_assign(network, run->second.endpoint);
        }
    }
    if (endpoints.empty()) { // nothing is known of it any more: what it can have had
        Network network;
        network.table = m_settings.table;
        return detachEndpoint(network, endpointOf({container, {}, 0, {}, {}, {}}, true));
    }
    for (const auto& [network, endpoint] : endpoints) {
        auto left = detach(endpoint, 0);
        if (!left && left.error().code != ErrorCode::NotFound) // the network has gone, too
            return left;
        release(endpoint);
    }
    return {};
}

// Without m_mutex: its caller holds the store's lock, which is taken after it elsewhere.
Result<void> Networks::saveRun(const EndpointRecord& endpoint) {
    TRY(m_records.saveRun(endpoint));
    for (const auto& address : endpoint.addresses) {
        const auto& asked = address.isV6 ? endpoint.request.ip6 : endpoint.request.ip;
        if (!asked)
            TRY(m_records.saveLast(endpoint.network, address));
    }
    return {};
}

// Under m_mutex.
Result<NetworkRecord> Networks::ensure(const std::string& id) {
    TRY_ASSIGN(NetworkRecord record, m_records.byId(id));
    TRY_ASSIGN(const NetworkDriver* driver, driverNamed(record.network.driver));
    if (m_ensured.contains(id) && isPresent(record.network)) {
        driver->reuse(record.network);
        return record;
    }
    TRY_ASSIGN(const UniqueFd lock, lockSubnets());
    TRY(driver->ensure(record.network));
    m_ensured.insert(id);
    return record;
}

Result<void> Networks::attach(const EndpointRecord& endpoint, bool isDefaultRoute, pid_t pid) {
    NetworkRecord record;
    {
        const std::lock_guard guard(m_mutex);
        TRY_ASSIGN(record, ensure(endpoint.network));
        m_runs[endpoint.network][endpoint.container] = {endpoint, isDefaultRoute};
    }
    return attachEndpoint(record.network, endpointOf(endpoint, isDefaultRoute), pid);
}

Result<void> Networks::detach(const EndpointRecord& endpoint, pid_t pid) {
    TRY_ASSIGN(const NetworkRecord record, m_records.byId(endpoint.network));
    return detachEndpoint(record.network, endpointOf(endpoint, true), pid);
}

Result<std::set<std::string>> Networks::removeStrays(const std::string& container,
                                                     const std::vector<EndpointRecord>& endpoints,
                                                     pid_t pid) {
    constexpr unsigned kMostPositions = 32;
    std::map<std::string, std::string> drivers; // by interface
    TRY_ASSIGN(const UniqueFd target, openNetworkNamespace(pid));
    TRY(runInNetworkNamespace(target.get(), [&]() -> Result<void> {
        TRY_ASSIGN(const auto all, hostInterfaces());
        for (const auto& interface : all)
            drivers[interface.name] = interface.kind == "veth" ? "bridge" : interface.kind;
        return {};
    }));
    std::set<std::string> there;
    for (unsigned position = 0; position < kMostPositions; ++position) {
        EndpointRecord stray;
        stray.container = container;
        stray.position = position;
        const auto found = drivers.find(stray.inside());
        if (found == drivers.end())
            continue;
        const bool isKnown = std::any_of(endpoints.begin(), endpoints.end(), [&](const auto& endpoint) {
            return endpoint.position == position && !endpoint.addresses.empty();
        });
        Network network;
        network.driver = found->second;
        network.table = m_settings.table;
        if (isKnown)
            there.insert(stray.inside());
        else if (driverNamed(network.driver)) // of no other kind: the container's own
            TRY(detachEndpoint(network, endpointOf(stray, true), pid));
    }
    return there;
}

Result<void> Networks::moveDefaultRoute(const EndpointRecord& endpoint, pid_t pid) {
    TRY_ASSIGN(const NetworkRecord record, m_records.byId(endpoint.network));
    TRY_ASSIGN(const UniqueFd target, openNetworkNamespace(pid));
    TRY(escale::moveDefaultRoute(record.network, endpointOf(endpoint, true), target.get()));
    const std::lock_guard guard(m_mutex);
    for (auto& [network, runs] : m_runs) {
        if (const auto run = runs.find(endpoint.container); run != runs.end())
            run->second.isDefaultRoute = network == endpoint.network;
    }
    return {};
}

Endpoint Networks::endpointOf(const EndpointRecord& endpoint, bool isDefaultRoute) {
    return {endpoint.container, endpoint.hostInterface(), endpoint.inside(), endpoint.addresses, endpoint.mac,
            isDefaultRoute};
}

Result<std::vector<RuleChain>> Networks::rulesOf(const NetworkRecord& record, const std::string& container) {
    std::string hostInterface;
    if (!container.empty()) {
        const std::lock_guard guard(m_mutex);
        const auto& runs = m_runs[record.network.id];
        const auto run = runs.find(container);
        if (run == runs.end())
            return fail(ErrorCode::WrongState,
                        "the container " + shortId(container) + " is not attached to the network " +
                            record.network.name + " now",
                        "Start it first.");
        hostInterface = run->second.endpoint.hostInterface();
    }
    return firewall::list(record.network, hostInterface);
}

std::vector<EndpointRecord> Networks::attached() {
    const std::lock_guard guard(m_mutex);
    std::vector<EndpointRecord> all;
    for (const auto& [network, runs] : m_runs) {
        for (const auto& [container, run] : runs)
            all.push_back(run.endpoint);
    }
    return all;
}

Result<std::set<std::string>> Networks::interfacesOfOthers(uid_t owner) {
    TRY_ASSIGN(const auto all, m_records.all());
    const std::lock_guard guard(m_mutex);
    std::set<std::string> names;
    for (const auto& record : all) {
        if (record.owner == owner)
            continue;
        names.insert(record.network.interface);
        for (const auto& [container, run] : m_runs[record.network.id])
            names.insert(run.endpoint.hostInterface());
    }
    return names;
}

Result<void> Networks::repair() {
    const std::lock_guard guard(m_mutex);
    Result<void> outcome;
    const auto attempt = [&outcome](Result<void> step) {
        if (step)
            return;
        if (outcome)
            outcome = fail(ErrorCode::SystemFailure, "cannot mend every network");
        outcome.error().addCause(step.error());
    };
    for (const auto& [id, runs] : m_runs) {
        if (runs.empty())
            continue;
        m_ensured.erase(id);
        auto record = ensure(id);
        attempt(record ? Result<void>() : fail(record.error()));
        const auto driver = record ? driverNamed(record->network.driver) : fail(record.error());
        for (const auto& [container, run] : runs) {
            if (driver)
                attempt((*driver)->repair(record->network, endpointOf(run.endpoint, run.isDefaultRoute)));
        }
    }
    return outcome;
}

Result<void> Networks::purge() {
    const std::lock_guard guard(m_mutex);
    Result<void> outcome;
    const auto attempt = [&outcome](Result<void> step) {
        if (step)
            return;
        if (outcome)
            outcome = fail(ErrorCode::SystemFailure, "cannot remove every network");
        outcome.error().addCause(step.error());
    };
    TRY_ASSIGN(const auto records, m_records.all());
    for (const auto& record : records) {
        TRY_ASSIGN(const NetworkDriver* driver, driverNamed(record.network.driver));
        auto removed = driver->remove(record.network);
        if (removed)
            removed = m_records.remove(record.network.id);
        attempt(std::move(removed));
    }
    m_runs.clear();
    m_last.clear();
    m_ensured.clear();
    return outcome;
}

} // namespace escale
