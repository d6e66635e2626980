// How a container lives, what it shares, and what of HostConfig cannot be had.
#include "helper/docker-api/containers/create_request_parts.h"

#include <algorithm>
#include <array>

namespace escale::docker_api {
namespace {

// Of Windows; the clients send their empty values to everybody.
constexpr std::array kOfWindows{"CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth"};

// In a network of the user's they mean nothing, with dockerd either: docker-compose 1.29 sends them there.
Result<void> refuseLinks(const Fields& host) {
    std::string network;
    TRY(host.read("NetworkMode", network));
    static constexpr std::array<std::string_view, 5> kPredefined{"", "default", "bridge", "host", "none"};
    const bool isOwn = std::find(kPredefined.begin(), kPredefined.end(), network) == kPredefined.end() &&
                       !network.starts_with("container:");
    if (isOwn)
        return {};
    return refuseUnlessEmpty(
        host, "Links", "links are Docker's way of before its networks",
        "Put both containers into a network of your own: they find each other by name there.");
}

Result<void> refuseWhatIsNot(const Fields& host) {
    for (const char* name : kOfWindows)
        TRY(refuseUnlessEmpty(host, name, "it is an option of Windows"));
    for (const char* name : {"CpuRealtimePeriod", "CpuRealtimeRuntime"})
        TRY(refuseUnlessEmpty(host, name, "real-time scheduling of whole groups exists with cgroup v1 only",
                              "Use CpuShares, or Ulimits with rtprio."));
    for (const char* name : {"KernelMemory", "KernelMemoryTCP"})
        TRY(refuseUnlessEmpty(host, name, "the kernel has no such limit any more",
                              "Memory counts the kernel's share, too."));
    TRY(refuseLinks(host));
    TRY(refuseUnlessEmpty(host, "DeviceRequests",
                          "no driver hands out GPUs or devices of the Container Device Interface here",
                          "Name the device files with Devices."));
    TRY(refuseUnlessEmpty(host, "StorageOpt",
                          "containers share one file system, and none has a size of its own"));
    TRY(refuseUnlessEmpty(host, "CgroupParent", "Escale keeps every container in a group of its owner's"));
    TRY(refuseUnlessEmpty(host, "Cgroup", "a container has a group of its own"));
    return {};
}

Result<void> readRuntime(const Fields& host) {
    std::string runtime, isolation;
    TRY(host.read("Runtime", runtime));
    TRY(host.read("Isolation", isolation));
    static constexpr std::array<std::string_view, 4> kOurs{"", "runc", "io.containerd.runc.v2", "escale"};
    if (std::find(kOurs.begin(), kOurs.end(), runtime) == kOurs.end())
        return fail(ErrorCode::InvalidArgument, "unknown or invalid runtime name: " + runtime,
                    "Escale has one runtime, its own; leave Runtime out.");
    if (!isolation.empty() && isolation != "default")
        return fail(ErrorCode::InvalidArgument,
                    "invalid isolation \"" + isolation + "\": on Linux there is \"default\" only");
    return {};
}

Result<void> readLog(const Fields& host, CreateRequest& request) {
    TRY_ASSIGN(const Fields log, host.object("LogConfig"));
    std::string driver;
    TextMap options;
    TRY(log.read("Type", driver));
    TRY(log.read("Config", options));
    if (const auto mode = options.find("mode"); mode != options.end() && mode->second == "blocking")
        options.erase(mode); // as it always is
    if (driver == "local") {
        // The same to whoever reads it; what Docker keeps of such a log is kept of this one.
        for (const auto& [name, value] :
             {std::pair("max-size", "20m"), {"max-file", "5"}, {"compress", "true"}})
            options.try_emplace(name, value);
        request.warnings.emplace_back(
            "The log driver local is not there: the log is kept as json-file keeps it, with its limits.");
        driver = "json-file";
    }
    if (!driver.empty() && driver != "json-file" && driver != "none")
        return refused("the log driver \"" + driver + "\"",
                       "logs stay on this machine, where their owner reads them",
                       "The drivers are json-file, local and none.");
    if (!driver.empty())
        request.options.logDriver = driver;
    request.options.logOptions = std::move(options);
    return {};
}

Result<void> readNamespaces(const Fields& host, ContainerOptions& options) {
    TRY(host.read("IpcMode", options.ipc));
    TRY(host.read("PidMode", options.pid));
    TRY(host.read("UTSMode", options.uts));
    TRY(host.read("UsernsMode", options.userns));
    TRY(host.read("CgroupnsMode", options.cgroupns));
    // Empty: Docker's default, which is Escale's.
    if (options.ipc.empty())
        options.ipc = "private";
    if (options.cgroupns.empty())
        options.cgroupns = "private";
    return {};
}

} // namespace

Result<void> readRestartPolicy(const Fields& host, ContainerOptions& options) {
    TRY_ASSIGN(const Fields policy, host.object("RestartPolicy"));
    std::string name;
    TRY(policy.read("Name", name));
    if (!name.empty())
        options.restart = name;
    return policy.read("MaximumRetryCount", options.restartMaximum);
}

Result<void> readHostConfig(const Fields& host, CreateRequest& request) {
    ContainerOptions& options = request.options;
    TRY(refuseWhatIsNot(host));
    TRY(readRuntime(host));
    TRY(readRestartPolicy(host, options));
    TRY(host.read("AutoRemove", options.removeWhenStopped));
    TRY(host.read("Init", options.init));
    TRY(host.read("ReadonlyRootfs", options.readOnly));
    TRY(host.read("GroupAdd", options.groups));
    TRY(host.read("Annotations", options.annotations));
    TRY(host.read("VolumesFrom", options.volumesFrom));
    TRY(readLog(host, request));
    return readNamespaces(host, options);
}

} // namespace escale::docker_api
