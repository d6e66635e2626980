// What a container uses, as `docker stats` reads it: one reading and the one before. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"

#include <cstdint>
#include <string>

namespace escale::docker_api {

/// What the readings are held against, of this machine.
struct MachineUse {
    std::uint64_t cpuNanoseconds = 0; // of all processors since the boot, idle ones too
    unsigned processors = 1;
    std::uint64_t memory = 0; // bytes
    unsigned cgroupVersion = 2;
};

struct StatsReading {
    dbus::ContainerStats stats; // time 0: it does not run
    MachineUse machine;
};

/// `before`: null where there is none.
Json statsJson(const std::string& id, const std::string& name, const StatsReading& now,
               const StatsReading* before);

/// Docker's time of all processors: the first eight numbers of /proc/stat's first line, in nanoseconds.
std::uint64_t cpuTimeOf(std::string_view procStat, long ticksPerSecond);
/// Bytes of MemTotal in /proc/meminfo.
std::uint64_t totalMemoryOf(std::string_view procMeminfo);

} // namespace escale::docker_api
