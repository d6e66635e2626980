#include "gui/common/tar_stream.h"

#include "gui/common/tar_input.h"

#include <archive_entry.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace escale::gui {
static constexpr std::size_t kBuffer = 64 * 1024;

Result<void> waitFor(int fd, short events, const Cancellation& cancellation) {
    std::array<pollfd, 2> waited{{{fd, events, 0}, {cancellation.fd(), POLLIN, 0}}};
    while (::poll(waited.data(), waited.size(), -1) < 0) {
        if (errno != EINTR)
            return failErrno("cannot wait for the archive");
    }
    return cancellation.check();
}

Result<std::size_t> readSome(int fd, char* buffer, std::size_t size, Transfer::Control& control) {
    TRY(waitFor(fd, POLLIN, control.cancellation));
    ssize_t count = -1;
    do
        count = ::read(fd, buffer, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return failErrno("cannot read the archive");
    return static_cast<std::size_t>(count);
}

Result<void> writeAll(int fd, const char* bytes, std::size_t size, Transfer::Control& control) {
    while (size > 0) {
        TRY(waitFor(fd, POLLOUT, control.cancellation));
        const ssize_t count = ::write(fd, bytes, size);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (count < 0 && errno == EPIPE) // the engine says why
            return fail(ErrorCode::Unreachable, "the engine took no more of the archive");
        if (count < 0)
            return failErrno("cannot write");
        bytes += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

Result<void> copyStream(int from, int to, Transfer::Control& control) {
    std::vector<char> buffer(kBuffer);
    for (;;) {
        TRY_ASSIGN(const std::size_t count, readSome(from, buffer.data(), buffer.size(), control));
        if (count == 0)
            return {};
        TRY(writeAll(to, buffer.data(), count, control));
        control.bytes += count;
    }
}

Result<TarFile> readTarFile(int archive, qint64 limit, Transfer::Control& control) {
    TarInput input(archive, control);
    TRY_ASSIGN(archive_entry * entry, input.next());
    if (entry == nullptr)
        return fail(ErrorCode::Unreachable, "the archive is empty");
    if (archive_entry_filetype(entry) != AE_IFREG)
        return fail(ErrorCode::Unsupported, "this is no file");
    TarFile file;
    file.name = QByteArray(archive_entry_pathname(entry)).split('/').last();
    file.mode = archive_entry_perm(entry);
    file.user = static_cast<quint32>(archive_entry_uid(entry));
    file.group = static_cast<quint32>(archive_entry_gid(entry));
    file.modified = archive_entry_mtime(entry);
    const qint64 size = archive_entry_size(entry);
    file.isWhole = size <= limit;
    file.bytes.resize(std::min(size, limit));
    TRY(input.readData(file.bytes.data(), static_cast<std::size_t>(file.bytes.size())));
    if (file.isWhole)
        TRY(input.next()); // to the archive's end, so that the engine's job is done
    return file;
}

} // namespace escale::gui
