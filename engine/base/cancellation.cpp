#include "engine/base/cancellation.h"

#include <sys/eventfd.h>

namespace escale {

Cancellation::Cancellation()
    : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Cancellation::cancel() {
    m_cancelled.store(true, std::memory_order_release);
    if (m_event)
        (void)::eventfd_write(m_event.get(), 1);
}

Result<void> Cancellation::check() const {
    if (isCancelled())
        return fail(ErrorCode::Cancelled, "cancelled");
    return {};
}

} // namespace escale
