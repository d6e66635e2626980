#include "helper/docker-api/containers/host_config_json.h"

#include "engine/container/option_forms.h"
#include "helper/docker-api/containers/mount_json.h"

#include <cmath>
#include <map>

namespace escale::docker_api {
namespace {

constexpr double kNanoCpus = 1e9;

// What the engine hides and keeps from being written to (engine/container/oci_linux.cpp).
const Texts kMaskedPaths{"/proc/asound",     "/proc/acpi",        "/proc/interrupts",
                         "/proc/kcore",      "/proc/keys",        "/proc/latency_stats",
                         "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug",
                         "/proc/scsi",       "/sys/firmware",     "/sys/devices/virtual/powercap"};
const Texts kReadonlyPaths{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};

Json devicesJson(const Texts& devices) {
    Json list = Json::Array();
    for (const std::string& text : devices) {
        if (const auto device = parseDevice(text))
            list.append(Json()
                            .set("PathOnHost", device->hostPath)
                            .set("PathInContainer", device->path)
                            .set("CgroupPermissions", device->access));
    }
    return list;
}

// "/dev/sda:1048576"
Json deviceNumbersJson(const Texts& texts, const char* unit) {
    Json list = Json::Array();
    for (const std::string& text : texts) {
        if (const auto number = parseDeviceNumber(text))
            list.append(Json().set("Path", number->path).set(unit, number->value));
    }
    return list;
}

Json ulimitsJson(const Texts& ulimits) {
    const auto number = [](std::uint64_t value) { return value == UINT64_MAX ? Json(-1) : Json(value); };
    Json list = Json::Array();
    for (const std::string& text : ulimits) {
        if (const auto ulimit = parseUlimit(text))
            list.append(Json()
                            .set("Name", text.substr(0, text.find('=')))
                            .set("Hard", number(ulimit->hard))
                            .set("Soft", number(ulimit->soft)));
    }
    return list;
}

Json securityJson(const ContainerOptions& o) {
    Texts texts;
    if (o.noNewPrivileges)
        texts.emplace_back("no-new-privileges");
    if (!o.seccomp.empty())
        texts.push_back("seccomp=" + o.seccomp);
    if (!o.apparmor.empty())
        texts.push_back("apparmor=" + o.apparmor);
    if (!o.systemPaths.empty())
        texts.push_back("systempaths=" + o.systemPaths);
    return textsOrNull(texts);
}

// Docker's own rule: without a word, as much swap again as there is memory.
std::int64_t memorySwap(const ContainerOptions& o) {
    return o.memorySwap == 0 ? static_cast<std::int64_t>(2 * o.memoryBytes) : o.memorySwap;
}

void setResources(Json& json, const ContainerOptions& o) {
    json.set("Memory", o.memoryBytes)
        .set("MemoryReservation", o.memoryReservation)
        .set("MemorySwap", memorySwap(o))
        .set("MemorySwappiness", o.memorySwappiness < 0 ? Json() : Json(o.memorySwappiness))
        .set("OomKillDisable", o.oomKillDisable)
        .set("OomScoreAdj", o.oomScoreAdj)
        .set("PidsLimit", o.pidsLimit)
        .set("NanoCpus", static_cast<std::int64_t>(std::llround(o.cpus * kNanoCpus)))
        .set("CpuShares", o.cpuShares)
        .set("CpuPeriod", o.cpuPeriod)
        .set("CpuQuota", o.cpuQuota)
        .set("CpuRealtimePeriod", 0)
        .set("CpuRealtimeRuntime", 0)
        .set("CpusetCpus", o.cpusetCpus)
        .set("CpusetMems", o.cpusetMems)
        .set("CpuCount", 0)
        .set("CpuPercent", 0)
        .set("IOMaximumIOps", 0)
        .set("IOMaximumBandwidth", 0)
        .set("BlkioWeight", unsigned(o.blkioWeight))
        .set("BlkioWeightDevice", deviceNumbersJson(o.blkioWeightDevice, "Weight"))
        .set("BlkioDeviceReadBps", deviceNumbersJson(o.deviceReadBps, "Rate"))
        .set("BlkioDeviceWriteBps", deviceNumbersJson(o.deviceWriteBps, "Rate"))
        .set("BlkioDeviceReadIOps", deviceNumbersJson(o.deviceReadIops, "Rate"))
        .set("BlkioDeviceWriteIOps", deviceNumbersJson(o.deviceWriteIops, "Rate"))
        .set("Devices", devicesJson(o.devices))
        .set("DeviceCgroupRules", textsOrNull(o.deviceCgroupRules))
        .set("DeviceRequests", Json())
        .set("Ulimits", ulimitsJson(o.ulimits))
        .set("ShmSize", o.shmSize)
        .set("CgroupParent", "");
}

void setIsolation(Json& json, const ContainerOptions& o) {
    const bool isMasked = !o.privileged && o.systemPaths != "unconfined";
    json.set("Privileged", o.privileged)
        .set("CapAdd", textsOrNull(o.capAdd))
        .set("CapDrop", textsOrNull(o.capDrop))
        .set("SecurityOpt", securityJson(o))
        .set("ReadonlyRootfs", o.readOnly)
        .set("IpcMode", o.ipc)
        .set("PidMode", o.pid)
        .set("UTSMode", o.uts)
        .set("UsernsMode", o.userns)
        .set("CgroupnsMode", o.cgroupns)
        .set("Cgroup", "")
        .set("Isolation", "")
        .set("Runtime", "escale")
        .set("GroupAdd", textsOrNull(o.groups))
        .set("MaskedPaths", isMasked ? Json::strings(kMaskedPaths) : Json())
        .set("ReadonlyPaths", isMasked ? Json::strings(kReadonlyPaths) : Json());
    if (!o.sysctls.empty())
        json.set("Sysctls", textMapJson(o.sysctls));
    if (!o.annotations.empty())
        json.set("Annotations", textMapJson(o.annotations));
}

void setNetwork(Json& json, const ContainerOptions& o, const std::string& networkMode) {
    json.set("NetworkMode", networkMode)
        .set("PortBindings", portBindingsJson(o.publish))
        .set("PublishAllPorts", false)
        .set("Dns", Json::strings(o.dns))
        .set("DnsOptions", Json::strings(o.dnsOptions))
        .set("DnsSearch", Json::strings(o.dnsSearch))
        .set("ExtraHosts", textsOrNull(o.extraHosts))
        .set("Links", Json());
}

void setFiles(Json& json, const ContainerOptions& o, const std::vector<MountSpec>& mounts) {
    json.set("Binds", bindsJson(mounts))
        .set("VolumeDriver", "")
        .set("VolumesFrom", textsOrNull(o.volumesFrom));
    if (Json list = mountsJson(mounts); !list.isNull())
        json.set("Mounts", std::move(list));
    if (!o.tmpfs.empty())
        json.set("Tmpfs", textMapJson(o.tmpfs));
}

} // namespace

Json textsOrNull(const Texts& texts) {
    return texts.empty() ? Json() : Json::strings(texts);
}

Json textMapJson(const TextMap& texts) {
    Json json = Json::Object();
    for (const auto& [name, value] : texts)
        json.set(name, value);
    return json;
}

Json restartPolicyJson(const ContainerOptions& options) {
    return Json().set("Name", options.restart).set("MaximumRetryCount", options.restartMaximum);
}

Json portBindingsJson(const Texts& publish) {
    std::map<std::string, Json> lists;
    for (const std::string& text : publish) {
        const auto ports = parsePublish(text);
        if (!ports)
            continue;
        for (const PortRequest& port : *ports)
            lists[std::to_string(port.port) + "/" + port.protocol].append(
                Json()
                    .set("HostIp", port.hostAddress)
                    .set("HostPort", port.hostPort == 0 ? std::string() : std::to_string(port.hostPort)));
    }
    Json map = Json::Object();
    for (auto& [name, list] : lists)
        map.set(name, std::move(list));
    return map;
}

Json hostConfigJson(const ContainerOptions& options, const std::string& networkMode,
                    const std::vector<MountSpec>& mounts) {
    Json json;
    setFiles(json, options, mounts);
    setNetwork(json, options, networkMode);
    json.set("RestartPolicy", restartPolicyJson(options))
        .set("AutoRemove", options.removeWhenStopped)
        .set("ContainerIDFile", "")
        .set("ConsoleSize", Json().append(0).append(0))
        .set("LogConfig",
             Json().set("Type", options.logDriver).set("Config", textMapJson(options.logOptions)));
    if (options.init)
        json.set("Init", true);
    setIsolation(json, options);
    setResources(json, options);
    return json;
}

} // namespace escale::docker_api
