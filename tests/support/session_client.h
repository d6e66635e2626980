// A client of a session (engine/base/session_frame.h) for tests: blocking, with a time limit.
#pragma once

#include "engine/base/session_frame.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <string>

namespace escale::test {

class SessionClient {
public:
    explicit SessionClient(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    /// Connects as the engine does, and says Hello. Not open when that is refused.
    static SessionClient attach(const std::string& path, std::uint8_t flags = kSessionInput | kSessionOutput,
                                const std::string& keys = {});

    [[nodiscard]] bool isOpen() const { return bool(m_socket); }
    [[nodiscard]] int fd() const { return m_socket.get(); }
    void send(FrameType type, const std::string& payload = {});
    void type(const std::string& text) { send(FrameType::Input, text); }
    void resize(std::uint16_t rows, std::uint16_t columns);
    /// Reads until `done`, the end, or ten seconds.
    bool readUntil(const std::function<bool()>& done);
    bool awaitOutput(const std::string& part);
    bool awaitEnd();
    void close() { m_socket.reset(); }

    std::string output;
    std::string errors;
    int exitCode = -1; // of Exited
    bool detached = false;
    bool greeted = false;
    bool ended = false; // the other end has closed

private:
    void take(FrameType type, const std::string& payload);
    UniqueFd m_socket;
    std::string m_bytes;
};

} // namespace escale::test
