#include "engine/build/step_output.h"

#include "engine/base/clock.h"
#include "engine/base/thread.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace escale {

constexpr std::size_t kLongestLine = 16 * 1024;
constexpr std::size_t kLineCost = 64;         // of an event without its text: empty lines count, too
constexpr std::int64_t kProgressPause = 1000; // milliseconds

void OutputLines::add(std::string_view bytes, std::int64_t nowMilliseconds) {
    for (const char c : bytes) {
        if (c == '\n') {
            m_returned = false;
            endLine();
            continue;
        }
        if (m_returned)
            endOverwritten(nowMilliseconds);
        m_returned = c == '\r';
        if (m_returned)
            continue;
        m_line += c;
        if (m_line.size() >= kLongestLine)
            endLine();
    }
}

void OutputLines::endLine() {
    m_overwritten.clear();
    tell(m_line);
    m_line.clear();
}

// A carriage return, and what follows it is no line end.
void OutputLines::endOverwritten(std::int64_t now) {
    if (!m_line.empty()) {
        m_overwritten = std::move(m_line);
        m_line.clear();
    }
    if (m_overwritten.empty() || now - m_lastProgress < kProgressPause)
        return;
    m_lastProgress = now;
    tell(m_overwritten);
    m_overwritten.clear();
}

void OutputLines::finish() {
    if (!m_line.empty())
        endLine();
    else if (!m_overwritten.empty())
        tell(m_overwritten);
    m_overwritten.clear();
    m_returned = false;
}

void OutputLines::tell(const std::string& line) {
    if (m_isClipped)
        return;
    m_told += line.size() + kLineCost;
    m_isClipped = m_told > kMostBytes;
    m_sink(m_isClipped ? "[output clipped: this step has printed more than 2 MiB]" : line);
}

Result<std::unique_ptr<StepOutput>> StepOutput::start(OutputLines::Sink sink) {
    std::unique_ptr<StepOutput> output(new StepOutput(std::move(sink)));
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe for a step's output");
    output->m_readEnd = UniqueFd(ends[0]);
    output->m_writeEnd = UniqueFd(ends[1]);
    TRY_ASSIGN(output->m_thread, startThread([self = output.get()] { self->read(); }));
    return output;
}

void StepOutput::finish() {
    if (!m_thread.joinable())
        return;
    m_writeEnd.reset();
    m_ended.cancel();
    m_thread.join();
}

// Until the other ends are closed; or, should somebody hold one still when the program has ended, until there
// is nothing more in it.
void StepOutput::read() {
    std::array<char, 16 * 1024> bytes{};
    while (true) {
        std::array<pollfd, 2> ready{{{m_readEnd.get(), POLLIN, 0}, {m_ended.fd(), POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            break;
        if (ready[0].revents == 0 && m_ended.isCancelled())
            break;
        if (ready[0].revents == 0)
            continue;
        const ssize_t size = ::read(m_readEnd.get(), bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            break;
        m_lines.add({bytes.data(), static_cast<std::size_t>(size)}, nowMilliseconds());
    }
    m_lines.finish();
}

} // namespace escale
