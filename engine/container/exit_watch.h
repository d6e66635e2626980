// Waits for processes that are not our children: one thread, one epoll set of pidfds (pidfd_open(2)).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace escale {

class ExitWatch {
public:
    /// `ended` is called on the watching thread, once a key, and must be quick: every other exit waits for
    /// it.
    static Result<std::unique_ptr<ExitWatch>> start(std::function<void(const std::string& key)> ended);
    ExitWatch(const ExitWatch&) = delete;
    ExitWatch& operator=(const ExitWatch&) = delete;
    ~ExitWatch();
    /// Returns when no call of `ended` runs any more; none follows.
    void stop();

    /// A process that has ended already is reported, too. Thread-safe.
    Result<void> add(const std::string& key, UniqueFd pidFd);
    /// No report after this but one that is being made. Thread-safe.
    void remove(const std::string& key);

private:
    ExitWatch() = default;
    void watch();
    std::function<void(const std::string&)> m_ended;
    UniqueFd m_epoll;
    UniqueFd m_stop; // an eventfd
    std::mutex m_mutex;
    std::map<std::uint64_t, std::pair<std::string, UniqueFd>>
        m_watched; // by a number that is never used twice
    std::uint64_t m_lastNumber = 0;
    std::thread m_thread;
};

} // namespace escale
