// The files of a log: NAME is written to, NAME.1 is the newest of those that were, NAME.2 the one before …;
// those are compressed to NAME.N.gz by a short child process, so that nobody waits for it. At most `maxFile`
// files are there. Nothing is allocated but in that child.
//
// A monitor that dies leaves nothing that a reader stumbles over: a compressed file gets its name when it is
// whole, and only then its origin goes. Left-overs are tidied by the next monitor (open()).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <array>
#include <cstdint>
#include <sys/types.h>

namespace escale {

struct RotationLimits {
    std::uint64_t maxSize = 0; // bytes of the file that is written to; 0: no limit
    unsigned maxFile = 1;      // with that one; 1: it is emptied when it is full
    bool compress = false;
};

class LogFiles {
public:
    static constexpr std::size_t kLongestName = 64;

    /// `folder` holds the files. The name of the file that is written to is at most kLongestName.
    void open(UniqueFd folder, const char* name, const RotationLimits& limits);
    /// `size` bytes and `more` do not fit into one file.
    [[nodiscard]] bool isFull(std::uint64_t size, std::uint64_t more) const {
        return m_limits.maxSize != 0 && size != 0 && size >= m_retryAt && size + more > m_limits.maxSize;
    }
    /// Makes room: `file` becomes the new one, empty. When that fails it stays what it is, goes on growing,
    /// and the next attempt comes when it has grown by an eighth.
    void rotate(UniqueFd& file, std::uint64_t size);
    /// Ends a child that still compresses; its file stays as it was until the next open().
    void close();
    /// Of any child that has ended.
    void childEnded(pid_t pid, int status);
    [[nodiscard]] int folder() const { return m_folder.get(); }
    [[nodiscard]] const char* name() const { return m_name.data(); }
    [[nodiscard]] const RotationLimits& limits() const { return m_limits; }

private:
    using Name = std::array<char, kLongestName + 16>;
    [[nodiscard]] Name numbered(unsigned number, const char* suffix = "") const;
    [[nodiscard]] bool isThere(const Name& name) const;
    bool shift();
    void compressNext();
    void compress(int input, int output);

    UniqueFd m_folder;
    std::array<char, kLongestName> m_name{};
    RotationLimits m_limits;
    std::uint64_t m_retryAt = 0;
    pid_t m_child = 0;        // compresses
    unsigned m_childFile = 0; // the number that its file has by now
};

} // namespace escale
