// The files that a container gets from its engine: /etc/resolv.conf, /etc/hosts and /etc/hostname. Pure but
// for hostResolvConf().
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace escale {

/// The host's resolv.conf for use in a container: loopback name servers do not answer there. When all of the
/// host's are, systemd-resolved's `upstream` list (/run/systemd/resolve/resolv.conf) is used; options and
/// search lines stay. resolv.conf(5).
std::string containerResolvConf(std::string_view host, std::string_view upstream);
/// Reads the host's two files and calls the above.
std::string hostResolvConf();

/// hosts(5). `address` may be empty.
std::string containerHosts(std::string_view hostname, std::string_view address);

} // namespace escale
