// The engine's events for one thread that waits for them.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"
#include "helper/docker-api/bus/wakeup.h"

#include <memory>
#include <mutex>

namespace escale::docker_api {

/// Ends with its object. Made by Bus::subscribe().
class EventSubscription {
public:
    /// Most events that wait for a thread; one that is slower loses what is behind them, and is told
    /// (take()).
    static constexpr qsizetype kMostWaiting = 10'000;

    static Result<std::shared_ptr<EventSubscription>> create();

    /// Readable (poll(2)) while something waits.
    [[nodiscard]] int fd() const { return m_wakeup.fd(); }
    /// What has come since the last time; empty: nothing. Unreachable when the engine went away: what
    /// happened meanwhile is not known. NoSpace when too many waited.
    Result<dbus::EventList> take();

    /// Of Signals: on the main thread.
    void add(const dbus::EventList& events);
    void loseEngine();

private:
    explicit EventSubscription(Wakeup wakeup)
        : m_wakeup(std::move(wakeup)) {}

    std::mutex m_mutex;
    dbus::EventList m_events;
    bool m_hasLostEngine = false;
    bool m_isFull = false;
    Wakeup m_wakeup;
};

} // namespace escale::docker_api
