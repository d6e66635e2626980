#include "engine/container/stats_sampler.h"

#include "engine/base/clock.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "engine/container/run_records.h"

#include <algorithm>

namespace escale {

static constexpr std::int64_t kFresh = 1100; // milliseconds: a tick, and its lateness
static constexpr unsigned kLimitsEvery = 30; // readings: somebody else may have changed them

Result<std::unique_ptr<StatsSampler>> StatsSampler::start(CgroupLayout layout,
                                                          std::chrono::milliseconds interval) {
    std::unique_ptr<StatsSampler> sampler(new StatsSampler(std::move(layout), interval));
    sampler->m_buffer.resize(MetricsReader::kBuffer);
    TRY_ASSIGN(sampler->m_networkFile, InterfaceCountersFile::open());
    TRY_ASSIGN(sampler->m_thread, startThread([raw = sampler.get()] { raw->run(); }));
    return sampler;
}

StatsSampler::~StatsSampler() {
    {
        const std::lock_guard lock(m_mutex);
        m_stops = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void StatsSampler::watch(const std::string& id, std::string cgroupPath) {
    const std::lock_guard lock(m_mutex);
    Entry& entry = m_entries[id];
    entry.cgroupPath = std::move(cgroupPath);
    entry.interfaces.clear();
    entry.inner.reset();
    entry.reader.reset(); // of an earlier start's cgroup
    entry.last.reset();
    entry.point.reset();
    m_changed.notify_all();
}

void StatsSampler::setInterfaces(const std::string& id, std::vector<Interface> interfaces,
                                 std::optional<InterfaceCountersFile> inner) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return;
    found->second.interfaces = std::move(interfaces);
    found->second.inner = std::move(inner);
    if (found->second.last)
        found->second.last->time = 0; // who asks is told of them at once
}

void StatsSampler::limitsChanged(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_entries.find(id); found != m_entries.end())
        found->second.untilLimits = 0;
}

void StatsSampler::forget(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_entries.erase(id);
}

// Sleeps while there is nothing to watch. Ticks are where they would be had none been late.
void StatsSampler::run() {
    std::unique_lock lock(m_mutex);
    auto next = std::chrono::steady_clock::now();
    while (!m_stops) {
        if (m_entries.empty()) {
            m_changed.wait(lock);
            continue;
        }
        const auto now = std::chrono::steady_clock::now();
        if (now < next) {
            m_changed.wait_until(lock, next);
            continue;
        }
        next = std::max(next + m_interval, now);
        sampleAll();
    }
}

void StatsSampler::sampleAll() {
    readNetwork();
    for (auto& [id, entry] : m_entries) {
        if (!read(entry))
            continue; // it ends, and will be forgotten
        if (entry.point)
            entry.history.add(pointBetween(*entry.point, *entry.last));
        entry.point = entry.last;
    }
}

void StatsSampler::readNetwork() {
    for (auto& [name, counters] : m_network)
        counters = {};
    const auto done = m_networkFile->read([this](std::string_view name, const InterfaceCounters& counters) {
        if (!name.starts_with("es")) // EndpointRecord::hostInterface()
            return;
        const auto found = m_network.find(name);
        (found != m_network.end() ? found->second : m_network[std::string(name)]) = counters;
    });
    if (!done)
        logWarning(done.error().text());
}

Result<void> StatsSampler::read(Entry& entry) {
    ContainerStats stats = entry.last ? std::move(*entry.last) : ContainerStats();
    entry.last.reset();
    if (!entry.reader) {
        auto reader = MetricsReader::open(m_layout, entry.cgroupPath);
        if (!reader)
            return fail(reader.error());
        entry.reader = std::move(*reader);
        entry.untilLimits = 0;
    }
    using Limits = MetricsReader::Limits;
    const auto limits = entry.untilLimits == 0 ? Limits::Read : Limits::Keep;
    entry.untilLimits = entry.untilLimits == 0 ? kLimitsEvery - 1 : entry.untilLimits - 1;
    auto done = entry.reader->read(stats.cgroup, m_buffer, limits);
    if (!done) {
        entry.reader.reset();
        return done;
    }
    stats.time = nowMilliseconds();
    countInterfaces(entry, stats.interfaces);
    entry.last = std::move(stats);
    return {};
}

void StatsSampler::countInterfaces(Entry& entry, std::vector<InterfaceStats>& counted) {
    counted.clear();
    for (const auto& interface : entry.interfaces) {
        const auto found = interface.host.empty() ? m_network.end() : m_network.find(interface.host);
        if (found != m_network.end())
            counted.push_back({interface.inside, found->second.reversed()});
    }
    if (!entry.inner)
        return;
    const auto done = entry.inner->read([&](std::string_view name, const InterfaceCounters& counters) {
        const bool isCounted =
            std::any_of(entry.interfaces.begin(), entry.interfaces.end(), [&](const auto& interface) {
                return interface.host.empty() && interface.inside == name;
            });
        if (isCounted)
            counted.push_back({std::string(name), counters});
    });
    if (!done)
        logWarning(done.error().text());
}

Result<ContainerStats> StatsSampler::latest(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return fail(ErrorCode::NotFound, "nothing is measured of the container " + id);
    Entry& entry = found->second;
    if (!entry.last || entry.last->time + kFresh < nowMilliseconds()) {
        const bool isNew =
            std::any_of(entry.interfaces.begin(), entry.interfaces.end(), [this](const auto& interface) {
                return !interface.host.empty() && !m_network.contains(interface.host);
            });
        if (isNew)
            readNetwork();
        TRY(read(entry));
    }
    return *entry.last;
}

std::vector<StatsPoint> StatsSampler::history(const std::string& id, std::int64_t since) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? std::vector<StatsPoint>() : found->second.history.since(since);
}

} // namespace escale
