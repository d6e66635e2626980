// Which names the containers of user-defined networks answer to, and the table of them that the name server
// gets (engine/network/dns). Pure.
#pragma once

#include "engine/base/result.h"
#include "engine/network/dns/name_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct DnsEndpoint {
    std::string container;              // id
    std::vector<std::string> addresses; // in this network, of both families
    std::vector<std::string> names;     // see dnsNamesOf(); the first is a reverse look-up's first answer
    std::vector<std::string> servers;   // its own upstream servers (option dns); none: the host's
};

struct DnsNetwork {
    std::string id;
    std::vector<std::string> gateways; // addresses of the host in it, where the server listens
    bool internal = false;             // nothing is asked outside for its containers
    std::vector<DnsEndpoint> endpoints;
    std::string name; // "web" is also "web.<name>"; may be empty
};

/// Whether DNS can carry the name: labels of 1 to 63 letters, digits, '-' and '_', at most 253 characters.
bool isDnsName(std::string_view name);
/// For an alias that a user gives. InvalidArgument.
Result<void> validateDnsAlias(std::string_view alias);

/// What a container is called on a network: name, short id, host name, aliases; in lower case, each once.
/// What DNS cannot carry (a container's name may have 128 characters) is left out.
std::vector<std::string> dnsNamesOf(std::string_view name, std::string_view id, std::string_view hostname,
                                    const std::vector<std::string>& aliases);

/// What the name server answers from, and the gateways where it does. A network without endpoints or gateways
/// is left out. `hostServers`: asked for containers that have none of their own. InvalidArgument: an id or an
/// address that is none.
struct DnsTable {
    std::string bytes;
    std::vector<IpAddress> gateways;
};
Result<DnsTable> dnsTable(const std::vector<DnsNetwork>& networks,
                          const std::vector<dns::Upstream>& hostServers);

} // namespace escale
