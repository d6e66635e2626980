// The files that a container gets from its engine: /etc/resolv.conf, /etc/hosts and /etc/hostname. Pure but
// for hostResolvConf().
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <string>
#include <string_view>

namespace escale {

/// The host's resolv.conf for use in a container: loopback name servers do not answer there. When all of the
/// host's are, systemd-resolved's `upstream` list (/run/systemd/resolve/resolv.conf) is used; options and
/// search lines stay. resolv.conf(5).
std::string containerResolvConf(std::string_view host, std::string_view upstream);
/// Reads the host's two files and calls the above.
std::string hostResolvConf();

/// What the options put in the place of `text`'s name servers, search list and options. resolv.conf(5).
std::string withDnsOptions(std::string_view text, const ContainerOptions& options);

/// hosts(5): loopback, and the container's own name at each of its addresses, of which there may be none.
std::string containerHosts(std::string_view hostname, std::string_view domainname, const Texts& addresses);
/// The lines that the option extra-hosts adds. `gateway` stands for "host-gateway"; InvalidArgument when it
/// is empty and asked for.
Result<std::string> extraHostLines(const ContainerOptions& options, std::string_view gateway);

} // namespace escale
