// The transport of the Docker Engine API with a client before it that says every byte itself: the two ends of
// a socketpair(2).
#pragma once

#include "engine/base/cancellation.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/http/serve_connection.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace escale::test {

class HttpClient {
public:
    explicit HttpClient(docker_api::RequestHandler handler, docker_api::ConnectionLimits limits = {}) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
            return;
        m_socket = UniqueFd(ends[0]);
        m_service = std::thread([this, end = ends[1], handler = std::move(handler), limits] {
            docker_api::serveConnection(UniqueFd(end), m_stop.fd(), handler, limits);
        });
    }
    ~HttpClient() {
        m_socket.reset();
        waitForEnd();
    }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Whether all of it went out, within the patience of a test.
    bool say(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
            if (sent > 0)
                text.remove_prefix(static_cast<std::size_t>(sent));
            else if (!isReady(POLLOUT))
                return false;
        }
        return true;
    }
    void sayNoMore() { ::shutdown(m_socket.get(), SHUT_WR); }
    /// Until these words have come, or the end: all that was heard and not yet taken, with them.
    std::string hear(std::string_view words) {
        while (m_heard.find(words) == std::string::npos && hearSome())
            ;
        const std::size_t end = m_heard.find(words);
        std::string part = m_heard.substr(0, end == std::string::npos ? end : end + words.size());
        m_heard.erase(0, part.size());
        return part;
    }
    /// All until the service ends the connection; "(reset)" or "(silence)" at the end when it did not end
    /// well.
    std::string hearAll() {
        while (hearSome())
            ;
        return std::exchange(m_heard, {}) + m_trouble;
    }
    /// "(reset)" or "(silence)" when the connection has not ended well; what was heard may say such words,
    /// too.
    [[nodiscard]] const std::string& trouble() const { return m_trouble; }
    void stopService() { m_stop.cancel(); }
    void leave() { m_socket.reset(); }
    void waitForEnd() {
        if (m_service.joinable())
            m_service.join();
    }

private:
    [[nodiscard]] bool isReady(short events) const {
        pollfd file{m_socket.get(), events, 0};
        int ready = 0;
        do
            ready = ::poll(&file, 1, 20'000);
        while (ready < 0 && errno == EINTR); // a fuzzer's clock
        return ready == 1 && (file.revents & events) != 0;
    }
    bool hearSome() {
        std::array<char, 65536> piece{};
        if (!isReady(POLLIN)) {
            m_trouble = "(silence)";
            return false;
        }
        const ssize_t size = ::recv(m_socket.get(), piece.data(), piece.size(), 0);
        if (size < 0)
            m_trouble = "(reset)";
        m_heard.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        return size > 0;
    }

    Cancellation m_stop;
    UniqueFd m_socket;
    std::thread m_service;
    std::string m_heard, m_trouble;
};

} // namespace escale::test
