// Limits of a cgroup, runtime-spec config-linux.md#control-groups; and which file says each in either
// version.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace escale {

/// One rule of linux.resources.devices; -1 for any number.
struct CgroupDeviceRule {
    bool allow = false;
    char type = 'a'; // a, c, b
    std::int64_t major = -1;
    std::int64_t minor = -1;
    std::string access = "rwm";
};

struct BlockDeviceWeight {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::optional<std::uint16_t> weight;
    std::optional<std::uint16_t> leafWeight;
};

struct BlockDeviceRate {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint64_t rate = 0; // bytes or operations a second
};

struct BlockLimits {
    std::optional<std::uint16_t> weight; // v1's scale: 10…1000
    std::optional<std::uint16_t> leafWeight;
    std::vector<BlockDeviceWeight> weightDevice;
    std::vector<BlockDeviceRate> readBps;
    std::vector<BlockDeviceRate> writeBps;
    std::vector<BlockDeviceRate> readIops;
    std::vector<BlockDeviceRate> writeIops;
};

struct RdmaLimit {
    std::string device;
    std::optional<std::uint32_t> hcaHandles;
    std::optional<std::uint32_t> hcaObjects;
};

/// What is not set stays as the kernel has it. -1 means "no limit" where the spec says so; 0 in memory, swap
/// and cpu counts as not set, as runc and Docker mean it.
struct CgroupLimits {
    std::optional<std::int64_t> memory;            // bytes
    std::optional<std::int64_t> memorySwap;        // bytes, memory and swap together
    std::optional<std::int64_t> memoryReservation; // bytes, soft
    std::optional<std::int64_t> kernelMemory;      // bytes; v1, and no kernel since 5.16
    std::optional<std::int64_t> kernelMemoryTcp;   // bytes; v1
    std::optional<std::uint64_t> swappiness;       // 0…100; v1
    bool disableOomKiller = false;                 // v1
    bool checkBeforeUpdate = false;         // refuse a memory limit below what is used, instead of a kill
    std::optional<std::uint64_t> cpuShares; // v1's scale: 2…262144, 1024 is the default
    std::optional<std::int64_t> cpuQuota;   // microseconds of cpu time a period
    std::optional<std::uint64_t> cpuPeriod; // microseconds
    std::optional<std::uint64_t> cpuBurst;  // microseconds that may be saved up
    std::optional<std::int64_t> realtimeRuntime; // microseconds a realtime period; v1
    std::optional<std::uint64_t> realtimePeriod;
    std::optional<std::int64_t> cpuIdle; // 1: runs when nobody else wants to
    std::optional<std::string> cpus;     // "0-3,7"
    std::optional<std::string> memoryNodes;
    BlockLimits block;
    std::vector<std::pair<std::string, std::uint64_t>> hugepages; // "2MB" and bytes
    std::optional<std::uint32_t> networkClass;                    // v1
    std::vector<std::pair<std::string, std::uint32_t>> networkPriorities;
    std::vector<RdmaLimit> rdma;
    std::optional<std::int64_t> pids;
    std::vector<CgroupDeviceRule> devices;                    // in order, later ones win
    std::vector<std::pair<std::string, std::string>> unified; // file name and content; v2 only
};

/// One write into one file of the cgroup.
struct CgroupSetting {
    std::string controller; // empty: any file of the v2 hierarchy
    std::string file;
    std::string value;
    std::string otherFile;   // used where `file` is not there: another I/O scheduler's
    std::string otherValue;  // empty: the same value
    bool isOptional = false; // the kernel may lack it: nothing is lost
};

/// All limits but the devices, in the order in which they are written to a cgroup without any. Pure.
/// Unsupported for what the version has no word for, InvalidArgument for values that contradict each other.
Result<std::vector<CgroupSetting>> settingsV1(const CgroupLimits& limits);
Result<std::vector<CgroupSetting>> settingsV2(const CgroupLimits& limits);

/// v1's shares on v2's scale of 1…10000 (the conversion runc and crun share).
std::uint64_t cpuWeightFromShares(std::uint64_t shares);
/// v1's 10…1000 on v2's 1…10000.
std::uint64_t ioWeightFromBlkio(std::uint64_t weight);
/// Device nodes that must work in every container, added behind the rules (config-linux.md#default-devices).
void allowDefaultDevices(std::vector<CgroupDeviceRule>& rules);

} // namespace escale
