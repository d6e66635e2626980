// How a container ended, in words: what its exit status means, and what a person can do about it. The
// statuses are Docker's and the shell's: 125 to 127 from starting the command, 128 + n for the signal n.
#pragma once

#include <QString>

namespace escale::gui {

struct ExitStatus {
    int code = 0;
    bool oomKilled = false;
};

/// Short, for a cell: "exited (0)", "killed by SIGKILL (137)", "ran out of memory (137)".
QString exitWords(const ExitStatus& status);
/// One to three sentences: what happened and what to do next. Also for 0: then there is nothing to do.
QString exitAdvice(const ExitStatus& status);
/// False for what looks like an end that somebody asked for: 0, and the signals of stop and kill.
bool exitIsBad(const ExitStatus& status);
/// "SIGKILL" for 9; empty for what is no signal.
QString signalName(int number);

} // namespace escale::gui
