#include "engine/base/thread.h"

#include <system_error>

namespace escale {

Result<std::thread> startThread(std::function<void()> work) {
    try {
        return std::thread(std::move(work));
    } catch (const std::system_error& error) {
        return fail(systemError(error.code().value(), "cannot start a thread")
                        .withHint("The limit of processes (pids) or of memory may be reached"));
    }
}

} // namespace escale
