#include "helper/docker-api/containers/stats_json.h"

#include "helper/docker-api/api/times.h"

#include <algorithm>
#include <charconv>

namespace escale::docker_api {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// Skips what is no digit, and takes the number behind it.
std::uint64_t takeNumber(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return number;
}

Json number(quint64 value) { // long long here, long there
    return std::uint64_t(value);
}

Json cpuJson(const StatsReading& reading) {
    const dbus::ContainerStats& stats = reading.stats;
    Json usage;
    usage.set("total_usage", number(stats.cpuNanoseconds));
    if (!stats.perCpu.isEmpty()) {
        Json processors;
        for (const quint64 nanoseconds : stats.perCpu)
            processors.append(std::uint64_t(nanoseconds));
        usage.set("percpu_usage", processors);
    }
    usage.set("usage_in_kernelmode", 0).set("usage_in_usermode", number(stats.cpuNanoseconds));
    return Json()
        .set("cpu_usage", usage)
        .set("system_cpu_usage", reading.machine.cpuNanoseconds)
        .set("online_cpus", reading.machine.processors)
        .set("throttling_data", Json()
                                    .set("periods", number(stats.cpuPeriods))
                                    .set("throttled_periods", number(stats.throttledPeriods))
                                    .set("throttled_time", number(stats.throttledNanoseconds)));
}

Json emptyCpuJson() {
    return Json()
        .set("cpu_usage",
             Json().set("total_usage", 0).set("usage_in_kernelmode", 0).set("usage_in_usermode", 0))
        .set("throttling_data",
             Json().set("periods", 0).set("throttled_periods", 0).set("throttled_time", 0));
}

// The engine's figure is without the cache that can go at once, which clients subtract: there is none left of
// it.
Json memoryJson(const StatsReading& reading) {
    const dbus::ContainerStats& stats = reading.stats;
    const std::uint64_t limit = stats.memoryLimit == 0
                                    ? reading.machine.memory
                                    : std::min<std::uint64_t>(stats.memoryLimit, reading.machine.memory);
    const std::uint64_t file = std::min(stats.file, stats.memory);
    Json details;
    if (reading.machine.cgroupVersion == 1)
        details.set("cache", file)
            .set("rss", number(stats.anonymous))
            .set("shmem", number(stats.shared))
            .set("swap", number(stats.swap))
            .set("inactive_file", 0)
            .set("total_cache", file)
            .set("total_rss", number(stats.anonymous))
            .set("total_inactive_file", 0);
    else
        details.set("anon", number(stats.anonymous))
            .set("file", number(stats.file))
            .set("kernel", number(stats.kernel))
            .set("shmem", number(stats.shared))
            .set("inactive_file", 0);
    return Json().set("usage", number(stats.memory)).set("stats", details).set("limit", limit);
}

Json blockJson(const dbus::ContainerStats& stats, unsigned cgroupVersion) {
    const auto entries = [cgroupVersion](std::uint64_t read, std::uint64_t written) {
        const auto entry = [](const char* operation, std::uint64_t value) {
            return Json().set("major", 0).set("minor", 0).set("op", operation).set("value", value);
        };
        const bool isV1 = cgroupVersion == 1;
        return Json()
            .append(entry(isV1 ? "Read" : "read", read))
            .append(entry(isV1 ? "Write" : "write", written));
    };
    Json json;
    json.set("io_service_bytes_recursive", entries(stats.read, stats.written))
        .set("io_serviced_recursive", entries(stats.reads, stats.writes));
    for (const char* other : {"io_queue_recursive", "io_service_time_recursive", "io_wait_time_recursive",
                              "io_merged_recursive", "io_time_recursive", "sectors_recursive"})
        json.set(other, Json());
    return json;
}

Json networksJson(const QList<dbus::InterfaceStats>& interfaces) {
    Json networks = Json::Object();
    for (const dbus::InterfaceStats& each : interfaces)
        networks.set(each.name.toStdString(), Json()
                                                  .set("rx_bytes", number(each.receivedBytes))
                                                  .set("rx_packets", number(each.receivedPackets))
                                                  .set("rx_errors", number(each.receiveErrors))
                                                  .set("rx_dropped", number(each.receiveDrops))
                                                  .set("tx_bytes", number(each.sentBytes))
                                                  .set("tx_packets", number(each.sentPackets))
                                                  .set("tx_errors", number(each.sendErrors))
                                                  .set("tx_dropped", number(each.sendDrops)));
    return networks;
}

Json pidsJson(const dbus::ContainerStats& stats) {
    Json pids = Json().set("current", number(stats.pids));
    if (stats.pidsLimit != 0)
        pids.set("limit", number(stats.pidsLimit));
    return pids;
}

} // namespace

Json statsJson(const std::string& id, const std::string& name, const StatsReading& now,
               const StatsReading* before) {
    Json json;
    json.set("name", "/" + name)
        .set("id", id)
        .set("read", timeText(now.stats.time))
        .set("preread", timeText(before == nullptr ? 0 : before->stats.time))
        .set("num_procs", 0)
        .set("storage_stats", Json::Object());
    if (now.stats.time == 0) // it does not run
        return json.set("pids_stats", Json::Object())
            .set("blkio_stats", Json::Object())
            .set("cpu_stats", emptyCpuJson())
            .set("precpu_stats", emptyCpuJson())
            .set("memory_stats", Json::Object());
    json.set("pids_stats", pidsJson(now.stats))
        .set("blkio_stats", blockJson(now.stats, now.machine.cgroupVersion))
        .set("cpu_stats", cpuJson(now))
        .set("precpu_stats", before == nullptr || before->stats.time == 0 ? emptyCpuJson() : cpuJson(*before))
        .set("memory_stats", memoryJson(now));
    if (!now.stats.interfaces.isEmpty())
        json.set("networks", networksJson(now.stats.interfaces));
    return json;
}

std::uint64_t cpuTimeOf(std::string_view procStat, long ticksPerSecond) {
    std::string_view line = procStat.substr(0, procStat.find('\n'));
    std::uint64_t ticks = 0;
    for (unsigned i = 0; i < 8; ++i) // guests' time is in the users' already
        ticks += takeNumber(line);
    return ticks * (kNanosecondsPerSecond / static_cast<std::uint64_t>(std::max(ticksPerSecond, 1L)));
}

std::uint64_t totalMemoryOf(std::string_view procMeminfo) {
    const std::size_t at = procMeminfo.find("MemTotal:");
    if (at == std::string_view::npos)
        return 0;
    std::string_view rest = procMeminfo.substr(at);
    return takeNumber(rest) * 1024;
}

} // namespace escale::docker_api
