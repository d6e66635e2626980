#include "tests/helper/docker-api/docker_terminal.h"

#include "engine/base/file.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace escale::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60};

} // namespace

Result<DockerTerminal> DockerTerminal::open(std::vector<std::string> words, unsigned short rows,
                                            unsigned short columns, const Start& start) {
    DockerTerminal terminal;
    terminal.m_master.reset(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!terminal.m_master || ::grantpt(terminal.m_master.get()) != 0 ||
        ::unlockpt(terminal.m_master.get()) != 0)
        return failErrno("cannot make a terminal");
    terminal.resize(rows, columns);
    TRY_ASSIGN(const UniqueFd slave, openFile(::ptsname(terminal.m_master.get()), O_RDWR | O_NOCTTY));
    // The session's leader, with that terminal; its status is the program's.
    words.insert(words.begin(), {"/usr/bin/setsid", "--ctty", "--wait"});
    TRY_ASSIGN(auto program, start(std::move(words), {{slave.get(), 0}, {slave.get(), 1}, {slave.get(), 2}}));
    terminal.m_program = std::move(program);
    return terminal;
}

void DockerTerminal::type(const std::string& text) {
    (void)writeAll(m_master.get(), text, "what is typed");
}

void DockerTerminal::resize(unsigned short rows, unsigned short columns) {
    winsize size{};
    size.ws_row = rows;
    size.ws_col = columns;
    ::ioctl(m_master.get(), TIOCSWINSZ, &size);
}

// False: everybody has closed it.
bool DockerTerminal::readSome(int milliseconds) {
    pollfd ready{m_master.get(), POLLIN, 0};
    if (::poll(&ready, 1, milliseconds) <= 0)
        return true;
    std::array<char, 4096> piece{};
    const ssize_t size = ::read(m_master.get(), piece.data(), piece.size());
    if (size > 0)
        m_seen.append(piece.data(), static_cast<std::size_t>(size));
    return size > 0;
}

bool DockerTerminal::awaitText(const std::string& text) {
    for (const auto end = Clock::now() + kPatience; Clock::now() < end;) {
        if (const auto at = m_seen.find(text, m_looked); at != std::string::npos) {
            m_looked = at + text.size();
            return true;
        }
        if (!readSome(100) && m_seen.find(text, m_looked) == std::string::npos)
            return false;
    }
    return false;
}

int DockerTerminal::awaitEnd() {
    for (const auto end = Clock::now() + kPatience; Clock::now() < end && readSome(100);) {
        pollfd ended{m_program->pidFd(), POLLIN, 0};
        if (::poll(&ended, 1, 0) > 0)
            break;
    }
    const auto status = m_program->waitFor(std::chrono::seconds(10));
    while (m_seen.size() < 1u << 20 && readSome(0)) {
        pollfd more{m_master.get(), POLLIN, 0};
        if (::poll(&more, 1, 0) <= 0)
            break;
    }
    return status ? status->code : -1;
}

} // namespace escale::test
