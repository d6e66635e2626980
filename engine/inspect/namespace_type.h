// The eight kinds of namespaces, namespaces(7), in the order in which everything here lists them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace escale {

enum class NamespaceType : std::uint8_t { Mount, Pid, Uts, Ipc, Network, User, Cgroup, Time };
constexpr std::size_t kNamespaceTypes = 8;
/// Their files' names in /proc/PID/ns.
constexpr std::array<const char*, kNamespaceTypes> kNamespaceFiles{"mnt", "pid",  "uts",    "ipc",
                                                                   "net", "user", "cgroup", "time"};
/// Inode numbers by type; 0: this kernel has none.
using NamespaceIds = std::array<std::uint64_t, kNamespaceTypes>;

} // namespace escale
