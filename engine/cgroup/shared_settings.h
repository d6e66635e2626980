// Limits whose files are the same in both cgroup versions. For limits_v1.cpp and limits_v2.cpp only.
#pragma once

#include "engine/cgroup/limits.h"

#include <string>
#include <vector>

namespace escale {

/// cpu.idle, cpuset.cpus and cpuset.mems.
void addIdleAndCpuset(const CgroupLimits& limits, std::vector<CgroupSetting>& all);
/// One rdma.max a device.
void addRdma(const CgroupLimits& limits, std::vector<CgroupSetting>& all);
/// "8:0 ", as lines about a block device begin.
template <class Device>
std::string blockDevicePrefix(const Device& device) {
    return std::to_string(device.major) + ":" + std::to_string(device.minor) + " ";
}

} // namespace escale
