#include "gui/learn/cgroup_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace escale::gui {
namespace {

QString translated(const char* text) {
    return *text == '\0' ? QString() : QCoreApplication::translate("CgroupText", text);
}

struct Described {
    const char* file;
    const char* meaning;
    const char* unit;
    const char* twin;
};

constexpr auto kBytes = QT_TRANSLATE_NOOP("CgroupText", "bytes");
constexpr auto kProcesses = QT_TRANSLATE_NOOP("CgroupText", "processes and threads");
constexpr auto kMicroseconds = QT_TRANSLATE_NOOP("CgroupText", "microseconds");
constexpr auto kNanoseconds = QT_TRANSLATE_NOOP("CgroupText", "nanoseconds");
constexpr auto kTimes = QT_TRANSLATE_NOOP("CgroupText", "how often");
constexpr auto kRate = QT_TRANSLATE_NOOP("CgroupText", "device, bytes a second");
constexpr auto kOperations = QT_TRANSLATE_NOOP("CgroupText", "device, operations a second");

constexpr Described kVersion2[] = {
    {"cgroup.type",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "What kind of cgroup it is: \"domain\" for an ordinary one, \"threaded\" when it divides threads."),
     "", ""},
    {"cgroup.controllers",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The controllers that it may use: those that the cgroup above hands down."),
     "", ""},
    {"cgroup.subtree_control",
     QT_TRANSLATE_NOOP("CgroupText", "The controllers that it hands down to the cgroups below it."), "", ""},
    {"cgroup.max.depth", QT_TRANSLATE_NOOP("CgroupText", "How many levels of cgroups there may be below it."),
     "", ""},
    {"cgroup.max.descendants", QT_TRANSLATE_NOOP("CgroupText", "How many cgroups there may be below it."), "",
     ""},
    {"cgroup.freeze",
     QT_TRANSLATE_NOOP("CgroupText", "1: all its processes stand still. Pausing a container writes it."), "",
     "freezer.state"},
    {"cgroup.events",
     QT_TRANSLATE_NOOP("CgroupText",
                       "Whether anything lives in it (populated), and whether it stands still (frozen)."),
     "", "freezer.state"},
    {"cgroup.stat",
     QT_TRANSLATE_NOOP("CgroupText",
                       "How many cgroups are below it, and how many removed ones the kernel still keeps."),
     "", ""},
    {"cpu.max",
     QT_TRANSLATE_NOOP("CgroupText", "The time that its processes may have in each period: quota and period. "
                                     "50000 100000 is half a processor; \"max\" is no limit."),
     kMicroseconds, "cpu.cfs_quota_us + cpu.cfs_period_us"},
    {"cpu.max.burst",
     QT_TRANSLATE_NOOP("CgroupText", "How much unused time it may save up for a later period."),
     kMicroseconds, "cpu.cfs_burst_us"},
    {"cpu.weight",
     QT_TRANSLATE_NOOP("CgroupText",
                       "Its share when several cgroups want the same processor: twice the weight, twice the "
                       "time. No limit: alone it may have all. 1 to 10000, 100 is usual."),
     "", "cpu.shares"},
    {"cpu.weight.nice", QT_TRANSLATE_NOOP("CgroupText", "The weight again, said as a nice value: -20 to 19."),
     "", "cpu.shares"},
    {"cpu.idle", QT_TRANSLATE_NOOP("CgroupText", "1: it runs only when nobody else wants the processor."), "",
     "cpu.idle"},
    {"cpu.uclamp.min",
     QT_TRANSLATE_NOOP("CgroupText", "The least speed of the processor that it asks for, in percent."), "",
     ""},
    {"cpu.uclamp.max",
     QT_TRANSLATE_NOOP("CgroupText", "The most speed of the processor that it may ask for, in percent."), "",
     ""},
    {"cpu.stat",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The time it has used (usage_usec), the periods that passed (nr_periods), those in "
                       "which the limit stopped it (nr_throttled) and for how long (throttled_usec)."),
     kMicroseconds, "cpu.stat + cpuacct.usage"},
    {"cpu.pressure",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "The share of time in which some process waited for a processor, over 10, 60 and 300 seconds."),
     "", ""},
    {"cpuset.cpus",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The processors that its processes may run on; empty: those of the cgroup above."),
     "", "cpuset.cpus"},
    {"cpuset.mems",
     QT_TRANSLATE_NOOP("CgroupText", "The memory nodes (banks of memory near a processor) that it may use; "
                                     "empty: those of the cgroup above."),
     "", "cpuset.mems"},
    {"cpuset.cpus.partition",
     QT_TRANSLATE_NOOP("CgroupText", "Whether it has its processors for itself alone."), "",
     "cpuset.cpu_exclusive"},
    {"cpuset.cpus.effective",
     QT_TRANSLATE_NOOP("CgroupText", "The processors that it may really use, after all the cgroups above."),
     "", "cpuset.effective_cpus"},
    {"cpuset.mems.effective",
     QT_TRANSLATE_NOOP("CgroupText", "The memory nodes that it may really use, after all the cgroups above."),
     "", "cpuset.effective_mems"},
    {"memory.min",
     QT_TRANSLATE_NOOP("CgroupText",
                       "So much of its memory is never taken back, however short the machine is."),
     kBytes, ""},
    {"memory.low",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "So much of its memory is left to it as long as others have more than theirs (the reservation)."),
     kBytes, "memory.soft_limit_in_bytes"},
    {"memory.high",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "Above it the kernel slows its processes down and takes memory back, without ending any."),
     kBytes, ""},
    {"memory.max",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The limit of memory. At it the kernel takes back caches; when that is not enough, it "
                       "ends a process (out of memory, OOM). \"max\" is no limit."),
     kBytes, "memory.limit_in_bytes"},
    {"memory.swap.high", QT_TRANSLATE_NOOP("CgroupText", "Above so much swap its processes are slowed down."),
     kBytes, ""},
    {"memory.swap.max",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "How much of its memory may be put out to the disk (swap). Beside memory, not both together."),
     kBytes, "memory.memsw.limit_in_bytes"},
    {"memory.zswap.max", QT_TRANSLATE_NOOP("CgroupText", "How much compressed swap it may have in memory."),
     kBytes, ""},
    {"memory.oom.group",
     QT_TRANSLATE_NOOP("CgroupText",
                       "1: when memory runs out, all its processes are ended together instead of one."),
     "", ""},
    {"memory.current",
     QT_TRANSLATE_NOOP("CgroupText", "The memory that it has now: of its processes, of files kept for them "
                                     "(page cache) and of the kernel for them."),
     kBytes, "memory.usage_in_bytes"},
    {"memory.peak", QT_TRANSLATE_NOOP("CgroupText", "The most memory that it ever had."), kBytes,
     "memory.max_usage_in_bytes"},
    {"memory.swap.current",
     QT_TRANSLATE_NOOP("CgroupText", "How much of its memory is on the disk (swap) now."), kBytes,
     "memory.memsw.usage_in_bytes"},
    {"memory.swap.peak", QT_TRANSLATE_NOOP("CgroupText", "The most swap that it ever had."), kBytes,
     "memory.memsw.max_usage_in_bytes"},
    {"memory.zswap.current",
     QT_TRANSLATE_NOOP("CgroupText", "The compressed swap that it has in memory now."), kBytes, ""},
    {"memory.events",
     QT_TRANSLATE_NOOP("CgroupText", "How often something happened to its memory: max: it ran against the "
                                     "limit; oom_kill: a process was ended for it."),
     kTimes, "memory.failcnt, memory.oom_control"},
    {"memory.events.local", QT_TRANSLATE_NOOP("CgroupText", "The same without the cgroups below it."), kTimes,
     "memory.failcnt"},
    {"memory.swap.events", QT_TRANSLATE_NOOP("CgroupText", "How often it ran against its limit of swap."),
     kTimes, "memory.memsw.failcnt"},
    {"memory.stat",
     QT_TRANSLATE_NOOP("CgroupText", "What its memory is made of: anon (memory of processes), file (page "
                                     "cache), and what was taken back (pgsteal)."),
     kBytes, "memory.stat"},
    {"memory.pressure",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "The share of time in which some process waited for memory, over 10, 60 and 300 seconds."),
     "", "memory.pressure_level"},
    {"io.weight",
     QT_TRANSLATE_NOOP("CgroupText",
                       "Its share of a disk that several cgroups want: 1 to 10000, 100 is usual."),
     "", "blkio.weight"},
    {"io.bfq.weight", QT_TRANSLATE_NOOP("CgroupText", "The same for the scheduler bfq."), "",
     "blkio.bfq.weight"},
    {"io.max",
     QT_TRANSLATE_NOOP("CgroupText", "Limits of each disk: bytes read and written a second (rbps, wbps), "
                                     "operations a second (riops, wiops). Empty: none."),
     kRate, "blkio.throttle.*_device"},
    {"io.latency",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The delay of a disk that it can bear; others are slowed down when it is more."),
     kMicroseconds, ""},
    {"io.stat",
     QT_TRANSLATE_NOOP("CgroupText", "What it has read and written of each disk so far: bytes (rbytes, "
                                     "wbytes) and operations (rios, wios)."),
     kBytes, "blkio.throttle.io_service_bytes"},
    {"io.pressure",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "The share of time in which some process waited for a disk, over 10, 60 and 300 seconds."),
     "", ""},
    {"pids.max",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "How many processes and threads there may be in it. At the limit fork() fails: nothing is ended."),
     kProcesses, "pids.max"},
    {"pids.current", QT_TRANSLATE_NOOP("CgroupText", "How many processes and threads it has now."),
     kProcesses, "pids.current"},
    {"pids.peak", QT_TRANSLATE_NOOP("CgroupText", "The most processes and threads that it ever had."),
     kProcesses, ""},
    {"pids.events", QT_TRANSLATE_NOOP("CgroupText", "How often a fork failed at the limit (max)."), kTimes,
     "pids.events"},
    {"hugetlb.2MB.max",
     QT_TRANSLATE_NOOP("CgroupText",
                       "How much of the memory in huge pages (2 MiB instead of 4 KiB) it may have."),
     kBytes, "hugetlb.2MB.limit_in_bytes"},
    {"hugetlb.2MB.current", QT_TRANSLATE_NOOP("CgroupText", "How much memory in huge pages it has now."),
     kBytes, "hugetlb.2MB.usage_in_bytes"},
    {"rdma.max",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "How much of the network cards that write into memory by themselves (RDMA) it may have."),
     "", "rdma.max"},
    {"rdma.current", QT_TRANSLATE_NOOP("CgroupText", "How much of them it has now."), "", "rdma.current"},
    {"misc.max",
     QT_TRANSLATE_NOOP("CgroupText", "How much of rare resources it may have, as keys of encrypted memory."),
     "", ""},
    {"misc.current", QT_TRANSLATE_NOOP("CgroupText", "How much of them it has now."), "", ""},
};

constexpr Described kVersion1[] = {
    {"cpu.shares",
     QT_TRANSLATE_NOOP("CgroupText",
                       "Its share when several cgroups want the same processor: twice the number, twice the "
                       "time. No limit: alone it may have all. 1024 is usual."),
     "", "cpu.weight"},
    {"cpu.cfs_quota_us",
     QT_TRANSLATE_NOOP("CgroupText", "The time that its processes may have in each period; -1 is no limit. "
                                     "Quota divided by period is the number of processors."),
     kMicroseconds, "cpu.max"},
    {"cpu.cfs_period_us",
     QT_TRANSLATE_NOOP("CgroupText", "How long a period of the quota lasts: 100000 is a tenth of a second."),
     kMicroseconds, "cpu.max"},
    {"cpu.cfs_burst_us",
     QT_TRANSLATE_NOOP("CgroupText", "How much unused time it may save up for a later period."),
     kMicroseconds, "cpu.max.burst"},
    {"cpu.rt_runtime_us",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The time that its real-time processes may have in each of their periods."),
     kMicroseconds, ""},
    {"cpu.rt_period_us", QT_TRANSLATE_NOOP("CgroupText", "How long such a period lasts."), kMicroseconds, ""},
    {"cpu.idle", QT_TRANSLATE_NOOP("CgroupText", "1: it runs only when nobody else wants the processor."), "",
     "cpu.idle"},
    {"cpu.stat",
     QT_TRANSLATE_NOOP("CgroupText", "The periods that passed (nr_periods), those in which the limit stopped "
                                     "it (nr_throttled), and for how long (throttled_time)."),
     kNanoseconds, "cpu.stat"},
    {"cpuacct.usage", QT_TRANSLATE_NOOP("CgroupText", "The processor time that it has used so far."),
     kNanoseconds, "cpu.stat (usage_usec)"},
    {"cpuacct.usage_percpu", QT_TRANSLATE_NOOP("CgroupText", "The same of each processor."), kNanoseconds,
     ""},
    {"cpuacct.stat",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The same, its own work and the kernel's for it apart, in hundredths of a second."),
     "", "cpu.stat (user_usec, system_usec)"},
    {"cpuset.cpus", QT_TRANSLATE_NOOP("CgroupText", "The processors that its processes may run on."), "",
     "cpuset.cpus"},
    {"cpuset.mems",
     QT_TRANSLATE_NOOP("CgroupText", "The memory nodes (banks of memory near a processor) that it may use."),
     "", "cpuset.mems"},
    {"cpuset.effective_cpus",
     QT_TRANSLATE_NOOP("CgroupText", "The processors that it may really use, after all the cgroups above."),
     "", "cpuset.cpus.effective"},
    {"cpuset.effective_mems",
     QT_TRANSLATE_NOOP("CgroupText", "The memory nodes that it may really use, after all the cgroups above."),
     "", "cpuset.mems.effective"},
    {"cpuset.cpu_exclusive",
     QT_TRANSLATE_NOOP("CgroupText", "1: no other cgroup beside it may use its processors."), "",
     "cpuset.cpus.partition"},
    {"memory.limit_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The limit of memory. At it the kernel takes back caches; when that is not enough, it "
                       "ends a process (out of memory, OOM). 9223372036854771712 is no limit."),
     kBytes, "memory.max"},
    {"memory.soft_limit_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "When the machine is short of memory, what it has above this is taken "
                                     "back first (the reservation)."),
     kBytes, "memory.low"},
    {"memory.memsw.limit_in_bytes", QT_TRANSLATE_NOOP("CgroupText", "The limit of memory and swap together."),
     kBytes, "memory.swap.max"},
    {"memory.kmem.limit_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText",
                       "The limit of what the kernel keeps for it. Out of use: it counts with the memory."),
     kBytes, ""},
    {"memory.kmem.tcp.limit_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "The limit of the memory of its TCP connections."), kBytes, ""},
    {"memory.swappiness",
     QT_TRANSLATE_NOOP("CgroupText", "How readily its memory is put out to the disk: 0 hardly, 60 is usual."),
     "", ""},
    {"memory.use_hierarchy",
     QT_TRANSLATE_NOOP("CgroupText",
                       "1: what the cgroups below have counts with it. In version 2 that is always so."),
     "", ""},
    {"memory.oom_control",
     QT_TRANSLATE_NOOP("CgroupText",
                       "What happens when memory runs out (oom_kill_disable 0: a process is ended), whether "
                       "that is so now (under_oom), and how often a process was ended (oom_kill)."),
     "", "memory.events (oom_kill)"},
    {"memory.usage_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "The memory that it has now: of its processes, of files kept for them "
                                     "(page cache) and of the kernel for them."),
     kBytes, "memory.current"},
    {"memory.max_usage_in_bytes", QT_TRANSLATE_NOOP("CgroupText", "The most memory that it ever had."),
     kBytes, "memory.peak"},
    {"memory.failcnt",
     QT_TRANSLATE_NOOP("CgroupText",
                       "How often it ran against the limit. Each time the kernel tried to take memory back."),
     kTimes, "memory.events (max)"},
    {"memory.memsw.usage_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "Memory and swap that it has now, together."), kBytes,
     "memory.swap.current"},
    {"memory.memsw.max_usage_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "The most memory and swap that it ever had."), kBytes,
     "memory.swap.peak"},
    {"memory.memsw.failcnt",
     QT_TRANSLATE_NOOP("CgroupText", "How often it ran against the limit of memory and swap."), kTimes,
     "memory.swap.events"},
    {"memory.kmem.usage_in_bytes", QT_TRANSLATE_NOOP("CgroupText", "What the kernel keeps for it now."),
     kBytes, "memory.stat (kernel)"},
    {"memory.kmem.tcp.usage_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "The memory of its TCP connections now."), kBytes, "memory.stat (sock)"},
    {"memory.stat",
     QT_TRANSLATE_NOOP("CgroupText", "What its memory is made of: rss (memory of processes), cache (page "
                                     "cache); total_…: with the cgroups below."),
     kBytes, "memory.stat"},
    {"blkio.weight",
     QT_TRANSLATE_NOOP("CgroupText", "Its share of a disk that several cgroups want: 10 to 1000."), "",
     "io.weight"},
    {"blkio.weight_device", QT_TRANSLATE_NOOP("CgroupText", "The same for one disk."), "", "io.weight"},
    {"blkio.bfq.weight", QT_TRANSLATE_NOOP("CgroupText", "The same for the scheduler bfq."), "",
     "io.bfq.weight"},
    {"blkio.throttle.read_bps_device",
     QT_TRANSLATE_NOOP("CgroupText", "The limit of what it reads of a disk. Empty: none."), kRate,
     "io.max (rbps)"},
    {"blkio.throttle.write_bps_device",
     QT_TRANSLATE_NOOP("CgroupText", "The limit of what it writes to a disk. Empty: none. It holds for "
                                     "writing that waits for the disk (O_DIRECT) alone."),
     kRate, "io.max (wbps)"},
    {"blkio.throttle.read_iops_device",
     QT_TRANSLATE_NOOP("CgroupText", "The limit of its reading of a disk, in operations. Empty: none."),
     kOperations, "io.max (riops)"},
    {"blkio.throttle.write_iops_device",
     QT_TRANSLATE_NOOP("CgroupText", "The limit of its writing to a disk, in operations. Empty: none."),
     kOperations, "io.max (wiops)"},
    {"blkio.throttle.io_service_bytes",
     QT_TRANSLATE_NOOP("CgroupText",
                       "What it has read and written of each disk so far, without the cgroups below."),
     kBytes, "io.stat"},
    {"blkio.throttle.io_service_bytes_recursive",
     QT_TRANSLATE_NOOP("CgroupText",
                       "What it has read and written of each disk so far, with the cgroups below."),
     kBytes, "io.stat (rbytes, wbytes)"},
    {"blkio.throttle.io_serviced",
     QT_TRANSLATE_NOOP("CgroupText", "How many operations that took, without the cgroups below."), "",
     "io.stat"},
    {"blkio.throttle.io_serviced_recursive",
     QT_TRANSLATE_NOOP("CgroupText", "How many operations that took, with the cgroups below."), "",
     "io.stat (rios, wios)"},
    {"pids.max",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "How many processes and threads there may be in it. At the limit fork() fails: nothing is ended."),
     kProcesses, "pids.max"},
    {"pids.current", QT_TRANSLATE_NOOP("CgroupText", "How many processes and threads it has now."),
     kProcesses, "pids.current"},
    {"pids.events", QT_TRANSLATE_NOOP("CgroupText", "How often a fork failed at the limit (max)."), kTimes,
     "pids.events"},
    {"freezer.state",
     QT_TRANSLATE_NOOP("CgroupText", "FROZEN: all its processes stand still. Pausing a container writes it."),
     "", "cgroup.freeze"},
    {"freezer.self_freezing", QT_TRANSLATE_NOOP("CgroupText", "1: it was frozen itself."), "",
     "cgroup.freeze"},
    {"freezer.parent_freezing", QT_TRANSLATE_NOOP("CgroupText", "1: one above it was frozen."), "",
     "cgroup.events (frozen)"},
    {"devices.list",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "The devices that its processes may open: kind, number, and r (read), w (write), m (make one). In "
         "version 2 a small program in the kernel (BPF) decides instead of a file."),
     "", ""},
    {"hugetlb.2MB.limit_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText",
                       "How much of the memory in huge pages (2 MiB instead of 4 KiB) it may have."),
     kBytes, "hugetlb.2MB.max"},
    {"hugetlb.2MB.usage_in_bytes",
     QT_TRANSLATE_NOOP("CgroupText", "How much memory in huge pages it has now."), kBytes,
     "hugetlb.2MB.current"},
    {"net_cls.classid",
     QT_TRANSLATE_NOOP("CgroupText", "A number on its packets that rules of the network can ask for."), "",
     ""},
    {"net_prio.ifpriomap",
     QT_TRANSLATE_NOOP("CgroupText", "How urgent its packets are on each network card."), "", ""},
    {"rdma.max",
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "How much of the network cards that write into memory by themselves (RDMA) it may have."),
     "", "rdma.max"},
    {"rdma.current", QT_TRANSLATE_NOOP("CgroupText", "How much of them it has now."), "", "rdma.current"},
};

// Below Documentation/ of the kernel's source.
QString documentOf(const QString& controller, int version) {
    if (version == 2)
        return QStringLiteral("admin-guide/cgroup-v2.rst");
    static const std::pair<const char*, const char*> kDocuments[] = {
        {"cpu", "scheduler/sched-bwc.rst"},
        {"cpuacct", "admin-guide/cgroup-v1/cpuacct.rst"},
        {"cpuset", "admin-guide/cgroup-v1/cpusets.rst"},
        {"memory", "admin-guide/cgroup-v1/memory.rst"},
        {"blkio", "admin-guide/cgroup-v1/blkio-controller.rst"},
        {"pids", "admin-guide/cgroup-v1/pids.rst"},
        {"freezer", "admin-guide/cgroup-v1/freezer-subsystem.rst"},
        {"devices", "admin-guide/cgroup-v1/devices.rst"},
        {"hugetlb", "admin-guide/cgroup-v1/hugetlb.rst"},
        {"net_cls", "admin-guide/cgroup-v1/net_cls.rst"},
        {"net_prio", "admin-guide/cgroup-v1/net_prio.rst"},
        {"rdma", "admin-guide/cgroup-v1/rdma.rst"}};
    for (const auto& [name, document] : kDocuments) {
        if (controller == QLatin1String(name))
            return QString::fromLatin1(document);
    }
    return QStringLiteral("admin-guide/cgroup-v1/cgroups.rst");
}

struct ControllerWords {
    const char* controller;
    const char* title;
    const char* text;
};

constexpr ControllerWords kControllers[] = {
    {"cpu", QT_TRANSLATE_NOOP("CgroupText", "Processor"),
     QT_TRANSLATE_NOOP("CgroupText",
                       "Time is dealt out in periods, of a tenth of a second as a rule. When the quota of a "
                       "period is used up, every process of the cgroup stands still until the next period "
                       "begins: it is throttled. Nothing is ended; everything takes longer. Shares (weight) "
                       "are something else: they only count while others want the same processor.")},
    {"cpuacct", QT_TRANSLATE_NOOP("CgroupText", "Processor time"),
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "Counts the processor time that is used, and limits nothing. Version 2 has it in cpu.stat.")},
    {"cpuset", QT_TRANSLATE_NOOP("CgroupText", "Which processors"),
     QT_TRANSLATE_NOOP("CgroupText",
                       "Says on which processors, and with memory of which nodes, the processes may run.")},
    {"memory", QT_TRANSLATE_NOOP("CgroupText", "Memory"),
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "Every page of memory is charged to the cgroup that asked for it first: memory of processes, copies "
         "of files (page cache), and what the kernel keeps for them. At the limit the kernel takes back what "
         "it can have again (reclaim): page cache first. When that is not enough, it ends the process that "
         "has most (OOM killer); the others live on.")},
    {"pids", QT_TRANSLATE_NOOP("CgroupText", "Processes"),
     QT_TRANSLATE_NOOP(
         "CgroupText",
         "Counts processes and threads. At the limit no further one can be started: fork() fails with EAGAIN "
         "(\"Resource temporarily unavailable\"). It stops fork bombs: processes that only start others.")},
    {"io", QT_TRANSLATE_NOOP("CgroupText", "Disk"),
     QT_TRANSLATE_NOOP("CgroupText",
                       "What is read and written of each disk, which is named by its two numbers (lsblk "
                       "shows them). At a limit the next operation has to wait: nothing is ended or lost.")},
    {"blkio", QT_TRANSLATE_NOOP("CgroupText", "Disk"),
     QT_TRANSLATE_NOOP("CgroupText",
                       "What is read and written of each disk, which is named by its two numbers (lsblk "
                       "shows them). At a limit the next operation has to wait: nothing is ended or lost.")},
    {"freezer", QT_TRANSLATE_NOOP("CgroupText", "Standing still"),
     QT_TRANSLATE_NOOP("CgroupText", "Halts all processes of a cgroup at once, and lets them go on. That is "
                                     "what pausing a container does.")},
    {"devices", QT_TRANSLATE_NOOP("CgroupText", "Devices"),
     QT_TRANSLATE_NOOP("CgroupText", "Says which devices may be opened, even by root in the container.")},
    {"hugetlb", QT_TRANSLATE_NOOP("CgroupText", "Huge pages"),
     QT_TRANSLATE_NOOP("CgroupText", "Limits memory in huge pages, which databases ask for.")},
    {"cgroup", QT_TRANSLATE_NOOP("CgroupText", "The cgroup itself"),
     QT_TRANSLATE_NOOP("CgroupText", "Files that every cgroup of version 2 has, whatever its controllers.")},
};

} // namespace

CgroupFileText cgroupFileText(const QString& controller, const QString& file, int version) {
    const auto in = [&](const auto& described) -> CgroupFileText {
        const auto found =
            std::find_if(std::begin(described), std::end(described),
                         [&](const Described& one) { return file == QLatin1String(one.file); });
        CgroupFileText text;
        if (found != std::end(described))
            text = {
                translated(found->meaning), translated(found->unit), QString::fromLatin1(found->twin), {}};
        text.document = documentOf(controller, version);
        return text;
    };
    return version == 1 ? in(kVersion1) : in(kVersion2);
}

QStringList describedCgroupFiles() {
    QStringList files;
    for (const Described& one : kVersion1)
        files.append(QString::fromLatin1(one.file));
    for (const Described& one : kVersion2)
        files.append(QString::fromLatin1(one.file));
    return files;
}

QString controllerTitle(const QString& controller) {
    for (const ControllerWords& one : kControllers) {
        if (controller == QLatin1String(one.controller))
            return translated(one.title);
    }
    return controller;
}

QString controllerText(const QString& controller) {
    for (const ControllerWords& one : kControllers) {
        if (controller == QLatin1String(one.controller))
            return translated(one.text);
    }
    return {};
}

QString cgroupText() {
    return translated(QT_TRANSLATE_NOOP(
        "CgroupText",
        "A control group (cgroup) is a set of processes that the kernel counts and limits together. It is a "
        "folder: to make one is mkdir, to put a process into it is to write its number into cgroup.procs, "
        "and "
        "to set a limit is to write a number into a file."));
}

} // namespace escale::gui
