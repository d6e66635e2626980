#include "tests/support/session_client.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace escale::test {

SessionClient SessionClient::attach(const std::string& path, std::uint8_t flags, const std::string& keys) {
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return SessionClient(UniqueFd());
    SessionClient client(std::move(socket));
    client.send(FrameType::Hello, std::string(1, static_cast<char>(flags)) + keys);
    if (!client.readUntil([&client] { return client.greeted; }))
        client.close();
    return client;
}

void SessionClient::send(FrameType type, const std::string& payload) {
    const auto header = makeFrameHeader(type, payload.size());
    const std::string frame = std::string(header.data(), header.size()) + payload;
    for (std::size_t done = 0; done < frame.size();) {
        const auto sent = ::send(m_socket.get(), frame.data() + done, frame.size() - done, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        done += static_cast<std::size_t>(sent);
    }
}

void SessionClient::resize(std::uint16_t rows, std::uint16_t columns) {
    const auto size = makeSize(rows, columns);
    send(FrameType::Resize, std::string(size.data(), size.size()));
}

void SessionClient::take(FrameType type, const std::string& payload) {
    if (type == FrameType::Output)
        output += payload;
    else if (type == FrameType::Error)
        errors += payload;
    else if (type == FrameType::Exited)
        exitCode = static_cast<int>(parseNumber(payload));
    else if (type == FrameType::Detached)
        detached = true;
    else if (type == FrameType::Hello)
        greeted = true;
}

bool SessionClient::readUntil(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::array<char, 65536> piece;
    while (!done()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
                .count();
        pollfd ready{m_socket.get(), POLLIN, 0};
        if (ended || left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0)
            return false;
        const auto got = ::recv(m_socket.get(), piece.data(), piece.size(), 0);
        ended = got <= 0;
        m_bytes.append(piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
        while (m_bytes.size() >= kFrameHeaderSize) {
            FrameHeaderBytes bytes;
            std::copy_n(m_bytes.begin(), bytes.size(), bytes.begin());
            const auto header = parseFrameHeader(bytes);
            if (!header || m_bytes.size() < kFrameHeaderSize + header->length)
                break;
            take(header->type, m_bytes.substr(kFrameHeaderSize, header->length));
            m_bytes.erase(0, kFrameHeaderSize + header->length);
        }
    }
    return true;
}

bool SessionClient::awaitOutput(const std::string& part) {
    return readUntil([&] { return output.find(part) != std::string::npos; });
}

bool SessionClient::awaitEnd() {
    (void)readUntil([this] { return ended; });
    return ended;
}

} // namespace escale::test
