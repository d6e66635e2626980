// The nftables rules of published ports, in the engine's own table beside the networks' chains (firewall.h):
// no process stands between client and container. Blocking; callable from any thread; works in the calling
// thread's network namespace, which is the same one for all calls of an object.
//
//   ports-arriving    prerouting: what comes from other machines and from containers (hairpin)
//   ports-local       output: what this machine sends to itself, to 127.0.0.1, too. Not to ::1, where no port
//                     can be published: the kernel takes no answer to it from another interface
//                     (rt6_need_strict). There a port of every address is refused at once, so that programs
//                     that were told "localhost" go on to 127.0.0.1
//   ports-translate   both jump here: two look-ups in maps, however many ports there are. First the ports of
//                     one address, then those of every address; a packet to no address of this machine is
//                     left alone
//   ports-leaving     postrouting: the bridge's address in place of the sender's where the answer would not
//                     come back through us, from this machine and between containers of one bridge
//   ports-guard       prerouting, before all else: route_localnet lets a bridge carry 127.0.0.0/8 for our
//                     answers; containers must not reach this machine's own services by it
//   published4, published4-any, published6, published6-any
//                     maps from address, protocol and port to the container; each element names its owner
//                     and bridge in its comment, so that no second record has to agree with it
//   published-bridges, published-hairpins
//                     sets of the bridges that have ports
//
// What other tables say still holds: a packet goes through all base chains of a hook, and a drop in any is
// final. So a forward chain of somebody else with policy drop (firewalld's, Docker's "FORWARD") that does not
// let our bridges through cannot be overridden from here, whatever the priority; port_reach.h finds such
// chains, so that the user hears of them.
#pragma once

#include "engine/network/network.h"
#include "engine/network/published_port.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace escale {

/// Whose ports: they are replaced and removed together. See portOwner().
struct PortOwner {
    std::string id;     // container; at most 80 letters, digits, "_", "-", "." and ":"
    std::string bridge; // the interface behind which the container is
    /// The bridge's port, Endpoint::hostInterface: where br_netfilter is loaded it is set up so that the
    /// container and its neighbours reach the port by it (bridge_port.h). Empty: there is none.
    std::string hostInterface;
    bool icc = true; // as Network::icc
};

/// The owner for an endpoint. A container publishes on one endpoint, the one with its default route: from
/// another its answers would not come back. WrongState: it is not that one, or the network publishes nothing
/// (an internal one; macvlan and ipvlan, whose containers have addresses of the link).
Result<PortOwner> portOwner(const Network& network, const Endpoint& endpoint);

/// One owner once.
struct OwnedPorts {
    PortOwner owner;
    std::vector<PublishedPort> ports;
};

/// What is installed is remembered, so that a change costs the same whatever others have; what a foreign tool
/// took away since is noticed when a change meets it, and read anew.
class PortRules {
public:
    /// Nothing is read yet. `table`: a valid name, as Network::table; one object a table.
    explicit PortRules(std::string table);
    ~PortRules();
    PortRules(const PortRules&) = delete;
    PortRules& operator=(const PortRules&) = delete;

    /// Makes these the owner's ports, in one transaction: others' are not touched. Connections of ports that
    /// are gone are forgotten, as are those that began before a UDP port was published. Some milliseconds.
    /// InvalidArgument: see checkPublishedPort. InUse: another owner has that port. On failure nothing has
    /// changed.
    Result<void> replace(const PortOwner& owner, const std::vector<PublishedPort>& ports);

    /// With the last port the chains go, too, and with the last network the table. No error when they are
    /// gone already. On an error after that (connections that could not be forgotten) they stay gone.
    Result<void> remove(const std::string& owner);

    /// Makes these all the ports there are, in one transaction, and mends chains that somebody has changed:
    /// when the helper starts, and when a RulesetWatch tells of a loss. An owner whose interface or bridge
    /// has gone meanwhile does not keep the others from theirs: it is told afterwards.
    Result<void> restore(const std::vector<OwnedPorts>& all);

    /// As the kernel has them, sorted. Slow with thousands.
    Result<std::vector<InstalledPort>> installed();

private:
    using Ports = std::vector<InstalledPort>;
    using Owners = std::map<std::string, Ports>; // all ports of each, sorted
    struct Record;
    struct Difference;
    Result<void> load();
    Result<Difference> apply(const Owners& wanted);
    Result<Difference> transact(const Owners& wanted, bool isFresh);
    Result<void> change(const std::string& owner, Ports ports);

    std::string m_table;
    std::unique_ptr<Record> m_record; // under nft::lockTable()
};

} // namespace escale
