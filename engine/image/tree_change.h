// Changes of single files below a root that somebody else works in at the same time (tree_files.h). Paths are
// resolved inside the root; a link as the last component is itself meant. Blocking.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>

namespace escale {

/// Of the process's user, mode 0755. AlreadyExists; NotFound: the folder around it.
Result<void> makeFolderAt(int root, const std::string& path);
/// AlreadyExists: nothing is replaced. InvalidArgument: a folder into itself.
Result<void> moveAt(int root, const std::string& from, const std::string& to);
/// A file, or a folder with all that is in it. NotFound. `removed`: after each, with their number.
Result<void> removeAt(int root, const std::string& path,
                      const std::function<void(std::uint64_t)>& removed = {});

struct AttributeChange {
    std::optional<mode_t> mode; // permission, set-id and sticky bits
    std::optional<uid_t> user;
    std::optional<gid_t> group;
    /// With all that is below. Folders then get search permission wherever they get read permission.
    bool isRecursive = false;
};
/// Links get another owner, themselves, and no mode. Answers with the number of files.
Result<std::uint64_t> setAttributesAt(int root, const std::string& path, const AttributeChange& change);

} // namespace escale
