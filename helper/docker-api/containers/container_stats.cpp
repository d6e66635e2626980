#include "engine/base/file.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/cgroup_version.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_views.h"
#include "helper/docker-api/containers/stats_json.h"
#include "helper/docker-api/http/exchange.h"

#include <optional>
#include <unistd.h>

namespace escale::docker_api {
namespace {

constexpr std::chrono::milliseconds kBetween{1000};

Result<MachineUse> machineUse() {
    MachineUse machine;
    TRY_ASSIGN(const std::string stat, readFile("/proc/stat"));
    TRY_ASSIGN(const std::string memory, readFile("/proc/meminfo"));
    machine.cpuNanoseconds = cpuTimeOf(stat, ::sysconf(_SC_CLK_TCK));
    machine.processors = static_cast<unsigned>(std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L));
    machine.memory = totalMemoryOf(memory);
    machine.cgroupVersion = cgroupVersion();
    return machine;
}

Result<StatsReading> readStats(const Bus& bus, const QString& id) {
    StatsReading reading;
    TRY_ASSIGN(const auto list, bus.ask<dbus::StatsList>(Face::Containers, "Stats", QStringList(id)));
    TRY_ASSIGN(reading.machine, machineUse());
    if (!list.isEmpty())
        reading.stats = list.first();
    return reading;
}

// Its name by now; nothing once it is gone.
Result<std::optional<dbus::Container>> find(const Bus& bus, const QString& id) {
    auto inspected = bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", id);
    if (!inspected && inspected.error().code == ErrorCode::NotFound)
        return std::optional<dbus::Container>();
    if (!inspected)
        return fail(std::move(inspected).error());
    return std::optional(std::get<0>(*std::move(inspected)));
}

Result<void> streamStats(Exchange& exchange, const Bus& bus, dbus::Container container) {
    TRY(exchange.beginStream(200, "application/json"));
    std::optional<StatsReading> before;
    for (;;) {
        TRY_ASSIGN(auto now, readStats(bus, container.id));
        if (now.stats.time == 0) {
            TRY_ASSIGN(const auto found, find(bus, container.id));
            if (!found)
                return exchange.endStream();
        }
        TRY(exchange.writeLine(statsJson(container.id.toStdString(), container.name.toStdString(), now,
                                         before ? &*before : nullptr)));
        before = std::move(now);
        TRY(exchange.waitFor({}, kBetween));
    }
}

} // namespace

Result<void> containerStats(Exchange& exchange, const Bus& bus) {
    const std::string id = exchange.parameter("id");
    TRY_ASSIGN(auto container, find(bus, toQString(id)));
    if (!container)
        return fail(noSuchContainer(id));
    if (exchange.query().flag("stream", true))
        return streamStats(exchange, bus, *std::move(container));
    // One answer: with the use since a moment before, unless it is wanted at once.
    std::optional<StatsReading> before;
    if (!exchange.query().flag("one-shot") && container->pid != 0) {
        TRY_ASSIGN(before, readStats(bus, container->id));
        TRY(exchange.waitFor({}, kBetween));
    }
    TRY_ASSIGN(const auto now, readStats(bus, container->id));
    return exchange.reply(200, statsJson(container->id.toStdString(), container->name.toStdString(), now,
                                         before ? &*before : nullptr));
}

} // namespace escale::docker_api
