// The container's standard input, or its terminal, as the monitor fills it: never waits. What the container
// does not take yet is held, and meanwhile nothing more is taken from the sessions.
#pragma once

#include "engine/base/unique_fd.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace escale {

class ContainerInput {
public:
    static constexpr std::size_t kLargestPiece = 16 * 1024;

    /// Owns the pipe's writing end; ends when everybody has stopped typing.
    void openPipe(UniqueFd pipe);
    /// Borrows the terminal's master.
    void openTerminal(int master);
    /// To be polled for POLLOUT while something is held; -1 when nothing is.
    [[nodiscard]] int waitingFd() const { return m_begin != m_end ? m_fd : -1; }
    /// There is room for kLargestPiece, or nobody takes anything and it is thrown away.
    [[nodiscard]] bool accepts() const { return m_bytes.size() - (m_end - m_begin) >= kLargestPiece; }

    void add(std::string_view bytes);
    /// The pipe is closed behind what is held. A terminal stays: its program goes on.
    void end();
    void resize(std::uint16_t rows, std::uint16_t columns) const;
    void write();
    void close();

private:
    int m_fd = -1;
    UniqueFd m_pipe;
    bool m_isTerminal = false;
    bool m_ends = false;
    std::size_t m_begin = 0, m_end = 0;
    std::array<char, 4 * kLargestPiece> m_bytes; // not set to zero here: that would touch it
};

} // namespace escale
