#include "helper/docker-api/sessions/terminal_size.h"

#include <sys/eventfd.h>

namespace escale::docker_api {

Result<std::shared_ptr<TerminalSizeChange>> TerminalSizeChange::create() {
    UniqueFd wakeup(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wakeup)
        return failErrno("cannot make an event descriptor");
    return std::shared_ptr<TerminalSizeChange>(new TerminalSizeChange(std::move(wakeup)));
}

void TerminalSizeChange::ask(TerminalSize size) {
    const std::lock_guard lock(m_mutex);
    m_size = size;
    ::eventfd_write(m_wakeup.get(), 1);
}

std::optional<TerminalSize> TerminalSizeChange::take() {
    const std::lock_guard lock(m_mutex);
    eventfd_t count = 0;
    ::eventfd_read(m_wakeup.get(), &count);
    return std::exchange(m_size, std::nullopt);
}

} // namespace escale::docker_api
