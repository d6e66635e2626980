// A volume's record and its uses. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

/// Where a volume's files are.
enum class VolumeKind : std::uint8_t {
    Local,  // in the store
    Bind,   // a folder of this machine that its owner may read (type=none, o=bind)
    Tmpfs,  // in memory, as long as a container uses it
    Nfs,    // a server's
    Device, // any other file system of the kernel's
};
std::string_view volumeKindName(VolumeKind kind); // "local", "bind", "tmpfs", "nfs", "device"

struct VolumeRecord {
    std::int64_t number = 0; // of its folder
    uid_t owner = 0;
    std::string name;
    std::map<std::string, std::string> options; // "type", "device", "o"; empty: Local
    std::map<std::string, std::string> labels;
    bool isAnonymous = false;
    std::int64_t createdAt = 0; // Unix milliseconds, as the next
    std::int64_t usedAt = 0;    // when a container last began or ended to use it; 0: never
    std::uint64_t size = 0;     // bytes on the disk
    std::uint64_t files = 0;
    std::int64_t measuredAt = 0; // 0: size and files are not known
};

VolumeKind volumeKind(const VolumeRecord& record);

struct VolumeUse {
    std::string container; // id
    std::string target;
    std::int64_t volume = 0; // number
    bool readOnly = false;
};

} // namespace escale
