// Network namespaces (network_namespaces(7)): opened by pid, entered by a short-lived thread, never by the
// caller's.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <sys/types.h>

namespace escale {

/// The network namespace of a process; the fd keeps the namespace alive. NotFound when the process is gone.
Result<UniqueFd> openNetworkNamespace(pid_t pid);

/// The one of the calling thread (not of the process: threads may have left).
Result<UniqueFd> openOwnNetworkNamespace();
/// Its inode number: unique while the namespace lives.
Result<ino_t> ownNamespaceNumber();

/// Whether two fds name the same namespace.
Result<bool> isSameNamespace(int one, int other);

/// Runs `work` in another network namespace and waits for it. The work happens in a thread of its own, which
/// ends afterwards: the caller's namespace is never changed. /proc/sys/net, too, shows that namespace to the
/// work.
Result<void> runInNetworkNamespace(int fd, const std::function<Result<void>()>& work);

} // namespace escale
