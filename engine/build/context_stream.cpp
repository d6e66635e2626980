#include "engine/build/context_stream.h"

#include "engine/base/byte_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::size_t kFlushAbove = 512 * 1024;
constexpr std::size_t kMostTextBytes = 512u << 20; // of a list's paths
constexpr std::size_t kDeepest = 256;              // as listContext() has it

tl::unexpected<Error> malformed(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the list of the build's files is malformed: " + why);
}

tl::unexpected<Error> gone() {
    return fail(ErrorCode::Unreachable, "the other end of the build's files has gone");
}

/// Waits until the socket is ready, or the work is cancelled.
Result<void> await(int socket, short events, const Cancellation& cancellation) {
    std::array<pollfd, 2> waited{{{socket, events, 0}, {cancellation.fd(), POLLIN, 0}}};
    if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR)
        return failErrno("cannot wait for the build's files");
    return cancellation.check();
}

bool isPlainName(std::string_view name) {
    return !name.empty() && name.size() <= NAME_MAX && name != "." && name != "..";
}

} // namespace

char* FrameWriter::beginFrame(std::size_t most) {
    const std::size_t wanted = m_used + kFrameHead + most;
    if (m_bytes.size() < wanted)
        m_bytes.resize(std::max(wanted, kFlushAbove + kLargestFrame + kFrameHead));
    return m_bytes.data() + m_used + kFrameHead;
}

Result<void> FrameWriter::endFrame(ContextFrame kind, std::size_t size) {
    const auto number = static_cast<std::uint32_t>(kind);
    const auto length = static_cast<std::uint32_t>(size);
    std::memcpy(m_bytes.data() + m_used, &number, sizeof number);
    std::memcpy(m_bytes.data() + m_used + sizeof number, &length, sizeof length);
    m_used += kFrameHead + size;
    return m_used >= kFlushAbove ? flush() : Result<void>();
}

Result<void> FrameWriter::send(ContextFrame kind, std::string_view bytes) {
    if (bytes.size() > kLargestFrame)
        return fail(ErrorCode::Internal, "a frame of the build's files is too long");
    std::copy(bytes.begin(), bytes.end(), beginFrame(bytes.size()));
    return endFrame(kind, bytes.size());
}

Result<void> FrameWriter::sendFailure(const Error& error) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.text(errorName(error.code)).text(error.message.substr(0, 4096)).text(error.hint.substr(0, 4096));
    TRY(send(ContextFrame::Failed, bytes));
    return flush();
}

Result<void> FrameWriter::flush() {
    std::size_t sent = 0;
    while (sent < m_used) {
        iovec part{m_bytes.data() + sent, m_used - sent};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const ssize_t count = ::sendmsg(m_socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0)
            sent += static_cast<std::size_t>(count);
        else if (errno == EAGAIN)
            TRY(await(m_socket, POLLOUT, m_cancellation));
        else if (errno == EPIPE || errno == ECONNRESET)
            return gone();
        else if (errno != EINTR)
            return failErrno("cannot send the build's files");
    }
    m_used = 0;
    return m_cancellation.check();
}

Result<void> FrameReader::fill(std::size_t size) {
    if (m_start + size > m_bytes.size()) {
        std::memmove(m_bytes.data(), m_bytes.data() + m_start, m_end - m_start);
        m_end -= m_start;
        m_start = 0;
    }
    while (m_end - m_start < size) {
        iovec part{m_bytes.data() + m_end, m_bytes.size() - m_end};
        msghdr message{}; // without room for descriptors: they are dropped
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const ssize_t count = ::recvmsg(m_socket, &message, MSG_DONTWAIT);
        if (count > 0)
            m_end += static_cast<std::size_t>(count);
        else if (count == 0 || errno == ECONNRESET)
            return gone();
        else if (errno == EAGAIN)
            TRY(await(m_socket, POLLIN, m_cancellation));
        else if (errno != EINTR)
            return failErrno("cannot read the build's files");
    }
    return {};
}

Result<ReceivedFrame> FrameReader::next() {
    TRY(fill(kFrameHead));
    std::uint32_t kind = 0, length = 0;
    std::memcpy(&kind, m_bytes.data() + m_start, sizeof kind);
    std::memcpy(&length, m_bytes.data() + m_start + sizeof kind, sizeof length);
    if (kind < static_cast<std::uint32_t>(ContextFrame::Hello) ||
        kind > static_cast<std::uint32_t>(ContextFrame::Failed) || length > kLargestFrame)
        return fail(ErrorCode::Untrusted, "the stream of the build's files is malformed");
    TRY(fill(kFrameHead + length));
    const std::string_view bytes(m_bytes.data() + m_start + kFrameHead, length);
    m_start += kFrameHead + length;
    if (kind != static_cast<std::uint32_t>(ContextFrame::Failed))
        return ReceivedFrame{static_cast<ContextFrame>(kind), bytes};
    ByteReader reader(bytes);
    TRY_ASSIGN(const std::string code, reader.text(64));
    TRY_ASSIGN(std::string message, reader.text(4096));
    TRY_ASSIGN(std::string hint, reader.text(4096));
    return fail(errorCodeFromString(code), std::move(message), std::move(hint));
}

void appendContextEntry(std::string& bytes, const ContextEntry& entry) {
    ByteWriter writer(bytes);
    writer.number(static_cast<std::uint32_t>(entry.mode)).number(entry.size).number(entry.modified);
    writer.text(entry.path).text(entry.target);
}

Result<ContextEntry> readContextEntry(ByteReader& bytes) {
    ContextEntry entry;
    TRY_ASSIGN(entry.mode, bytes.number<std::uint32_t>());
    TRY_ASSIGN(entry.size, bytes.number<std::uint64_t>());
    TRY_ASSIGN(entry.modified, bytes.number<std::int64_t>());
    TRY_ASSIGN(entry.path, bytes.text(PATH_MAX - 1));
    TRY_ASSIGN(entry.target, bytes.text(PATH_MAX - 1));
    return entry;
}

Result<void> ContextListReader::take(std::string_view bytes) {
    ByteReader reader(bytes);
    while (!reader.isAtEnd()) {
        TRY_ASSIGN(ContextEntry entry, readContextEntry(reader));
        TRY(take(std::move(entry)));
    }
    return {};
}

Result<void> ContextListReader::take(ContextEntry entry) {
    TRY(check(entry));
    m_entries.push_back(std::move(entry));
    return {};
}

Result<void> ContextListReader::check(const ContextEntry& entry) {
    m_textBytes += entry.path.size() + entry.target.size();
    if (m_entries.size() == kMostContextEntries || m_textBytes > kMostTextBytes)
        return malformed("it has too many entries");
    if ((entry.path + entry.target).find('\0') != std::string::npos)
        return malformed("a name holds a NUL");
    const bool isLink = S_ISLNK(entry.mode);
    if ((!S_ISDIR(entry.mode) && !S_ISREG(entry.mode) && !isLink) || (entry.mode & ~(S_IFMT | 07777U)) != 0)
        return malformed("an entry is neither folder, file nor link");
    if (isLink == entry.target.empty() || (entry.size != 0 && !S_ISREG(entry.mode)) ||
        entry.size > static_cast<std::uint64_t>(INT64_MAX))
        return malformed("an entry's size or target does not fit it");
    if (!m_entries.empty() && !comesBefore(m_entries.back().path, entry.path))
        return malformed("its entries are not in order");
    // The folder that it is in is the last one that was opened and not yet left.
    const auto slash = entry.path.rfind('/');
    const std::string_view parent =
        std::string_view(entry.path).substr(0, slash == std::string::npos ? 0 : slash);
    if (slash == 0 ||
        !isPlainName(std::string_view(entry.path).substr(slash == std::string::npos ? 0 : slash + 1)))
        return malformed("an entry's name is none");
    while (m_folder != parent) {
        if (m_folders.empty())
            return malformed("an entry is in no folder of it");
        m_folders.pop_back();
        m_folder.resize(m_folders.empty() ? 0 : m_folders.back());
    }
    if (S_ISDIR(entry.mode)) {
        if (m_folders.size() >= kDeepest)
            return malformed("its folders lie too deep");
        m_folder = entry.path;
        m_folders.push_back(m_folder.size());
    }
    return {};
}

} // namespace escale
