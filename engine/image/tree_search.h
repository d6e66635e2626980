// Files by their names.
#pragma once

#include "engine/base/result.h"
#include "engine/image/tree_files.h"

#include <cstdint>
#include <functional>
#include <string>

namespace escale {

/// One is enough to know that there are too many to look through.
constexpr std::size_t kMostFound = 10'000;

struct SearchRequest {
    std::string path; // of the folder, in the root; links are followed
    std::string text; // name_pattern.h
};

/// Writes one JSON object a line, {"path": absolute in the root, "mode", "size", "modified" (milliseconds)},
/// for at most kMostFound files. Unreachable: nobody reads `output` any longer. Answers with their number.
/// NotFound; InvalidArgument: no folder. Blocks.
Result<std::uint64_t> searchTree(int root, const SearchRequest& request, int output);

} // namespace escale
