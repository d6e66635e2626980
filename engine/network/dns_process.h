// The process escale-dns (engine/network/dns) as the helper sees it: started confined, found again by whoever
// did not start it, told what it answers from. It goes to the background by itself, so it is nobody's child;
// a pidfd holds it.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/network/ip.h"

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

struct DnsProgram {
    std::string program; // absolute; empty: escale-dns in the folder of the calling program
    std::string folder;  // absolute, root's alone: of the control socket, and of an empty folder
};

struct DnsProcess {
    pid_t pid = -1;
    UniqueFd pidFd; // readable when it has ended
};

/// Starts it in the calling thread's network namespace; it listens to us, and answers nobody yet. NotFound:
/// the program is not installed. Timeout.
Result<DnsProcess> startDnsProcess(const DnsProgram& program);

/// The one that listens at the folder's socket, if any; not one of an earlier version, which cannot be told.
/// That one is ended here.
std::optional<DnsProcess> findDnsProcess(const DnsProgram& program);

/// Has it answer at port 53 of these gateways, and nowhere else, from this table
/// (engine/network/dns/name_table.h): every look-up that begins after the return. Sockets are made in the
/// calling thread's network namespace. The result: why it cannot answer at some of the gateways. Errors:
/// nothing has changed, or nobody knows (Unreachable, Timeout).
Result<std::vector<Error>> tellDnsProcess(const DnsProgram& program, const std::vector<IpAddress>& gateways,
                                          std::string_view table);

bool hasEnded(const DnsProcess& process);
/// SIGKILL: it has nothing to lose. Returns when it has ended.
Result<void> endDnsProcess(const DnsProcess& process);

} // namespace escale
