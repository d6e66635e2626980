#include "engine/runtime/monitor/container_input.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace escale {

void ContainerInput::openPipe(UniqueFd pipe) {
    m_pipe = std::move(pipe);
    m_fd = m_pipe.get();
    ::fcntl(m_fd, F_SETFL, O_WRONLY | O_NONBLOCK);
}

void ContainerInput::openTerminal(int master) {
    m_fd = master;
    m_isTerminal = true;
}

void ContainerInput::close() {
    m_pipe.reset();
    m_fd = -1;
    m_begin = m_end = 0;
}

void ContainerInput::add(std::string_view bytes) {
    if (m_fd < 0 || m_ends)
        return;
    if (m_bytes.size() - m_end < bytes.size()) {
        std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    std::memcpy(m_bytes.data() + m_end, bytes.data(), bytes.size());
    m_end += bytes.size();
    write();
}

void ContainerInput::write() {
    while (m_fd >= 0 && m_begin != m_end) {
        const auto put = ::write(m_fd, m_bytes.data() + m_begin, m_end - m_begin);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0 && errno == EAGAIN)
            return;
        if (put < 0) { // nobody will ever read it
            m_begin = m_end;
            if (!m_isTerminal)
                close();
            break;
        }
        m_begin += static_cast<std::size_t>(put);
    }
    m_begin = m_end = 0;
    if (m_ends)
        close();
}

void ContainerInput::end() {
    if (m_isTerminal)
        return;
    m_ends = true;
    write();
}

void ContainerInput::resize(std::uint16_t rows, std::uint16_t columns) const {
    winsize size{};
    size.ws_row = rows;
    size.ws_col = columns;
    if (m_isTerminal && m_fd >= 0)
        ::ioctl(m_fd, TIOCSWINSZ, &size); // the kernel tells the foreground process by SIGWINCH
}

} // namespace escale
