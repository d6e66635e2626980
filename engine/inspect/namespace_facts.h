// What is in the namespaces of a process: uts_namespaces(7), user_namespaces(7), ipc_namespaces(7),
// network_namespaces(7), time_namespaces(7). Read from inside, on a thread that enters them and ends. What a
// container has named is text: control characters are replaced.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

/// One line of /proc/PID/uid_map: `count` ids from `inside` on are those from `outside` on, as our user
/// namespace counts.
struct IdRange {
    std::uint32_t inside = 0, outside = 0, count = 0;
    bool operator==(const IdRange&) const = default;
};

struct IpcObject {
    std::string kind;        // "shm", "sem", "msg" (System V), "mqueue" (POSIX)
    std::string name;        // "0x5e0a1b2c" (the key), "/queue"
    std::uint32_t owner = 0; // user id as our user namespace counts
    std::uint32_t mode = 0;
    std::uint64_t size = 0;  // bytes: of the segment, of waiting messages; of semaphores 0
    std::uint32_t count = 0; // processes that have it attached, semaphores in the set, waiting messages
};

struct InterfaceFacts {
    std::string name, mac;
    std::vector<std::string> addresses; // "172.30.0.2/16"
    bool isUp = false;
};

struct ClockOffset {
    std::string clock; // "monotonic", "boottime"
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
};

struct NamespaceFacts {
    std::string hostname, domainname; // at most 64 bytes each
    std::vector<IdRange> uidMap, gidMap;
    std::vector<IpcObject> ipc;             // at most 1000
    std::vector<InterfaceFacts> interfaces; // by index, at most 1000, with 10000 addresses
    /// Empty: a kernel without time namespaces, or a process that has just made one for its children, which
    /// hides what its own are.
    std::vector<ClockOffset> clocks;
};

/// NotFound when it has ended, be it a zombie. Nothing of the container's files is opened. Blocking, some
/// milliseconds, on a thread of its own; CAP_SYS_ADMIN in the namespaces.
Result<NamespaceFacts> readNamespaceFacts(pid_t pid);

} // namespace escale
