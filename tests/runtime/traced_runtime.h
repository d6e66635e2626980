// escale-runtime under ptrace(2), so that a test can hold it in the moment that matters. Only the thread that
// made the object may use it.
#pragma once

#include "tests/runtime/bundle.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace escale::test {

class TracedRuntime {
public:
    /// PROGRAM --root … ARGUMENTS, with its output in the bundle's folder.
    TracedRuntime(const Bundle& bundle, const std::vector<std::string>& arguments,
                  const std::string& program = ESCALE_BIN "/escale-runtime");
    TracedRuntime(const TracedRuntime&) = delete;
    TracedRuntime& operator=(const TracedRuntime&) = delete;
    ~TracedRuntime();

    /// Stops the first process that is born into another pid namespace, before its first instruction. False
    /// when none was.
    bool runUntilSeenInTheContainer();
    /// Then, stops that process when it has executed its program, before that one's first instruction.
    bool runUntilExecuted();
    /// Lets all go on and waits for the runtime's end: its exit status, or -1.
    int finish();

private:
    /// Waits for the next stop of any of them; false at the runtime's end.
    bool next(pid_t& stopped);
    bool m_executed = false; // the last stop was an exec's
    pid_t m_pid = -1;
    pid_t m_held = -1;
    int m_status = -1;
};

} // namespace escale::test
