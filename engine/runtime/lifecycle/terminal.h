// The container's terminal, seen from outside (config.md#process, "terminal"). The child opens a pty of the
// container's own devpts (child/terminal_step.cpp) and sends the master through a socket: the console socket
// of our caller (conmon, containerd's shim), or our own when we relay it ourselves (lifecycle/foreground.h).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/spec.h"

#include <string>
#include <termios.h>

namespace escale {

/// Where the child sends the master, and how we get it back when it is ours.
struct ConsoleChannel {
    UniqueFd child;
    UniqueFd ours; // invalid: somebody else's console socket
};

/// Connects to the caller's --console-socket. NotFound or Unreachable when nobody listens there.
Result<ConsoleChannel> connectConsole(const std::string& path);
Result<ConsoleChannel> makeConsoleChannel();
/// The one that a process needs: none without a terminal, the caller's `socket`, or in the `foreground` our
/// own; InvalidArgument when nobody would hold the other end. A size that is not given is that of our
/// terminal.
Result<ConsoleChannel> openConsole(const std::string& socket, bool foreground, spec::Process& process);
/// Non-blocking, close-on-exec. Only after the child reported Ready (it has sent the master then).
Result<UniqueFd> receiveMaster(const ConsoleChannel& channel);

/// The size of the terminal behind `fd`, zeros when it is none.
spec::ConsoleSize terminalSize(int fd);

/// Puts the terminal behind `fd` into raw mode; the destructor restores it. Does nothing when it is no
/// terminal.
class RawMode {
public:
    explicit RawMode(int fd);
    RawMode(const RawMode&) = delete;
    RawMode& operator=(const RawMode&) = delete;
    ~RawMode();

private:
    int m_fd;
    bool m_changed = false;
    termios m_before{};
};

} // namespace escale
