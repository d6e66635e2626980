// What is in the folder that a build takes files from: listed by the process of whoever asks for the build,
// with that person's rights, and by it alone. Links are listed, never followed.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/build/ignore_file.h"

#include <cstdint>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct ContextEntry {
    std::string path; // "src/main.cpp": relative
    mode_t mode = 0;  // with its type: a folder, a regular file or a link
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds since 1970
    std::string target;        // of a link
    bool operator==(const ContextEntry&) const = default;
};

/// Sorted by path, byte by byte of its names: a folder before what is in it. What `ignored` names stays out,
/// and folders in which nothing can be wanted are not entered; sockets, pipes and devices are left out.
/// PermissionDenied: a folder that cannot be read; InvalidArgument: more than a million entries.
Result<std::vector<ContextEntry>> listContext(int folder, const IgnoreFile& ignored,
                                              const Cancellation& cancellation,
                                              const std::function<void(std::size_t entries)>& progress = {});

/// What a builder that has `old` needs of `now`, and what it has to forget: paths.
struct ContextChanges {
    std::vector<std::string> needed;  // new, or not as they were; in the order of `now`
    std::vector<std::string> removed; // in the order of `old`; also what became something else
};
ContextChanges compareContexts(const std::vector<ContextEntry>& old, const std::vector<ContextEntry>& now);

/// Whether `a` stands before `b` in such a list.
bool comesBefore(const std::string& a, const std::string& b);

/// Whether a link at `path` leads out of the context, by what it says alone.
bool leadsOut(const ContextEntry& link);

} // namespace escale
