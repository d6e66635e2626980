// Which files one source of COPY or ADD means, as docker/dockerfile:1 has it. A source is a path from the top
// of the tree whatever it begins with; ".." stays within. "*", "?" and "[a-z]" match within names. Links on
// the way and in the last place are followed within the tree; links below a folder that is copied are taken
// as links.
#pragma once

#include "engine/base/result.h"
#include "engine/build/source_tree.h"

#include <string>
#include <vector>

namespace escale {

struct SelectedEntry {
    SourceEntry entry;
    std::string relative; // below the source; empty: the source itself
    /// A folder that is not wanted itself, but something in it is.
    bool isOnWay = false;
};

struct SelectedSource {
    std::string name; // the last one of its path, before a link in its place was followed
    /// The source itself, then what is in it: folders before their content. Sockets and devices are left out.
    std::vector<SelectedEntry> entries;
    [[nodiscard]] const SourceEntry& top() const { return entries.front().entry; }
    [[nodiscard]] bool isFolder() const;
};

struct SelectionOptions {
    /// The pattern's folders are kept, from the pivot "/./" on if there is one: the source is the folder
    /// before it, and what the rest matches is wanted of it.
    bool keepsParents = false;
    std::vector<std::string> excludes; // relative to each source; a file that is a source: its name
};

/// NotFound names a path that is not there; wildcards may match nothing. InvalidArgument: a malformed
/// pattern; a link that leads out of a context.
Result<std::vector<SelectedSource>> selectSources(SourceTree& tree, const std::string& pattern,
                                                  const SelectionOptions& options);

/// Where a path ends when all links are followed within the tree. What is not there stays in it as it is.
Result<std::string> followLinks(SourceTree& tree, const std::string& path);

} // namespace escale
