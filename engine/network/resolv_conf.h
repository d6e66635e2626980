// resolv.conf(5): the host's, and that of a container on user-defined networks. Pure, but for the numbers of
// interfaces.
#pragma once

#include "engine/base/result.h"
#include "engine/network/dns/name_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// What a container's options dns-search and dns-opt say; empty: as on the host. A single "." is none.
struct ResolverOptions {
    std::vector<std::string> search;
    std::vector<std::string> options;
};

/// The gateways answer (at most 3, those of the first network first); the option dns is not among them: the
/// networks' name server asks those. Search list and options are the host's where the container has none.
/// "ndots:0", as Docker adds it: a container's name is looked up as it is, before the search list.
std::string networkResolvConf(std::string_view host, const std::vector<std::string>& gateways,
                              const ResolverOptions& options);

/// The last "search" or "domain" line's words, and all of the "options" lines'.
ResolverOptions resolverOptionsOf(std::string_view resolvConf);

/// "192.0.2.1", "2001:db8::1", or with a zone "fe80::1%eth0". InvalidArgument: none of these, or there is no
/// such interface.
Result<dns::Upstream> parseNameServer(std::string_view text);
/// Of the "nameserver" lines, at most 3; what cannot be read is left out.
std::vector<dns::Upstream> nameServersOf(std::string_view resolvConf);

} // namespace escale
