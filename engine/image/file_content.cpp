#include "engine/image/file_content.h"

#include "engine/image/entry_path.h"
#include "engine/image/tar_entry.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kBlock = 256 * 1024;
// Below this the kernel's own copying is no gain over a buffer that is warm.
constexpr off_t kSmall = 128 * 1024;

} // namespace

Result<std::uint64_t> ContentCopy::copy(int from, int to, const struct stat& info, const std::string& path,
                                        Buffer& buffer) {
    buffer.resize(kBlock);
    if (std::int64_t{info.st_blocks} * 512 >= info.st_size)
        return copyRange(from, to, 0, info.st_size, path, buffer);
    std::uint64_t bytes = 0;
    for (off_t position = 0; position < info.st_size;) {
        off_t start = ::lseek(from, position, SEEK_DATA);
        if (start < 0 && errno == ENXIO)
            break;
        off_t end = info.st_size;
        if (start < 0)
            start = position; // it tells nothing of holes
        else if (start >= info.st_size)
            break;
        else if (const off_t hole = ::lseek(from, start, SEEK_HOLE);
                 hole > start) // else it has just been cut
            end = std::min<off_t>(hole, info.st_size);
        TRY_ASSIGN(const std::uint64_t copied, copyRange(from, to, start, end, path, buffer));
        bytes += copied;
        position = end;
    }
    if (::ftruncate(to, info.st_size) != 0)
        return failErrno("cannot write " + quotedName(path));
    return bytes;
}

Result<std::uint64_t> ContentCopy::copyRange(int from, int to, off_t start, off_t end,
                                             const std::string& path, Buffer& buffer) {
    const off_t first = start;
    if (end - start > kSmall && m_hasKernelCopy) {
        TRY_ASSIGN(const bool isDone, copyInKernel(from, to, start, end, path));
        if (isDone)
            return static_cast<std::uint64_t>(start - first);
    }
    while (start < end) {
        const auto wanted = static_cast<std::size_t>(std::min<off_t>(end - start, kBlock));
        const ssize_t length = ::pread(from, buffer.data(), wanted, start);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return failErrno("cannot read " + quotedName(path));
        if (length == 0)
            break; // it has shrunk
        TRY(writeAt(to, static_cast<std::uint64_t>(start), {buffer.data(), static_cast<std::size_t>(length)},
                    path));
        start += length;
    }
    return static_cast<std::uint64_t>(start - first);
}

/// False: not between these two, and `start` tells how far it came.
Result<bool> ContentCopy::copyInKernel(int from, int to, off_t& start, off_t end, const std::string& path) {
    off_t writing = start;
    while (start < end) {
        const ssize_t length =
            ::copy_file_range(from, &start, to, &writing, static_cast<std::size_t>(end - start), 0);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 &&
            (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM)) {
            m_hasKernelCopy = false;
            return false;
        }
        if (length < 0)
            return failErrno("cannot copy " + quotedName(path));
        if (length == 0)
            break;
    }
    return true;
}

} // namespace escale
