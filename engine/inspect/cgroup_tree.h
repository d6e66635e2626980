// A container's cgroup as files: limits and present use, of the cgroups above it, itself and those that it has
// made below. v1, v2 or both, cgroups(7).
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/layout.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

struct CgroupFile {
    std::string controller; // "memory"; "cgroup" for the files that belong to none
    std::string file;       // "memory.max"
    std::string value;      // as read, without the last newline; at most 4 KiB
    int version = 2;
};

struct CgroupNode {
    enum class Relation : std::uint8_t { Above, Itself, Below };
    std::string path; // below the hierarchies' mount points
    Relation relation = Relation::Itself;
    std::uint32_t processes = 0;   // in it, without those below
    std::vector<CgroupFile> files; // by controller: limits, then use
};

/// From the root's first child down to the container's, then those below in the order of a walk, 200 at most.
/// Above, only what is no secret of others is read: limits, and the use of the whole. NotFound when it is gone.
Result<std::vector<CgroupNode>> readCgroupTree(const CgroupLayout& layout, const std::string& path);

} // namespace escale
