// One client that is attached, as the monitor sees it (engine/base/session_frame.h). It never makes the
// monitor wait: what the client does not take yet is held in a buffer of its own. No heap; the buffers lie in
// zeroed memory and cost nothing until they are used.
#pragma once

#include "engine/base/session_frame.h"
#include "engine/base/unique_fd.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace escale {

class ContainerInput;

class Session {
public:
    static constexpr std::size_t kMostKeys = 16; // of a sequence that detaches
    /// Room that is kept for the last word (Exited, Detached).
    static constexpr std::size_t kReserve = 64;

    /// Nothing is carried until Hello has come.
    void begin(UniqueFd socket);
    /// The same with Hello, which has come already: from now on nothing is missed.
    void beginGreeted(UniqueFd socket, ContainerInput& input, std::int64_t now);
    [[nodiscard]] bool isOpen() const { return bool(m_socket); }
    /// It ended by the keys: its client may come back.
    [[nodiscard]] bool wasDetached() const { return m_detached; }
    [[nodiscard]] int fd() const { return m_socket.get(); }
    /// It has something to send.
    [[nodiscard]] bool isWaiting() const { return m_begin != m_end; }
    [[nodiscard]] bool takesOutput() const {
        return isOpen() && m_greeted && (m_flags & kSessionOutput) != 0;
    }
    [[nodiscard]] bool givesInput() const { return isOpen() && m_greeted && (m_flags & kSessionInput) != 0; }
    /// Payload that it can hold now.
    [[nodiscard]] std::size_t room() const;
    /// How long it has taken nothing although there is something to take, in milliseconds.
    [[nodiscard]] std::int64_t stalledFor(std::int64_t now) const;

    /// `payload` is not above room(), but for the last word.
    void put(FrameType type, std::string_view payload, std::int64_t now);
    /// Sends what the socket takes. A client that has gone is closed.
    void flush(std::int64_t now);
    /// Reads what the client says, and passes it on. Call when input.accepts() only.
    void receive(ContainerInput& input, std::int64_t now);
    void close();

private:
    void take(std::string_view bytes, ContainerInput& input, std::int64_t now);
    bool takeHeader(std::string_view& bytes);
    void takePayload(std::string_view piece, ContainerInput& input, std::int64_t now);
    void takeKeys(std::string_view piece, ContainerInput& input, std::int64_t now);
    void endFrame(ContainerInput& input, std::int64_t now);

    UniqueFd m_socket;
    bool m_greeted = false;
    bool m_closing = false; // behind what is held
    bool m_detached = false;
    std::uint8_t m_flags = 0;
    std::int64_t m_progress = 0; // when it last took something, or had nothing to take

    // The frame that is coming in.
    FrameHeaderBytes m_header{};
    std::size_t m_headerSize = 0;
    FrameHeader m_frame;
    std::size_t m_left = 0;         // of its payload
    std::array<char, 32> m_small{}; // payloads that are looked at whole
    std::size_t m_smallSize = 0;

    std::array<char, kMostKeys> m_keys{};
    std::size_t m_keyCount = 0;
    std::size_t m_typed = 0; // how many of them were just typed in their order

    std::size_t m_begin = 0, m_end = 0;
    std::array<char, 2 * kLongestPayload> m_bytes; // not set to zero here: that would touch it
};

} // namespace escale
