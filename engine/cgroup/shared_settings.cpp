#include "engine/cgroup/shared_settings.h"

namespace escale {
namespace {

void add(std::vector<CgroupSetting>& all, const char* controller, const char* file, std::string value) {
    all.push_back({controller, file, std::move(value), {}, {}, false});
}

} // namespace

void addIdleAndCpuset(const CgroupLimits& limits, std::vector<CgroupSetting>& all) {
    if (limits.cpuIdle)
        add(all, "cpu", "cpu.idle", std::to_string(*limits.cpuIdle));
    if (limits.cpus)
        add(all, "cpuset", "cpuset.cpus", *limits.cpus);
    if (limits.memoryNodes)
        add(all, "cpuset", "cpuset.mems", *limits.memoryNodes);
}

void addRdma(const CgroupLimits& limits, std::vector<CgroupSetting>& all) {
    for (const auto& one : limits.rdma) {
        std::string line = one.device;
        if (one.hcaHandles)
            line += " hca_handle=" + std::to_string(*one.hcaHandles);
        if (one.hcaObjects)
            line += " hca_object=" + std::to_string(*one.hcaObjects);
        add(all, "rdma", "rdma.max", std::move(line));
    }
}

} // namespace escale
