#include "engine/base/user_namespace.h"
#include "engine/container/oci_config.h"
#include "engine/container/option_forms.h"
#include "engine/container/seccomp_profile.h"

#include <cmath>

namespace escale {

Json makeCpuLimits(const ContainerOptions& o) {
    constexpr std::int64_t kCpuPeriod = 100'000; // microseconds; Docker's
    Json cpu = Json::Object();
    if (o.cpus > 0) {
        const auto quota = static_cast<std::int64_t>(std::llround(o.cpus * static_cast<double>(kCpuPeriod)));
        cpu.set("quota", quota).set("period", kCpuPeriod);
    }
    if (o.cpuQuota != 0)
        cpu.set("quota", o.cpuQuota);
    if (o.cpuPeriod != 0)
        cpu.set("period", o.cpuPeriod);
    if (o.cpuShares != 0)
        cpu.set("shares", o.cpuShares);
    if (!o.cpusetCpus.empty())
        cpu.set("cpus", o.cpusetCpus);
    if (!o.cpusetMems.empty())
        cpu.set("mems", o.cpusetMems);
    return cpu;
}

namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t(1) << 61; // twice that is still a signed number

Json makeNamespaces(const OciInput& input) {
    const ContainerOptions& o = input.options;
    Json namespaces = Json::Array();
    const auto add = [&namespaces](const char* type, const std::string& path = {}) {
        Json one = Json::Object{{"type", type}};
        if (!path.empty())
            one.set("path", path);
        namespaces.append(std::move(one));
    };
    if (o.pid != "host")
        add("pid", input.joined.pid);
    // "network" for the network "none", too: a namespace with nothing but its loopback.
    if (o.network != "host")
        add("network", input.joined.network);
    if (o.ipc != "host")
        add("ipc", input.joined.ipc);
    if (o.uts != "host")
        add("uts");
    add("mount");
    if (o.cgroupns != "host")
        add("cgroup");
    if (!sharesUserIds(o))
        add("user", input.joined.user);
    return namespaces;
}

Json makeMemory(const ContainerOptions& o) {
    Json memory = Json::Object();
    if (o.memoryBytes > 0) {
        memory.set("limit", o.memoryBytes);
        // As much swap again, as Docker; a machine that does not count swap leaves it out.
        const auto swap = o.memorySwap != 0
                              ? o.memorySwap
                              : static_cast<std::int64_t>(std::min(o.memoryBytes, kMostMemory) * 2);
        memory.set("swap", swap);
    }
    if (o.memoryReservation > 0)
        memory.set("reservation", o.memoryReservation);
    if (o.memorySwappiness >= 0)
        memory.set("swappiness", o.memorySwappiness);
    if (o.oomKillDisable)
        memory.set("disableOOMKiller", true);
    return memory;
}

Result<Json> makeBlock(const OciInput& input) {
    const ContainerOptions& o = input.options;
    Json block = Json::Object();
    if (o.blkioWeight != 0)
        block.set("weight", unsigned(o.blkioWeight));
    const std::pair<const char*, const Texts*> lists[] = {{"weightDevice", &o.blkioWeightDevice},
                                                          {"throttleReadBpsDevice", &o.deviceReadBps},
                                                          {"throttleWriteBpsDevice", &o.deviceWriteBps},
                                                          {"throttleReadIOPSDevice", &o.deviceReadIops},
                                                          {"throttleWriteIOPSDevice", &o.deviceWriteIops}};
    for (const auto& [key, texts] : lists) {
        for (const auto& text : *texts) {
            TRY_ASSIGN(const auto limit, parseDeviceNumber(text));
            const HostDevice device = input.devices.at(limit.path);
            Json entry =
                Json::Object{{"major", std::int64_t(device.major)}, {"minor", std::int64_t(device.minor)}};
            entry.set(texts == &o.blkioWeightDevice ? "weight" : "rate", limit.value);
            Json list = block.at(key);
            block.set(key, std::move(list.append(std::move(entry))));
        }
    }
    return block;
}

Json deviceRule(const HostDevice& device, const std::string& access) {
    return Json::Object{{"allow", true},
                        {"type", std::string(1, device.type)},
                        {"major", std::int64_t(device.major)},
                        {"minor", std::int64_t(device.minor)},
                        {"access", access}};
}

// In a user namespace no device can be made, and the root file system shows none: rules are for those that
// are handed in, and for containers whose root is this machine's.
Result<Json> makeDeviceRules(const OciInput& input) {
    const ContainerOptions& o = input.options;
    Json rules;
    if (o.privileged) {
        rules.append(Json::Object{{"allow", true}, {"access", "rwm"}});
        return rules;
    }
    if (!sharesUserIds(o) && o.devices.empty() && o.deviceCgroupRules.empty())
        return rules;
    rules.append(Json::Object{{"allow", false}, {"access", "rwm"}});
    for (const auto& text : o.devices) {
        TRY_ASSIGN(const auto device, parseDevice(text));
        rules.append(deviceRule(input.devices.at(device.hostPath), device.access));
    }
    for (const auto& text : o.deviceCgroupRules) {
        TRY_ASSIGN(auto rule, parseDeviceRule(text));
        rules.append(std::move(rule));
    }
    return rules;
}

Result<Json> makeDevices(const OciInput& input) {
    Json devices;
    if (!sharesUserIds(input.options)) // they are mounts (oci_mounts.cpp)
        return devices;
    for (const auto& text : input.options.devices) {
        TRY_ASSIGN(const auto option, parseDevice(text));
        const HostDevice device = input.devices.at(option.hostPath);
        devices.append(Json::Object{{"path", option.path},
                                    {"type", std::string(1, device.type)},
                                    {"major", std::int64_t(device.major)},
                                    {"minor", std::int64_t(device.minor)},
                                    {"fileMode", std::int64_t(device.mode)},
                                    {"uid", 0},
                                    {"gid", 0}});
    }
    return devices;
}

Result<Json> makeResources(const OciInput& input) {
    const ContainerOptions& o = input.options;
    Json resources = Json::Object();
    const auto add = [&resources](const char* key, Json part) {
        if (!part.members().empty() || !part.items().empty())
            resources.set(key, std::move(part));
    };
    add("memory", makeMemory(o));
    add("cpu", makeCpuLimits(o));
    if (o.pidsLimit > 0)
        add("pids", Json::Object{{"limit", o.pidsLimit}});
    TRY_ASSIGN(auto block, makeBlock(input));
    add("blockIO", std::move(block));
    TRY_ASSIGN(auto rules, makeDeviceRules(input));
    add("devices", std::move(rules));
    return resources;
}

Json makeSysctl(const OciInput& input) {
    Json sysctl = Json::Object();
    // As Docker: any process may listen on port 80 and ping, in its own network namespace only.
    if (input.options.network != "host" && input.joined.network.empty())
        sysctl.set("net.ipv4.ip_unprivileged_port_start", "0")
            .set("net.ipv4.ping_group_range", sharesUserIds(input.options) ? "0 2147483647" : "0 65535");
    for (const auto& [name, value] : input.options.sysctls)
        sysctl.set(name, value);
    return sysctl;
}

} // namespace

Result<Json> makeLinux(const OciInput& input) {
    Json linux = Json::Object{{"namespaces", makeNamespaces(input)}};
    if (!sharesUserIds(input.options) && input.joined.user.empty()) {
        const Json ids =
            Json::Array{Json::Object{{"containerID", 0}, {"hostID", input.idBase}, {"size", kIdRangeSize}}};
        linux.set("uidMappings", ids).set("gidMappings", ids);
    }
    linux.set("cgroupsPath", input.cgroupPath);
    TRY_ASSIGN(auto resources, makeResources(input));
    linux.set("resources", std::move(resources));
    if (Json sysctl = makeSysctl(input); !sysctl.members().empty())
        linux.set("sysctl", std::move(sysctl));
    TRY_ASSIGN(auto devices, makeDevices(input));
    if (!devices.items().empty())
        linux.set("devices", std::move(devices));
    linux.set("rootfsPropagation", "rprivate");
    if (!input.options.privileged && input.options.systemPaths.empty()) {
        linux.set("maskedPaths",
                  Json::strings({"/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore",
                                 "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
                                 "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
                                 "/sys/devices/virtual/powercap"}));
        linux.set("readonlyPaths",
                  Json::strings({"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}));
    }
    const auto& o = input.options;
    TRY_ASSIGN(const auto capabilities, capabilitiesOf(o.capAdd, o.capDrop, o.privileged));
    TRY_ASSIGN(auto seccomp,
               seccompProfile(o.privileged && o.seccomp.empty() ? "unconfined" : o.seccomp, capabilities));
    if (!seccomp.isNull())
        linux.set("seccomp", std::move(seccomp));
    return linux;
}

} // namespace escale
