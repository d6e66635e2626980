#include "engine/runtime/monitor/log_files.h"

#include "engine/base/syscalls.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

namespace escale {
namespace {

constexpr mode_t kMode = 0644;

UniqueFd openNew(int folder, const char* name, int flags) {
    UniqueFd file(::openat(folder, name, flags | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kMode));
    if (file)
        ::fchmod(file.get(), kMode); // whatever our umask is
    return file;
}

} // namespace

void LogFiles::open(UniqueFd folder, const char* name, const RotationLimits& limits) {
    m_folder = std::move(folder);
    std::snprintf(m_name.data(), m_name.size(), "%s", name);
    m_limits = limits;
    // What an earlier monitor was about to write.
    ::unlinkat(m_folder.get(), numbered(0, ".tmp").data(), 0);
    compressNext();
}

LogFiles::Name LogFiles::numbered(unsigned number, const char* suffix) const {
    Name name{};
    std::snprintf(name.data(), name.size(), "%s.%u%s", m_name.data(), number, suffix);
    return name;
}

bool LogFiles::isThere(const Name& name) const {
    struct stat info {};
    return ::fstatat(m_folder.get(), name.data(), &info, AT_SYMLINK_NOFOLLOW) == 0;
}

// Every file one number up; the oldest goes. False when the one that is written to could not be moved.
bool LogFiles::shift() {
    for (const char* suffix : {"", ".gz"})
        ::unlinkat(m_folder.get(), numbered(m_limits.maxFile - 1, suffix).data(), 0);
    for (unsigned number = m_limits.maxFile - 1; number > 1; --number) {
        for (const char* suffix : {"", ".gz"})
            ::renameat(m_folder.get(), numbered(number - 1, suffix).data(), m_folder.get(),
                       numbered(number, suffix).data()); // most are not there
    }
    if (::renameat(m_folder.get(), m_name.data(), m_folder.get(), numbered(1).data()) != 0)
        return false;
    if (m_child != 0)
        ++m_childFile;
    return true;
}

void LogFiles::rotate(UniqueFd& file, std::uint64_t size) {
    m_retryAt = size + m_limits.maxSize / 8;
    if (m_limits.maxFile <= 1) {
        if (::ftruncate(file.get(), 0) == 0)
            m_retryAt = 0;
        return;
    }
    // The new one first, under another name: when the disk has no room for it nothing is moved.
    const Name fresh = numbered(0, ".new");
    ::unlinkat(m_folder.get(), fresh.data(), 0);
    UniqueFd next = openNew(m_folder.get(), fresh.data(), O_WRONLY | O_APPEND);
    if (!next)
        return;
    if (!shift() || ::renameat(m_folder.get(), fresh.data(), m_folder.get(), m_name.data()) != 0) {
        ::unlinkat(m_folder.get(), fresh.data(), 0);
        return;
    }
    file = std::move(next);
    m_retryAt = 0;
    compressNext();
}

// The oldest that is not compressed, when nobody is at it. One may wait until a later one is done.
void LogFiles::compressNext() {
    if (!m_limits.compress || m_child != 0)
        return;
    for (unsigned number = m_limits.maxFile - 1; number >= 1; --number) {
        const UniqueFd input(
            ::openat(m_folder.get(), numbered(number).data(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!input)
            continue;
        const Name temporary = numbered(0, ".tmp");
        ::unlinkat(m_folder.get(), temporary.data(), 0);
        const UniqueFd output = openNew(m_folder.get(), temporary.data(), O_WRONLY);
        if (!output)
            return; // it stays as it is; the next rotation tries again
        const pid_t child = ::fork();
        if (child == 0)
            compress(input.get(), output.get());
        if (child > 0) {
            m_child = child;
            m_childFile = number;
        }
        return;
    }
}

void LogFiles::close() {
    if (m_child == 0)
        return;
    ::kill(m_child, SIGKILL);
    while (::waitpid(m_child, nullptr, 0) < 0 && errno == EINTR) {
    }
    m_child = 0;
    ::unlinkat(m_folder.get(), numbered(0, ".tmp").data(), 0);
}

void LogFiles::childEnded(pid_t pid, int status) {
    if (pid != m_child || pid == 0)
        return;
    m_child = 0;
    const Name temporary = numbered(0, ".tmp");
    const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!done || m_childFile >= m_limits.maxFile || !isThere(numbered(m_childFile))) {
        ::unlinkat(m_folder.get(), temporary.data(), 0);
        return; // a file that cannot be compressed is not tried at once again
    }
    if (::renameat(m_folder.get(), temporary.data(), m_folder.get(), numbered(m_childFile, ".gz").data()) ==
        0)
        ::unlinkat(m_folder.get(), numbered(m_childFile).data(), 0);
    compressNext();
}

// In the child: it has nothing but the two files, and the lowest priority.
void LogFiles::compress(int input, int output) {
    ::dup2(input, 0);
    ::dup2(output, 1);
    sys::closeRange(2, ~0U, 0);
    ::setpriority(PRIO_PROCESS, 0, 19);
    static std::array<unsigned char, 64 * 1024> in;
    static std::array<unsigned char, 64 * 1024> out;
    z_stream stream{};
    constexpr int kGzip = 15 + 16; // zlib.h: window bits, and the gzip header
    bool good = deflateInit2(&stream, 3, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    for (int flush = Z_NO_FLUSH; good && flush != Z_FINISH;) {
        const auto got = ::read(0, in.data(), in.size());
        good = got >= 0;
        flush = got == 0 ? Z_FINISH : Z_NO_FLUSH;
        stream.next_in = in.data();
        stream.avail_in = static_cast<unsigned>(got);
        do {
            stream.next_out = out.data();
            stream.avail_out = out.size();
            deflate(&stream, flush);
            const auto size = out.size() - stream.avail_out;
            good = good && ::write(1, out.data(), size) == static_cast<ssize_t>(size);
        } while (good && stream.avail_out == 0);
    }
    ::_exit(good && ::fsync(1) == 0 ? 0 : 1); // its origin goes: it must be on the disk
}

} // namespace escale
