// One thread reads what every running container uses, once a second, and keeps their last hour. Counters stay
// open between readings: about 15 µs a container and second (about ten descriptors each; when there are no
// more of them, that container's files are opened for each reading).
#pragma once

#include "engine/cgroup/layout.h"
#include "engine/container/stats.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace escale {

class StatsSampler {
public:
    static Result<std::unique_ptr<StatsSampler>>
    start(CgroupLayout layout, std::chrono::milliseconds interval = std::chrono::seconds(1));
    StatsSampler(const StatsSampler&) = delete;
    StatsSampler& operator=(const StatsSampler&) = delete;
    ~StatsSampler();

    // All thread-safe.

    /// A new run, without interfaces yet.
    void watch(const std::string& id, std::string cgroupPath);
    struct Interface {
        std::string inside;
        std::string host; // the other end of its veth pair; empty: it has none, and is counted inside
    };
    /// Those that it has from now on. `inner`: the counters in its network namespace, where one is needed.
    void setInterfaces(const std::string& id, std::vector<Interface> interfaces,
                       std::optional<InterfaceCountersFile> inner);
    void forget(const std::string& id);
    /// The next reading reads the limits, too, which the others keep.
    void limitsChanged(const std::string& id);
    /// The last reading, a new one when that is older than a second. NotFound when it is not watched, or its
    /// cgroup has gone.
    Result<ContainerStats> latest(const std::string& id);
    /// Points later than `since` (Unix milliseconds); empty for one that is not watched.
    std::vector<StatsPoint> history(const std::string& id, std::int64_t since);

private:
    struct Entry {
        std::string cgroupPath;
        std::vector<Interface> interfaces;
        std::optional<InterfaceCountersFile> inner;
        std::optional<MetricsReader> reader;
        unsigned untilLimits = 0;            // readings
        std::optional<ContainerStats> last;  // what was read last
        std::optional<ContainerStats> point; // what the last point was made of
        StatsHistory history;
    };
    StatsSampler(CgroupLayout layout, std::chrono::milliseconds interval)
        : m_layout(std::move(layout))
        , m_interval(interval) {}
    void run();
    void sampleAll();
    void readNetwork();
    void countInterfaces(Entry& entry, std::vector<InterfaceStats>& counted);
    Result<void> read(Entry& entry);

    const CgroupLayout m_layout;
    const std::chrono::milliseconds m_interval;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Entry> m_entries;
    std::map<std::string, InterfaceCounters, std::less<>>
        m_network; // by the host's interface, of the last tick
    std::optional<InterfaceCountersFile> m_networkFile;
    std::vector<char> m_buffer;
    bool m_stops = false;
    std::thread m_thread;
};

} // namespace escale
