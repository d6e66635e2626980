// The frames of a session: what a client of Attach or Exec and the monitor say to each other over a connected
// stream socket. The header is Docker's of attached streams (Engine API, "Stream format"): type, three zeros,
// the payload's length; more types than Docker's go the other way. No heap: the monitor has none.
//
//   client ──▶ Input, Resize, InputEnds, Detached ──▶ monitor
//   client ◀── Output, Error … then one of Exited, Detached, and the socket closes ◀── monitor
//   (Hello: the engine's, before the client has the socket)
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace escale {

enum class FrameType : std::uint8_t {
    Input = 0,     // bytes for standard input or the terminal
    Output = 1,    // of standard output, or the terminal
    Error = 2,     // of standard error
    Resize = 3,    // rows, columns: two numbers of 16 bits
    InputEnds = 4, // no payload: standard input is closed behind what was sent
    Exited = 5,    // exit code: one number of 32 bits
    Detached = 6,  // no payload: the keys that detach were typed; of the client: as if they were
    Hello = 7, // flags (one byte), keys that detach; the monitor answers with the same type and no payload
};

constexpr std::size_t kFrameHeaderSize = 8;
constexpr std::size_t kLongestPayload = 64 * 1024;
constexpr std::size_t kMostSessions = 16; // with one container at a time

// Flags of Hello.
constexpr std::uint8_t kSessionInput = 1;  // what the client types reaches the container
constexpr std::uint8_t kSessionOutput = 2; // it gets what the container writes

struct FrameHeader {
    FrameType type = FrameType::Input;
    std::uint32_t length = 0;
};

using FrameHeaderBytes = std::array<char, kFrameHeaderSize>;

constexpr FrameHeaderBytes makeFrameHeader(FrameType type, std::size_t length) {
    const auto byte = [length](unsigned shift) { return static_cast<char>((length >> shift) & 0xFFU); };
    return {static_cast<char>(type), 0, 0, 0, byte(24), byte(16), byte(8), byte(0)};
}

/// Nothing when it is none: another type, no zeros, or a payload above kLongestPayload.
constexpr std::optional<FrameHeader> parseFrameHeader(const FrameHeaderBytes& bytes) {
    const auto byte = [&bytes](std::size_t i) { return std::uint32_t(static_cast<unsigned char>(bytes[i])); };
    const std::uint32_t length = byte(4) << 24U | byte(5) << 16U | byte(6) << 8U | byte(7);
    if (byte(0) > static_cast<std::uint32_t>(FrameType::Hello) || (byte(1) | byte(2) | byte(3)) != 0 ||
        length > kLongestPayload)
        return std::nullopt;
    return FrameHeader{static_cast<FrameType>(byte(0)), length};
}

/// The payload of Resize, and back.
constexpr std::array<char, 4> makeSize(std::uint16_t rows, std::uint16_t columns) {
    return {static_cast<char>(rows >> 8U), static_cast<char>(rows & 0xFFU), static_cast<char>(columns >> 8U),
            static_cast<char>(columns & 0xFFU)};
}
constexpr std::uint32_t parseNumber(std::string_view bytes) { // big-endian, up to four bytes
    std::uint32_t value = 0;
    for (const char c : bytes.substr(0, 4))
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}
constexpr std::array<char, 4> makeNumber(std::uint32_t value) {
    return {static_cast<char>(value >> 24U), static_cast<char>((value >> 16U) & 0xFFU),
            static_cast<char>((value >> 8U) & 0xFFU), static_cast<char>(value & 0xFFU)};
}

} // namespace escale
