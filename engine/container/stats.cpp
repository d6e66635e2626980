#include "engine/container/stats.h"

#include <algorithm>
#include <initializer_list>

namespace escale {
namespace {

// Per second; what went backwards (another cgroup of the same name) counts as nothing.
float rate(std::uint64_t before, std::uint64_t now, double seconds) {
    return now > before ? static_cast<float>(static_cast<double>(now - before) / seconds) : 0;
}

// Over all interfaces. One that has just come has no rate yet; one that was made anew began at nothing.
float networkRate(const ContainerStats& before, const ContainerStats& now,
                  std::uint64_t InterfaceCounters::*field, double seconds) {
    std::uint64_t total = 0;
    for (const auto& interface : now.interfaces) {
        const auto former = std::find_if(before.interfaces.begin(), before.interfaces.end(),
                                         [&](const auto& other) { return other.name == interface.name; });
        if (former == before.interfaces.end())
            continue;
        const std::uint64_t count = interface.counters.*field;
        const std::uint64_t began = former->counters.*field;
        total += count >= began ? count - began : count;
    }
    return rate(0, total, seconds);
}

} // namespace

StatsPoint pointBetween(const ContainerStats& before, const ContainerStats& now) {
    constexpr float kNano = 1e-9F;
    constexpr float kMicro = 1e-6F;
    const double seconds = std::max(0.001, static_cast<double>(now.time - before.time) / 1000);
    const CgroupMetrics& a = before.cgroup;
    const CgroupMetrics& b = now.cgroup;
    StatsPoint point;
    point.time = now.time;
    point.cpu = rate(a.cpuNanoseconds, b.cpuNanoseconds, seconds) * kNano;
    point.throttled = rate(a.cpuThrottledNanoseconds, b.cpuThrottledNanoseconds, seconds) * kNano;
    point.memory = static_cast<float>(b.memoryBytes);
    point.anonymous = static_cast<float>(b.anonymousBytes);
    point.file = static_cast<float>(b.fileBytes);
    point.swap = static_cast<float>(b.swapBytes);
    point.read = rate(a.ioReadBytes, b.ioReadBytes, seconds);
    point.written = rate(a.ioWrittenBytes, b.ioWrittenBytes, seconds);
    point.received = networkRate(before, now, &InterfaceCounters::receivedBytes, seconds);
    point.sent = networkRate(before, now, &InterfaceCounters::sentBytes, seconds);
    point.pids = static_cast<float>(b.pids);
    point.cpuPressure = std::min(1.0F, rate(a.cpuPressure.some, b.cpuPressure.some, seconds) * kMicro);
    point.memoryPressure =
        std::min(1.0F, rate(a.memoryPressure.some, b.memoryPressure.some, seconds) * kMicro);
    point.ioPressure = std::min(1.0F, rate(a.ioPressure.some, b.ioPressure.some, seconds) * kMicro);
    return point;
}

StatsPoint meanOf(const std::vector<StatsPoint>& points) {
    StatsPoint mean;
    if (points.empty())
        return mean;
    mean.time = points.back().time;
    for (float StatsPoint::*field :
         {&StatsPoint::cpu, &StatsPoint::throttled, &StatsPoint::memory, &StatsPoint::anonymous,
          &StatsPoint::file, &StatsPoint::swap, &StatsPoint::read, &StatsPoint::written,
          &StatsPoint::received, &StatsPoint::sent, &StatsPoint::pids, &StatsPoint::cpuPressure,
          &StatsPoint::memoryPressure, &StatsPoint::ioPressure}) {
        double sum = 0;
        for (const StatsPoint& point : points)
            sum += static_cast<double>(point.*field);
        mean.*field = static_cast<float>(sum / static_cast<double>(points.size()));
    }
    return mean;
}

void StatsHistory::add(const StatsPoint& point) {
    m_fine.push_back(point);
    if (m_fine.size() <= kFine)
        return;
    m_leaving.push_back(m_fine.front());
    m_fine.pop_front();
    if (m_leaving.size() < kCoarseSeconds)
        return;
    m_coarse.push_back(meanOf(m_leaving));
    m_leaving.clear();
    if (m_coarse.size() > kCoarse)
        m_coarse.pop_front();
}

std::vector<StatsPoint> StatsHistory::since(std::int64_t since) const {
    std::vector<StatsPoint> points;
    const auto take = [&](const auto& from) {
        std::copy_if(from.begin(), from.end(), std::back_inserter(points),
                     [since](const StatsPoint& point) { return point.time > since; });
    };
    take(m_coarse);
    take(m_leaving);
    take(m_fine);
    return points;
}

} // namespace escale
