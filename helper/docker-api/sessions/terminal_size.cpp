#include "helper/docker-api/sessions/terminal_size.h"

namespace escale::docker_api {

Result<std::shared_ptr<TerminalSizeChange>> TerminalSizeChange::create() {
    TRY_ASSIGN(Wakeup wakeup, Wakeup::create("a terminal's size"));
    return std::shared_ptr<TerminalSizeChange>(new TerminalSizeChange(std::move(wakeup)));
}

void TerminalSizeChange::ask(TerminalSize size) {
    const std::lock_guard lock(m_mutex);
    m_size = size;
    m_wakeup.wake();
}

std::optional<TerminalSize> TerminalSizeChange::take() {
    const std::lock_guard lock(m_mutex);
    m_wakeup.clear();
    return std::exchange(m_size, std::nullopt);
}

} // namespace escale::docker_api
