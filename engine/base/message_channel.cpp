#include "engine/base/message_channel.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace escale {
namespace {

constexpr std::size_t kMostFds = 16;

Result<void> malformed(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("malformed message: ") + what);
}

template <class Number>
void appendNumber(std::string& bytes, Number value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

} // namespace

MessageWriter::MessageWriter(std::uint32_t kind) {
    appendNumber(m_bytes, kind);
}

MessageWriter& MessageWriter::number(std::uint64_t value) {
    appendNumber(m_bytes, value);
    return *this;
}

MessageWriter& MessageWriter::text(std::string_view value) {
    appendNumber(m_bytes, static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
    return *this;
}

MessageWriter& MessageWriter::texts(const std::vector<std::string>& values) {
    appendNumber(m_bytes, static_cast<std::uint32_t>(values.size()));
    for (const auto& value : values)
        text(value);
    return *this;
}

MessageWriter& MessageWriter::fd(int value) {
    m_fds.push_back(value);
    return *this;
}

Result<std::uint64_t> Message::number() {
    std::uint64_t value = 0;
    if (m_bytes.size() - m_position < sizeof value)
        return fail(malformed("a number is missing").error());
    std::memcpy(&value, m_bytes.data() + m_position, sizeof value);
    m_position += sizeof value;
    return value;
}

Result<std::string> Message::text(std::size_t longest) {
    std::uint32_t size = 0;
    if (m_bytes.size() - m_position < sizeof size)
        return fail(malformed("a text is missing").error());
    std::memcpy(&size, m_bytes.data() + m_position, sizeof size);
    if (m_bytes.size() - m_position - sizeof size < size || size > longest)
        return fail(malformed("a text is too long").error());
    m_position += sizeof size;
    std::string value = m_bytes.substr(m_position, size);
    m_position += size;
    return value;
}

Result<std::vector<std::string>> Message::texts(std::size_t most) {
    std::uint32_t count = 0;
    if (m_bytes.size() - m_position < sizeof count)
        return fail(malformed("a list is missing").error());
    std::memcpy(&count, m_bytes.data() + m_position, sizeof count);
    if (count > most)
        return fail(malformed("a list is too long").error());
    m_position += sizeof count;
    std::vector<std::string> values;
    for (std::uint32_t i = 0; i < count; ++i) {
        TRY_ASSIGN(std::string value, text());
        values.push_back(std::move(value));
    }
    return values;
}

Result<UniqueFd> Message::fd() {
    if (m_nextFd >= m_fds.size())
        return fail(malformed("a file descriptor is missing").error());
    return std::move(m_fds[m_nextFd++]);
}

Result<void> Message::end() const {
    if (m_position != m_bytes.size() || m_nextFd != m_fds.size())
        return malformed("there is more than expected");
    return {};
}

Result<std::pair<MessageChannel, MessageChannel>> MessageChannel::pair() {
    std::array<int, 2> sockets{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return failErrno("cannot make a socket pair");
    return std::pair(MessageChannel(UniqueFd(sockets[0])), MessageChannel(UniqueFd(sockets[1])));
}

Result<void> MessageChannel::send(const MessageWriter& message) const {
    if (message.m_bytes.size() > kLongestMessage || message.m_fds.size() > kMostFds)
        return fail(ErrorCode::InvalidArgument,
                    "a message of " + std::to_string(message.m_bytes.size()) + " bytes is too long");
    iovec part{const_cast<char*>(message.m_bytes.data()), message.m_bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMostFds)> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (!message.m_fds.empty()) {
        const std::size_t size = message.m_fds.size() * sizeof(int);
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(size);
        cmsghdr* passed = CMSG_FIRSTHDR(&header);
        passed->cmsg_level = SOL_SOCKET;
        passed->cmsg_type = SCM_RIGHTS;
        passed->cmsg_len = CMSG_LEN(size);
        std::memcpy(CMSG_DATA(passed), message.m_fds.data(), size);
    }
    while (::sendmsg(m_socket.get(), &header, MSG_NOSIGNAL) < 0) {
        if (errno == EPIPE || errno == ECONNRESET)
            return fail(ErrorCode::Unreachable, "the other process has ended");
        if (errno != EINTR)
            return failErrno("cannot send a message");
    }
    return {};
}

Result<Message> MessageChannel::receive(Waiting waiting) const {
    Message message;
    message.m_bytes.resize(kLongestMessage);
    iovec part{message.m_bytes.data(), message.m_bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMostFds)> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t size = 0;
    do {
        size = ::recvmsg(m_socket.get(), &header,
                         MSG_CMSG_CLOEXEC | (waiting == Waiting::Never ? MSG_DONTWAIT : 0));
    } while (size < 0 && errno == EINTR);
    if (size < 0 && errno != ECONNRESET)
        return failErrno("cannot receive a message");
    // Take the descriptors first: whatever is wrong with the packet, they must not leak.
    for (cmsghdr* passed = CMSG_FIRSTHDR(&header); size >= 0 && passed != nullptr;
         passed = CMSG_NXTHDR(&header, passed)) {
        if (passed->cmsg_level != SOL_SOCKET || passed->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (passed->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(passed) + i * sizeof(int), sizeof fd);
            message.m_fds.emplace_back(fd);
        }
    }
    if (size <= 0)
        return fail(ErrorCode::Unreachable, "the other process has ended");
    if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
        return fail(malformed("too long").error());
    if (static_cast<std::size_t>(size) < sizeof message.m_kind)
        return fail(malformed("too short").error());
    message.m_bytes.resize(static_cast<std::size_t>(size));
    std::memcpy(&message.m_kind, message.m_bytes.data(), sizeof message.m_kind);
    message.m_position = sizeof message.m_kind;
    return message;
}

} // namespace escale
