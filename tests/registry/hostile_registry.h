// A registry that means harm, byte by byte as a test says, on all addresses of this machine. One thread
// accepts, one serves each request; each connection takes one. What is endless ends with the client, or with
// this object.
//
//   HostileRegistry registry;
//   registry.on("/v2/demo/manifests/latest", [](Connection& client) { while (client.send(kPiece)) {} });
#pragma once

#include "engine/base/unique_fd.h"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace escale::test {

class HostileRegistry {
public:
    class Connection {
    public:
        /// False: the client has gone, or the test is over.
        bool send(std::string_view bytes);
        bool sendAgainAndAgain(std::string_view bytes) {
            while (send(bytes)) {
            }
            return false;
        }
        bool wait(std::chrono::milliseconds time);
        std::string request; // its head, as it came

    private:
        friend class HostileRegistry;
        Connection(int socket, int stop)
            : m_socket(socket)
            , m_stop(stop) {}
        int m_socket, m_stop;
    };
    using Answer = std::function<void(Connection&)>;

    HostileRegistry();
    HostileRegistry(const HostileRegistry&) = delete;
    HostileRegistry& operator=(const HostileRegistry&) = delete;
    ~HostileRegistry();

    [[nodiscard]] std::string host(const std::string& address = "127.0.0.1") const {
        return address + ":" + std::to_string(m_port);
    }
    /// Of several answers the last one stays. A path without one gets 404.
    void on(const std::string& path, std::vector<Answer> answers);
    void on(const std::string& path, Answer answer) { on(path, std::vector<Answer>{std::move(answer)}); }
    void on(const std::string& path, std::string bytes) {
        on(path, [bytes = std::move(bytes)](Connection& client) { client.send(bytes); });
    }
    [[nodiscard]] std::size_t count(const std::string& path) const;

    /// 200 with the bytes as its body.
    static std::string whole(std::string_view body, const std::string& headers = {});
    /// Of a status line and headers, without a body.
    static std::string head(const std::string& status, const std::string& headers);

private:
    void accept();
    void serve(int socket);

    UniqueFd m_listener;
    UniqueFd m_stop; // eventfd
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::map<std::string, std::vector<Answer>> m_answers;
    std::map<std::string, std::size_t> m_counts;
    std::vector<std::jthread> m_threads;
    std::jthread m_acceptor;
};

} // namespace escale::test
