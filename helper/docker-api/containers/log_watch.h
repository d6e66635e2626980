// Log files that grow, for any number of followers: one inotify instance and one thread for all of them,
// because the kernel gives a user 128 instances. Thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "helper/docker-api/bus/wakeup.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace escale::docker_api {

/// One file for one thread. Ends with its object.
class LogFollower {
public:
    ~LogFollower();
    LogFollower(const LogFollower&) = delete;
    LogFollower& operator=(const LogFollower&) = delete;

    /// Readable (poll(2)) once something has happened to the file.
    [[nodiscard]] int fd() const { return m_wakeup.fd(); }
    /// From now on it is readable with the next news. Whether the file has been put aside.
    bool takeNews();

private:
    friend class LogWatch;
    LogFollower(Wakeup wakeup, int watch)
        : m_wakeup(std::move(wakeup))
        , m_watch(watch) {}
    void wake(bool wasMoved);

    Wakeup m_wakeup;
    int m_watch; // of inotify
    std::atomic<bool> m_wasMoved = false;
};

class LogWatch {
public:
    /// `file`: open for reading.
    static Result<std::shared_ptr<LogFollower>> follow(int file);
    LogWatch(const LogWatch&) = delete;
    LogWatch& operator=(const LogWatch&) = delete;
    ~LogWatch();

private:
    friend class LogFollower;
    LogWatch() = default;
    static LogWatch& ofThisProcess();
    Result<std::shared_ptr<LogFollower>> add(int file);
    Result<void> start();
    void forget(const LogFollower& follower);
    void run();
    void tell(int watch, bool wasMoved);
    void tellAll();

    std::mutex m_mutex;
    UniqueFd m_inotify, m_stop;
    std::map<int, std::vector<LogFollower*>> m_followers; // by watch
    std::thread m_thread;
};

} // namespace escale::docker_api
