// `run` and `exec` without --detach: we stay until the process has ended, hand it our signals, and, when it
// has a terminal, carry bytes between that and our standard input and output.
//
//   stdin ──▶ pending input ──▶ pty master      raw mode while it lasts, restored at every end
//   stdout ◀─────────────────── pty master      what the process wrote before it ended is read to the last
//   byte SIGWINCH: the master gets our terminal's size; every other watched signal goes to the process
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <csignal>
#include <sys/types.h>

namespace escale {

/// Blocks the signals that are to be passed on, so that none is lost between clone and waitForeground(): call
/// it before the process is made (which clears its own mask).
class ForegroundSignals {
public:
    ForegroundSignals();
    [[nodiscard]] const sigset_t& set() const { return m_set; }

private:
    sigset_t m_set{};
};

struct ForegroundProcess {
    pid_t pid = 0;   // our child, also by reparenting
    int pidFd = -1;  // borrowed
    UniqueFd master; // invalid: it has no terminal
};

/// Returns the exit status, 128 + n for signal n. Other children that fall to us are reaped.
Result<int> waitForeground(ForegroundProcess process, const ForegroundSignals& signals);

} // namespace escale
