// What the kernel says of a process: proc_pid_status(5), proc_pid_stat(5), namespaces(7), ioctl_ns(2). What a
// process says of itself (its name, its command line) is data of the container: bounded, and nothing but
// text.
#pragma once

#include "engine/base/result.h"
#include "engine/inspect/namespace_type.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

struct ProcessFacts {
    pid_t pid = 0; // here, as all numbers of processes but `pids`
    pid_t parent = 0;
    std::vector<pid_t> pids; // NSpid: in our pid namespace, then in each one further in; the last is its own
    std::int64_t startedAt = 0;  // Unix time, milliseconds
    char state = '?';            // 'R', 'S', 'D', 'Z', 'T' …
    std::string name;            // at most 15 bytes
    std::string command;         // at most 4 KiB; empty of a zombie
    std::string cgroup;          // its path in the v2 hierarchy, or in v1's first one, as we see it
    std::array<uid_t, 4> uids{}; // real, effective, saved, file system; as our user namespace counts
    std::array<gid_t, 4> gids{};
    std::vector<gid_t> groups;                   // at most 64
    std::array<std::uint64_t, 5> capabilities{}; // inheritable, permitted, effective, bounding, ambient
    bool noNewPrivileges = false;
    unsigned seccomp = 0; // 0: none, 1: strict, 2: filters
    unsigned filters = 0; // how many; 0 on a kernel before 5.9
    NamespaceIds namespaces{};
    std::vector<std::uint64_t> userNamespaces; // its own, then outward to ours (or as far as we may look)
    std::vector<uid_t> userNamespaceOwners;    // who made each of them, as our user namespace counts
    std::vector<std::uint64_t> pidNamespaces;  // as userNamespaces
};

/// Fills in what the lines of proc_pid_status(5) say; what is missing or malformed stays as it is.
void parseStatus(std::string_view text, ProcessFacts& facts);

/// NotFound when it has ended. A zombie is there, with what is left of it: no command, no namespaces but user
/// and pid.
Result<ProcessFacts> readProcessFacts(pid_t pid);
/// Those that have ended meanwhile are left out. In the order of their start.
std::vector<ProcessFacts> readProcessFacts(std::span<const pid_t> pids);

} // namespace escale
