#include "engine/runtime/lifecycle/events.h"

#include "engine/cgroup/metrics.h"
#include "engine/runtime/lifecycle/found_container.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

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

namespace {

using Clock = std::chrono::steady_clock;

int millisecondsUntil(Clock::time_point time) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(time - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

// v1 tells of memory that has run out before it kills: the counter is looked at a few times more.
constexpr int kLooks = 10;
constexpr std::chrono::milliseconds kBetweenLooks(20);

class Watch {
public:
    Watch(const Cgroup& cgroup, UniqueFd ended, UniqueFd oom, std::uint64_t kills)
        : m_cgroup(cgroup)
        , m_ended(std::move(ended))
        , m_oom(std::move(oom))
        , m_kills(kills) {}

    /// True once for all kills since the last time.
    bool killed() {
        const auto now = m_cgroup.oomKills();
        if (!now || *now <= m_kills)
            return false;
        m_kills = *now;
        m_looks = 0;
        return true;
    }
    /// Returns at `time`, earlier when there may be something to tell; true when the container has ended.
    Result<bool> wait(Clock::time_point time) {
        if (m_looks > 0) {
            --m_looks;
            time = std::min(time, Clock::now() + kBetweenLooks);
        }
        std::array<pollfd, 2> watched{{{m_ended.get(), POLLIN, 0}, {m_oom.get(), POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), millisecondsUntil(time)) < 0 && errno != EINTR)
            return failErrno("cannot wait for the container");
        std::array<char, 4096> ignored{};
        if (watched[1].revents != 0 && ::read(m_oom.get(), ignored.data(), ignored.size()) > 0)
            m_looks = kLooks;
        return watched[0].revents != 0;
    }

private:
    const Cgroup& m_cgroup;
    UniqueFd m_ended;
    UniqueFd m_oom;
    std::uint64_t m_kills;
    int m_looks = 0;
};

} // namespace

Result<void> watchContainer(const std::string& root, const std::string& id,
                            std::chrono::milliseconds interval,
                            const std::function<Result<void>(const Json&)>& tell) {
    TRY_ASSIGN(const auto found, findContainer(root, id));
    TRY_ASSIGN(auto ended, openFirstProcess(found));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    TRY_ASSIGN(auto oom, cgroup.watchOom());
    TRY_ASSIGN(const auto kills, cgroup.oomKills());
    Watch watch(cgroup, std::move(ended), std::move(oom), kills);
    for (auto next = Clock::now();;) {
        if (watch.killed())
            TRY(tell(event("oom", id)));
        if (Clock::now() >= next) {
            next = Clock::now() + interval;
            if (const auto statistics = containerStatistics(root, id))
                TRY(tell(*statistics));
        }
        TRY_ASSIGN(const bool over, watch.wait(next));
        if (over)
            break;
    }
    // The last moment may have been the one that mattered.
    return watch.killed() ? tell(event("oom", id)) : Result<void>();
}

} // namespace escale
