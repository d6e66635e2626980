// Cgroups as the engine tells them, made by hand: one of each version.
#pragma once

#include "gui/learn/cgroup_reading.h"

namespace escale::test {

inline dbus::CgroupNode version1(const QString& path, const QString& relation, int processes = 3) {
    const auto file = [](const char* controller, const char* name, const char* value) {
        return dbus::CgroupFile{QString::fromLatin1(controller), QString::fromLatin1(name),
                                QString::fromLatin1(value), 1};
    };
    return {path,
            relation,
            static_cast<quint32>(processes),
            {file("cpu", "cpu.shares", "1024"),
             file("cpu", "cpu.cfs_quota_us", "50000"),
             file("cpu", "cpu.cfs_period_us", "100000"),
             file("cpu", "cpu.stat", "nr_periods 50\nnr_throttled 37\nthrottled_time 2500000000"),
             file("cpuacct", "cpuacct.usage", "4000000000"),
             file("cpuset", "cpuset.cpus", "0-1"),
             file("memory", "memory.limit_in_bytes", "67108864"),
             file("memory", "memory.memsw.limit_in_bytes", "67108864"),
             file("memory", "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1"),
             file("memory", "memory.usage_in_bytes", "62914560"),
             file("memory", "memory.failcnt", "12"),
             file("memory", "memory.stat", "cache 10\nrss 20\ntotal_cache 10485760\ntotal_rss 41943040"),
             file("blkio", "blkio.throttle.read_bps_device", ""),
             file("blkio", "blkio.throttle.write_bps_device", "254:0 10000000"),
             file("blkio", "blkio.throttle.io_service_bytes_recursive",
                  "254:0 Read 4096\n254:0 Write 8192\n254:0 Sync 12288\nTotal 12288"),
             file("pids", "pids.max", "64"),
             file("pids", "pids.current", "3"),
             file("pids", "pids.events", "max 2"),
             file("freezer", "freezer.state", "THAWED"),
             file("devices", "devices.list", "c 1:3 rwm\nc 1:5 rwm")}};
}

inline dbus::CgroupNode version2(const QString& path, const QString& relation, int processes = 3) {
    const auto file = [](const char* controller, const char* name, const char* value) {
        return dbus::CgroupFile{QString::fromLatin1(controller), QString::fromLatin1(name),
                                QString::fromLatin1(value), 2};
    };
    return {
        path,
        relation,
        static_cast<quint32>(processes),
        {file("cgroup", "cgroup.controllers", "cpu io memory pids"), file("cpu", "cpu.max", "50000 100000"),
         file("cpu", "cpu.weight", "100"),
         file(
             "cpu", "cpu.stat",
             "usage_usec 4000000\nuser_usec 3\nsystem_usec 1\nnr_periods 50\nnr_throttled 37\nthrottled_usec "
             "2500000"),
         file("memory", "memory.max", "67108864"), file("memory", "memory.swap.max", "0"),
         file("memory", "memory.current", "62914560"),
         file("memory", "memory.events", "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1"),
         file("memory", "memory.stat", "anon 41943040\nfile 10485760\npgscan 900\npgsteal 800"),
         file("io", "io.max", "254:0 rbps=max wbps=10000000 riops=max wiops=max"),
         file("io", "io.stat", "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0"),
         file("pids", "pids.max", "64"), file("pids", "pids.current", "3"),
         file("pids", "pids.events", "max 2")}};
}

inline void setValue(dbus::CgroupNode& node, const char* file, const char* value) {
    for (dbus::CgroupFile& one : node.files) {
        if (one.file == QLatin1String(file))
            one.value = QString::fromLatin1(value);
    }
}

} // namespace escale::test
