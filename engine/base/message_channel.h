// Messages between the helper and a worker it does not trust: one SOCK_SEQPACKET packet each (unix(7)), a
// number that says the kind, fields in order, and passed file descriptors. Made to be read by root: no
// recursion, no allocation larger than the packet, every length checked; a malformed packet is an error,
// never a crash.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

/// Longest packet in bytes; a sender gets an error above it, a receiver too.
constexpr std::size_t kLongestMessage = 160 * 1024;

class MessageWriter {
public:
    explicit MessageWriter(std::uint32_t kind);
    MessageWriter& number(std::uint64_t value);
    MessageWriter& text(std::string_view value);
    MessageWriter& texts(const std::vector<std::string>& values);
    /// Borrowed until send() returns.
    MessageWriter& fd(int value);

private:
    friend class MessageChannel;
    std::string m_bytes;
    std::vector<int> m_fds;
};

class Message {
public:
    [[nodiscard]] std::uint32_t kind() const { return m_kind; }
    // Each takes the next field; Untrusted when it is missing or malformed.
    Result<std::uint64_t> number();
    Result<std::string> text(std::size_t longest = kLongestMessage);
    Result<std::vector<std::string>> texts(std::size_t most = 65536);
    /// The next passed descriptor.
    Result<UniqueFd> fd();
    /// Untrusted when fields or descriptors are left over.
    Result<void> end() const;

private:
    friend class MessageChannel;
    std::uint32_t m_kind = 0;
    std::string m_bytes;
    std::size_t m_position = 0;
    std::vector<UniqueFd> m_fds;
    std::size_t m_nextFd = 0;
};

class MessageChannel {
public:
    explicit MessageChannel(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    static Result<std::pair<MessageChannel, MessageChannel>> pair();

    [[nodiscard]] int fd() const { return m_socket.get(); }
    Result<void> send(const MessageWriter& message) const;
    enum class Waiting : bool { Never, Long }; // Never: SystemFailure when no packet is there
    /// The next packet. Unreachable when the other end has closed.
    [[nodiscard]] Result<Message> receive(Waiting waiting = Waiting::Long) const;
    void close() { m_socket.reset(); }

private:
    UniqueFd m_socket;
};

} // namespace escale
