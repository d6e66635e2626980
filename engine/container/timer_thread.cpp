#include "engine/container/timer_thread.h"

#include "engine/base/thread.h"

#include <algorithm>

namespace escale {

Result<std::unique_ptr<TimerThread>> TimerThread::start() {
    std::unique_ptr<TimerThread> self(new TimerThread);
    TRY_ASSIGN(self->m_thread, startThread([raw = self.get()] { raw->run(); }));
    return self;
}

TimerThread::~TimerThread() {
    stop();
}

void TimerThread::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stops = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void TimerThread::schedule(const std::string& key, Clock::duration delay, std::function<void()> work) {
    {
        const std::lock_guard lock(m_mutex);
        m_entries[key] = {Clock::now() + delay, std::move(work)};
    }
    m_changed.notify_all();
}

bool TimerThread::cancel(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    return m_entries.erase(key) != 0;
}

void TimerThread::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stops) {
        const auto next =
            std::min_element(m_entries.begin(), m_entries.end(),
                             [](const auto& a, const auto& b) { return a.second.when < b.second.when; });
        if (next == m_entries.end()) {
            m_changed.wait(lock);
        } else if (next->second.when > Clock::now()) {
            m_changed.wait_until(lock, next->second.when);
        } else {
            const auto work = std::move(next->second.work);
            m_entries.erase(next);
            lock.unlock();
            work();
            lock.lock();
        }
    }
}

} // namespace escale
