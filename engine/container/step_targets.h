// Where a step's mounts go when the root file system lacks their targets. Nothing is made in the root itself,
// since all that appears there is the step's layer: a folder of its own, laid between the layers and the
// upper folder, holds the missing targets, and the folders above them as they are.
//
//   upper      what the process changes, and nothing else
//   targets    etc/ (as below), etc/resolv.conf (empty, something is mounted on it)
//   layers     etc/passwd …
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

struct MountTarget {
    std::string path; // absolute, in its normal form
    bool isFolder = true;
};

/// Makes those of `targets` that are missing in `root` (a folder's descriptor) below `folder`, which is made
/// for the first; what is new belongs to `idBase`. Links are followed inside of the root only; one that leads
/// nowhere is covered. Targets below other ones are left out: they are somebody else's. Returns what was
/// made, relative to `folder`, what is above first.
Result<std::vector<std::string>> makeMountTargets(int root, std::vector<MountTarget> targets,
                                                  const std::string& folder, std::uint32_t idBase);

/// The parts of `path` (relative) that are missing below `folder`, what is above first.
std::vector<std::string> missingParts(int folder, const std::string& path);

/// Takes those of `made` (relative, what is above first) away again that are in `folder` and empty. The
/// folders above keep their times.
void removeMountTargets(int folder, const std::vector<std::string>& made);

} // namespace escale
