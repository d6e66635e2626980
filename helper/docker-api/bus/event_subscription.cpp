#include "helper/docker-api/bus/event_subscription.h"

#include <utility>

namespace escale::docker_api {

Result<std::shared_ptr<EventSubscription>> EventSubscription::create() {
    TRY_ASSIGN(Wakeup wakeup, Wakeup::create("events"));
    return std::shared_ptr<EventSubscription>(new EventSubscription(std::move(wakeup)));
}

Result<dbus::EventList> EventSubscription::take() {
    const std::lock_guard lock(m_mutex);
    m_wakeup.clear();
    if (!m_events.isEmpty()) {
        if (m_isFull || m_hasLostEngine)
            m_wakeup.wake(); // that comes next
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
    m_wakeup.wake();
}

void EventSubscription::loseEngine() {
    const std::lock_guard lock(m_mutex);
    m_hasLostEngine = true;
    m_wakeup.wake();
}

} // namespace escale::docker_api
