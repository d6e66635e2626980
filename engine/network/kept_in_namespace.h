// A socket (or what has one) that is kept from call to call. To close a netfilter socket is to wait until the
// kernel has freed what the last transactions took away: an RCU grace period, 10 to 20 ms.
#pragma once

#include "engine/network/network_namespace.h"

#include <sys/types.h>
#include <unistd.h>

#include <memory>

namespace escale {

/// One Kept for the network namespace of the calling thread: the last such namespace's is kept, and keeps
/// that namespace (so its number is not used again meanwhile). Not thread-safe: the caller has a lock.
template <class Kept, class Delete = std::default_delete<Kept>>
class KeptInNamespace {
public:
    using Owned = std::unique_ptr<Kept, Delete>;

    /// `make`: returns a Result<Owned>.
    template <class Make>
    Result<Kept*> get(const Make& make) {
        if (m_kept && m_process != ::getpid())
            (void)m_kept.release(); // the parent's: a forked child has neither its threads nor its turn
        TRY_ASSIGN(const ino_t space, ownNamespaceNumber());
        if (!m_kept || space != m_space) {
            m_kept.reset();
            TRY_ASSIGN(m_kept, make());
            m_space = space;
            m_process = ::getpid();
        }
        return m_kept.get();
    }
    /// After an error: nobody knows what it would answer next.
    void drop() { m_kept.reset(); }

private:
    Owned m_kept;
    ino_t m_space = 0;
    pid_t m_process = 0;
};

} // namespace escale
