// What a step's program prints: read from a pipe as it comes, and passed on line by line.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace escale {

/// Bytes become lines. A line that ends in a carriage return alone is a progress bar's: of those that follow
/// each other within a second only the first and the last are told. Lines of over 16 KiB come in parts.
class OutputLines {
public:
    using Sink = std::function<void(const std::string& line)>;
    /// Output above this is left out, and a last line says so.
    static constexpr std::size_t kMostBytes = 2u << 20;

    explicit OutputLines(Sink sink)
        : m_sink(std::move(sink)) {}
    void add(std::string_view bytes, std::int64_t nowMilliseconds);
    /// The line that has no end yet.
    void finish();

private:
    void endLine();
    void endOverwritten(std::int64_t now);
    void tell(const std::string& line);

    Sink m_sink;
    std::string m_line;
    std::string m_overwritten; // a progress line that was not told
    bool m_returned = false;   // the last byte was a carriage return
    std::int64_t m_lastProgress = 0;
    std::size_t m_told = 0;
    bool m_isClipped = false;
};

/// A pipe with a thread that reads it. Not movable.
class StepOutput {
public:
    static Result<std::unique_ptr<StepOutput>> start(OutputLines::Sink sink);
    ~StepOutput() { finish(); }
    StepOutput(const StepOutput&) = delete;
    StepOutput& operator=(const StepOutput&) = delete;

    /// For the program.
    [[nodiscard]] int writeEnd() const { return m_writeEnd.get(); }
    /// The program has ended: what is in the pipe is told, and nothing that comes later.
    void finish();

private:
    explicit StepOutput(OutputLines::Sink sink)
        : m_lines(std::move(sink)) {}
    void read();

    OutputLines m_lines;
    UniqueFd m_readEnd, m_writeEnd;
    Cancellation m_ended;
    std::thread m_thread;
};

} // namespace escale
