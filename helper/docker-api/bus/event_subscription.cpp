#include "helper/docker-api/bus/event_subscription.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace escale::docker_api {

Result<std::shared_ptr<EventSubscription>> EventSubscription::create() {
    UniqueFd wakeup(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wakeup)
        return failErrno("cannot wait for events");
    return std::shared_ptr<EventSubscription>(new EventSubscription(std::move(wakeup)));
}

Result<dbus::EventList> EventSubscription::take() {
    const std::lock_guard lock(m_mutex);
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t size = ::read(m_wakeup.get(), &count, sizeof count); // EAGAIN: nothing
    if (!m_events.isEmpty()) {
        if (m_isFull || m_hasLostEngine)
            wake(); // that comes next
        return std::exchange(m_events, {});
    }
    if (std::exchange(m_isFull, false))
        return fail(ErrorCode::NoSpace, "more events happened than were read");
    if (std::exchange(m_hasLostEngine, false))
        return fail(ErrorCode::Unreachable, "the engine has gone away");
    return dbus::EventList();
}

void EventSubscription::add(const dbus::EventList& events) {
    const std::lock_guard lock(m_mutex);
    if (m_isFull)
        return;
    if (m_events.size() + events.size() > kMostWaiting)
        m_isFull = true;
    else
        m_events += events;
    wake();
}

void EventSubscription::loseEngine() {
    const std::lock_guard lock(m_mutex);
    m_hasLostEngine = true;
    wake();
}

void EventSubscription::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t size = ::write(m_wakeup.get(), &one, sizeof one); // never full
}

} // namespace escale::docker_api
