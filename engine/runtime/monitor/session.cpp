#include "engine/runtime/monitor/session.h"

#include "engine/runtime/monitor/container_input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

namespace escale {

void Session::begin(UniqueFd socket) {
    m_socket = std::move(socket);
    ::fcntl(m_socket.get(), F_SETFL, O_RDWR | O_NONBLOCK);
    m_greeted = m_closing = m_detached = false;
    m_flags = 0;
    m_headerSize = m_left = m_smallSize = m_keyCount = m_typed = m_begin = m_end = 0;
}

// Hello alone: what is behind it waits until the input has room.
void Session::beginGreeted(UniqueFd socket, ContainerInput& input, std::int64_t now) {
    begin(std::move(socket));
    FrameHeaderBytes header{};
    std::array<char, kFrameHeaderSize + 1 + kMostKeys> bytes{};
    ::recv(fd(), header.data(), header.size(), MSG_PEEK | MSG_DONTWAIT);
    const auto frame = parseFrameHeader(header);
    const std::size_t size = frame ? kFrameHeaderSize + frame->length : 0;
    if (size > kFrameHeaderSize && size <= bytes.size() &&
        ::recv(fd(), bytes.data(), size, MSG_DONTWAIT) == static_cast<ssize_t>(size))
        take({bytes.data(), size}, input, now);
    if (!m_greeted)
        close();
}

void Session::close() {
    m_socket.reset();
    m_begin = m_end = 0;
}

std::size_t Session::room() const {
    const std::size_t used = m_end - m_begin + kFrameHeaderSize + kReserve;
    return used >= m_bytes.size() ? 0 : std::min(m_bytes.size() - used, kLongestPayload);
}

std::int64_t Session::stalledFor(std::int64_t now) const {
    return isWaiting() ? now - m_progress : 0;
}

void Session::put(FrameType type, std::string_view payload, std::int64_t now) {
    if (!isOpen() || m_closing)
        return;
    if (!isWaiting())
        m_progress = now;
    const auto header = makeFrameHeader(type, payload.size());
    if (m_bytes.size() - m_end < header.size() + payload.size()) {
        std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    const auto append = [this](std::string_view bytes) { // an empty one may have no address: not for memcpy
        std::copy(bytes.begin(), bytes.end(), m_bytes.data() + m_end);
        m_end += bytes.size();
    };
    append({header.data(), header.size()});
    append(payload);
    m_detached = type == FrameType::Detached;
    m_closing = m_detached || type == FrameType::Exited;
    flush(now);
}

void Session::flush(std::int64_t now) {
    while (isOpen() && m_begin != m_end) {
        const auto sent =
            ::send(m_socket.get(), m_bytes.data() + m_begin, m_end - m_begin, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN)
            return;
        if (sent < 0)
            return close();
        m_begin += static_cast<std::size_t>(sent);
        m_progress = now;
    }
    m_begin = m_end = 0;
    if (m_closing)
        close();
}

void Session::receive(ContainerInput& input, std::int64_t now) {
    // One piece: what it can become never exceeds what the input has room for, keys that were held included.
    static std::array<char, ContainerInput::kLargestPiece - kMostKeys> bytes;
    const auto got = ::recv(m_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0)
        take({bytes.data(), static_cast<std::size_t>(got)}, input, now);
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        close();
}

void Session::take(std::string_view bytes, ContainerInput& input, std::int64_t now) {
    while (!bytes.empty() && isOpen() && !m_closing) {
        if (m_headerSize < m_header.size()) {
            if (!takeHeader(bytes))
                return;
        }
        const auto piece = bytes.substr(0, m_left);
        bytes.remove_prefix(piece.size());
        m_left -= piece.size();
        takePayload(piece, input, now);
        if (m_left == 0) {
            m_headerSize = 0;
            if (isOpen() && !m_closing)
                endFrame(input, now);
        }
    }
}

// False when it is not complete yet, or no header at all: then the client is none of ours.
bool Session::takeHeader(std::string_view& bytes) {
    const auto piece = bytes.substr(0, m_header.size() - m_headerSize);
    std::copy(piece.begin(), piece.end(), m_header.begin() + static_cast<std::ptrdiff_t>(m_headerSize));
    m_headerSize += piece.size();
    bytes.remove_prefix(piece.size());
    if (m_headerSize < m_header.size())
        return false;
    const auto frame = parseFrameHeader(m_header);
    if (!frame) {
        close();
        return false;
    }
    m_frame = *frame;
    m_left = frame->length;
    m_smallSize = 0;
    return true;
}

void Session::takePayload(std::string_view piece, ContainerInput& input, std::int64_t now) {
    if (m_frame.type == FrameType::Input) {
        if (givesInput())
            takeKeys(piece, input, now);
        return;
    }
    const auto kept = piece.substr(0, m_small.size() - m_smallSize);
    std::copy(kept.begin(), kept.end(), m_small.begin() + static_cast<std::ptrdiff_t>(m_smallSize));
    m_smallSize += kept.size();
}

// Keys that begin the sequence are held back until it is complete, or turns out to be something else.
void Session::takeKeys(std::string_view piece, ContainerInput& input, std::int64_t now) {
    if (m_keyCount == 0)
        return input.add(piece);
    const std::string_view keys(m_keys.data(), m_keyCount);
    std::size_t start = 0;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        if (piece[i] == keys[m_typed]) {
            if (m_typed == 0) {
                input.add(piece.substr(start, i - start));
                start = i;
            }
            if (++m_typed == keys.size())
                return put(FrameType::Detached, {}, now);
            start = i + 1;
            continue;
        }
        if (m_typed != 0) {
            input.add(keys.substr(0, m_typed));
            m_typed = 0;
            start = i;
            --i; // it may begin the sequence anew
        }
    }
    input.add(piece.substr(std::min(start, piece.size())));
}

void Session::endFrame(ContainerInput& input, std::int64_t now) {
    const std::string_view payload(m_small.data(), m_smallSize);
    switch (m_frame.type) {
    case FrameType::Resize:
        if (payload.size() == 4 && m_greeted)
            input.resize(static_cast<std::uint16_t>(parseNumber(payload.substr(0, 2))),
                         static_cast<std::uint16_t>(parseNumber(payload.substr(2, 2))));
        break;
    case FrameType::InputEnds:
        if (givesInput())
            input.end();
        break;
    case FrameType::Detached:
        if (m_greeted)
            put(FrameType::Detached, {}, now);
        break;
    case FrameType::Hello:
        if (m_greeted || payload.empty())
            break; // only the engine's first word counts
        m_flags = static_cast<std::uint8_t>(payload.front());
        m_keyCount = std::min(payload.size() - 1, kMostKeys);
        std::copy_n(payload.begin() + 1, m_keyCount, m_keys.begin());
        put(FrameType::Hello, {}, now);
        m_greeted = true;
        break;
    default:
        break; // a word of ours that came back
    }
}

} // namespace escale
