// The bytes between whoever sends a build's files and the worker that takes them (context_sender.h,
// context_receiver.h), over a stream socket: frames of a kind, a length and that many bytes. Neither end
// trusts the other.
//
//   sender                                 receiver
//     |-- Hello (version) ------------------->|
//     |-- Entries* -------------------------->|  the whole list, as listContext() sorts it
//     |-- EntriesEnd ------------------------>|
//     |<-- Needed* ---------------------------|  numbers, in the list, of files whose content is asked for
//     |<-- NeededEnd -------------------------|
//     |-- Content (number, bytes), More* ---->|  each needed file in that order, in pieces
//     |-- End ------------------------------->|
//     |<-- Done ------------------------------|  all is written
//
// In place of any of these: Failed (code, message, hint).
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/build/context_list.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class ContextFrame : std::uint32_t {
    Hello = 1,
    Entries,
    EntriesEnd,
    Needed,
    NeededEnd,
    Content,
    More,
    End,
    Done,
    Failed
};
constexpr std::uint32_t kContextVersion = 1;
/// Bytes of one frame without its head.
constexpr std::size_t kLargestFrame = 1u << 20;
constexpr std::size_t kFrameHead = 2 * sizeof(std::uint32_t);
constexpr std::size_t kMostContextEntries = 1'000'000;

/// Gathers frames and sends them in large pieces. Unreachable: the other end has gone.
class FrameWriter {
public:
    FrameWriter(int socket, const Cancellation& cancellation)
        : m_socket(socket)
        , m_cancellation(cancellation) {}
    Result<void> send(ContextFrame kind, std::string_view bytes = {});
    /// Where a frame's bytes are to be put: at most `most` of them. Then endFrame() with how many.
    char* beginFrame(std::size_t most);
    Result<void> endFrame(ContextFrame kind, std::size_t size);
    Result<void> sendFailure(const Error& error);
    Result<void> flush();

private:
    int m_socket;
    const Cancellation& m_cancellation;
    std::string m_bytes;
    std::size_t m_used = 0;
};

struct ReceivedFrame {
    ContextFrame kind = ContextFrame::Hello;
    std::string_view bytes; // until the next one is read
};

class FrameReader {
public:
    FrameReader(int socket, const Cancellation& cancellation)
        : m_socket(socket)
        , m_cancellation(cancellation)
        , m_bytes(kLargestFrame + kFrameHead, '\0') {}
    /// Unreachable: the other end has gone. Untrusted: an unknown kind, or a length that none has. What the
    /// other end says with Failed is the error.
    Result<ReceivedFrame> next();

private:
    Result<void> fill(std::size_t size);
    int m_socket;
    const Cancellation& m_cancellation;
    std::string m_bytes;
    std::size_t m_start = 0, m_end = 0; // what has come and was not taken
};

/// One entry of the list, as it stands in Entries and in the index.
void appendContextEntry(std::string& bytes, const ContextEntry& entry);

/// Reads entries one by one and lets none through that listContext() could not have made: relative paths of
/// plain names, each in a folder of the list, in their order, none twice; a million at the most.
class ContextListReader {
public:
    /// Whole entries. Untrusted.
    Result<void> take(std::string_view bytes);
    Result<void> take(ContextEntry entry);
    std::vector<ContextEntry> finish() { return std::move(m_entries); }
    [[nodiscard]] const std::vector<ContextEntry>& entries() const { return m_entries; }

private:
    Result<void> check(const ContextEntry& entry);
    std::vector<ContextEntry> m_entries;
    std::vector<std::size_t> m_folders; // those around the next entry: their paths' lengths
    std::string m_folder;               // the innermost
    std::size_t m_textBytes = 0;
};

class ByteReader;
/// Takes one entry from the front.
Result<ContextEntry> readContextEntry(ByteReader& bytes);

} // namespace escale
