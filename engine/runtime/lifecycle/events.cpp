#include "engine/runtime/lifecycle/events.h"

#include "engine/cgroup/metrics.h"
#include "engine/runtime/lifecycle/found_container.h"

#include <cerrno>
#include <poll.h>

namespace escale {
namespace {

Json statisticsOf(const CgroupMetrics& metrics) {
    Json usage;
    usage.set("total", metrics.cpuNanoseconds);
    Json cpu;
    cpu.set("usage", std::move(usage));
    Json bytes;
    bytes.set("usage", metrics.memoryBytes).set("limit", metrics.memoryLimit);
    bytes.set("failcnt", metrics.oomKills);
    Json memory;
    memory.set("usage", std::move(bytes));
    Json pids;
    pids.set("current", metrics.pids).set("limit", metrics.pidsLimit);
    Json read;
    read.set("op", "Read").set("value", metrics.ioReadBytes);
    Json written;
    written.set("op", "Write").set("value", metrics.ioWrittenBytes);
    Json block;
    block.set("ioServiceBytesRecursive", Json(Json::Array{std::move(read), std::move(written)}));
    Json all;
    all.set("cpu", std::move(cpu));
    all.set("memory", std::move(memory));
    all.set("pids", std::move(pids));
    all.set("blkio", std::move(block));
    return all;
}

Json event(const char* type, const std::string& id) {
    Json json;
    json.set("type", type).set("id", id);
    return json;
}

} // namespace

Result<Json> containerStatistics(const std::string& root, const std::string& id) {
    TRY_ASSIGN(const auto found, findContainer(root, id));
    if (!found.isAlive())
        return fail(wrongState(found, "running"));
    TRY_ASSIGN(const auto metrics, readCgroupMetrics(found.state.cgroupPath));
    auto json = event("stats", id);
    json.set("data", statisticsOf(metrics));
    return json;
}

Result<void> watchContainer(const std::string& root, const std::string& id,
                            std::chrono::milliseconds interval,
                            const std::function<Result<void>(const Json&)>& tell) {
    TRY_ASSIGN(const auto found, findContainer(root, id));
    TRY_ASSIGN(const auto ended, openFirstProcess(found));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    TRY_ASSIGN(auto kills, cgroup.oomKills());
    for (;;) {
        const auto now = cgroup.oomKills();
        if (now && *now > kills) {
            kills = *now;
            TRY(tell(event("oom", id)));
        }
        if (const auto statistics = containerStatistics(root, id))
            TRY(tell(*statistics));
        pollfd end{ended.get(), POLLIN, 0};
        const int result = ::poll(&end, 1, static_cast<int>(interval.count()));
        if (result < 0 && errno != EINTR)
            return failErrno("cannot wait for the container");
        if (result > 0)
            break;
    }
    // The last moment may have been the one that mattered.
    const auto last = cgroup.oomKills();
    return last && *last > kills ? tell(event("oom", id)) : Result<void>();
}

} // namespace escale
