// COPY, ADD and WORKDIR on top of a file system, as docker/dockerfile:1 has them.
#pragma once

#include "engine/build/build_operations.h"
#include "engine/build/source_tree.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale::worker {

/// Of ADD's addresses, borrowed; see FetchedSource.
struct FetchedFile {
    std::string name;
    int content = -1;
};

/// Borrowed. `files`: the folder of a context whose files may be linked; -1: they are copied.
struct CopyPlace {
    int parent = -1;
    int upper = -1;
    int files = -1;
};

/// NotFound, InvalidArgument as SourceWorker::copy() has them. Answers with the bytes of files. The process
/// has no umask.
Result<std::uint64_t> copySources(SourceTree& tree, const CopyRequest& request,
                                  const std::vector<FetchedFile>& fetched, const CopyPlace& place);
/// Of the request the target and its owner. False: the folder was there.
Result<bool> makeWorkingFolder(const CopyRequest& request, const CopyPlace& place);

} // namespace escale::worker
