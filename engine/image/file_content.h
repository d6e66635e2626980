// One regular file's content into another, with its holes, by the kernel where it can: shared blocks
// (reflink) or copy_file_range(2).
#pragma once

#include "engine/base/result.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace escale {

/// Of many files between the same two file systems; threads may share one, each with a buffer of its own.
class ContentCopy {
public:
    using Buffer = std::vector<char>; // kept from file to file
    /// All of `from`, which is `info`, into the empty file `to`. A file that shrinks meanwhile ends early.
    /// `path` for messages. Answers with the bytes, without holes.
    Result<std::uint64_t> copy(int from, int to, const struct stat& info, const std::string& path,
                               Buffer& buffer);

private:
    Result<std::uint64_t> copyRange(int from, int to, off_t start, off_t end, const std::string& path,
                                    Buffer& buffer);
    Result<bool> copyInKernel(int from, int to, off_t& start, off_t end, const std::string& path);
    std::atomic<bool> m_hasKernelCopy = true;
};

} // namespace escale
