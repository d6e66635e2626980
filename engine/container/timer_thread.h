// Calls things later: one thread for all. Each call has a key; scheduling a key again replaces it.
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace escale {

class TimerThread {
public:
    using Clock = std::chrono::steady_clock;

    static Result<std::unique_ptr<TimerThread>> start();
    TimerThread(const TimerThread&) = delete;
    TimerThread& operator=(const TimerThread&) = delete;
    ~TimerThread();
    /// Returns when no call runs any more; none follows.
    void stop();

    /// `work` runs on the thread and must be quick. Thread-safe, also from within a call.
    void schedule(const std::string& key, Clock::duration delay, std::function<void()> work);
    /// True when it was still to come.
    bool cancel(const std::string& key);

private:
    TimerThread() = default;
    void run();
    struct Entry {
        Clock::time_point when;
        std::function<void()> work;
    };
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Entry> m_entries; // few: looked through for the next one
    bool m_stops = false;
    std::thread m_thread;
};

} // namespace escale
