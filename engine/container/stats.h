// What a container uses: a reading now, and the points of its charts.
#pragma once

#include "engine/cgroup/metrics.h"
#include "engine/network/interface_counters.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace escale {

struct InterfaceStats {
    std::string name; // in the container
    InterfaceCounters counters;
};

struct ContainerStats {
    std::int64_t time = 0; // Unix milliseconds of the reading
    CgroupMetrics cgroup;
    std::vector<InterfaceStats> interfaces; // of its endpoints, as the container sees them
};

/// What was used between two readings. Numbers are as precise as a chart can show.
struct StatsPoint {
    std::int64_t time = 0; // of the later reading
    float cpu = 0;         // processors
    float throttled = 0;   // processors that the limit withheld
    float memory = 0;      // bytes, as of the four below
    float anonymous = 0, file = 0, swap = 0;
    float read = 0, written = 0;  // bytes a second
    float received = 0, sent = 0; // bytes a second
    float pids = 0;
    // Share of the time (0 … 1) in which some process waited for it.
    float cpuPressure = 0, memoryPressure = 0, ioPressure = 0;
};

StatsPoint pointBetween(const ContainerStats& before, const ContainerStats& now);
/// The mean over points that follow each other, at the last one's time.
StatsPoint meanOf(const std::vector<StatsPoint>& points);

/// The last hour: a point a second of the last five minutes, before that one of each five seconds. About
/// 60 KiB when it is full. No thread-safety.
class StatsHistory {
public:
    static constexpr std::size_t kFine = 300;
    static constexpr std::size_t kCoarse = 660;
    static constexpr std::size_t kCoarseSeconds = 5;

    void add(const StatsPoint& point);
    /// Those later than `since`, in their order.
    [[nodiscard]] std::vector<StatsPoint> since(std::int64_t since) const;

private:
    std::deque<StatsPoint> m_fine;
    std::deque<StatsPoint> m_coarse;
    std::vector<StatsPoint> m_leaving; // out of m_fine, not yet a coarse one
};

} // namespace escale
