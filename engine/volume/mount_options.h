// The option "o" of a volume, as mount(8) reads it. Pure.
#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct MountOption {
    std::string name;
    std::optional<std::string> value; // "name" and "name=" are two things

    bool operator==(const MountOption&) const = default;
};

struct MountOptions {
    unsigned long flags = 0;            // MS_* of mount(2); always with MS_NOSUID and MS_NODEV
    bool isBind = false;                // "bind" or "rbind"
    bool isRecursive = false;           // "rbind"
    std::vector<MountOption> forKernel; // what the file system itself is to read, in their order

    [[nodiscard]] const MountOption* find(std::string_view name) const; // the last one, which counts
    /// Comma-separated, as mount(2) takes it.
    [[nodiscard]] std::string text() const;
};

/// "rw,noatime,size=10m". A value in double quotes may hold commas. What only concerns fstab(5) is left out
/// (defaults, auto, nofail, _netdev, x-…). InvalidArgument: what would make a mount dangerous (suid, dev), or
/// what mount(8) would do itself with the help of other programs (loop, remount, move, propagation).
Result<MountOptions> parseMountOptions(std::string_view text);

} // namespace escale
