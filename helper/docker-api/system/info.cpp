#include "helper/docker-api/system/info.h"

#include "engine/base/clock.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "helper/docker-api/api/cgroup_version.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

#include <algorithm>
#include <set>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

MachineFacts machineFacts() {
    MachineFacts facts;
    utsname names{};
    ::uname(&names);
    facts.hostname = &names.nodename[0];
    facts.kernel = &names.release[0];
    facts.architecture = &names.machine[0];
    const std::string release = readFile("/etc/os-release").value_or("");
    facts.operatingSystem = osReleaseValue(release, "PRETTY_NAME");
    facts.osVersion = osReleaseValue(release, "VERSION_ID");
    facts.id = engineId(readFile("/etc/machine-id").value_or(facts.hostname), ::getuid());
    facts.processors = static_cast<unsigned>(std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L));
    struct sysinfo memory {};
    if (::sysinfo(&memory) == 0)
        facts.memory = std::uint64_t(memory.totalram) * memory.mem_unit;
    facts.cgroupVersion = cgroupVersion();
    facts.hasSystemd = exists("/run/systemd/system");
    return facts;
}

void setCounts(Json& json, const dbus::ContainerList& containers, const dbus::ImageList& images) {
    const auto count = [&containers](std::initializer_list<const char*> states) {
        return static_cast<std::int64_t>(
            std::count_if(containers.begin(), containers.end(), [&](const auto& each) {
                return std::any_of(states.begin(), states.end(),
                                   [&](const char* state) { return each.state == QLatin1String(state); });
            }));
    };
    std::set<QString> digests;
    for (const auto& image : images)
        digests.insert(image.digest);
    json.set("Containers", static_cast<std::int64_t>(containers.size()))
        .set("ContainersRunning", count({"running", "restarting"}))
        .set("ContainersPaused", count({"paused"}))
        .set("ContainersStopped", count({"created", "exited", "dead"}))
        .set("Images", static_cast<std::int64_t>(digests.size()));
}

Json pluginsJson(const dbus::NetworkDrivers& drivers) {
    std::vector<std::string> networks{"host", "null"};
    for (const auto& driver : drivers) {
        if (driver.lacks.isEmpty() && driver.name != QLatin1String("vlan"))
            networks.push_back(driver.name.toStdString());
    }
    std::sort(networks.begin(), networks.end());
    return Json()
        .set("Volume", Json().append("local"))
        .set("Network", Json::strings(networks))
        .set("Authorization", Json())
        .set("Log", Json().append("json-file").append("none"));
}

Json registryJson() {
    Json hub = Json()
                   .set("Name", "docker.io")
                   .set("Mirrors", Json::Array())
                   .set("Secure", true)
                   .set("Official", true);
    return Json()
        .set("AllowNondistributableArtifactsCIDRs", Json())
        .set("AllowNondistributableArtifactsHostnames", Json())
        .set("InsecureRegistryCIDRs", Json().append("::1/128").append("127.0.0.0/8"))
        .set("IndexConfigs", Json().set("docker.io", hub))
        .set("Mirrors", Json());
}

void setAbilities(Json& json, const MachineFacts& machine) {
    for (const char* ability : {"MemoryLimit", "SwapLimit", "CpuCfsPeriod", "CpuCfsQuota", "CPUShares",
                                "CPUSet", "PidsLimit", "IPv4Forwarding"})
        json.set(ability, true);
    json.set("OomKillDisable", machine.cgroupVersion == 1)
        .set("BridgeNfIptables", true) // containers of a bridge are kept apart without it: no warning
        .set("BridgeNfIp6tables", true)
        .set("Debug", false)
        .set("NFd", 0)
        .set("NGoroutines", 0)
        .set("NEventsListener", 0)
        .set("SystemTime", timeText(nowMilliseconds()))
        .set("LoggingDriver", "json-file")
        .set("CgroupDriver", machine.hasSystemd ? "systemd" : "cgroupfs")
        .set("CgroupVersion", std::to_string(machine.cgroupVersion));
}

void setMachine(Json& json, const MachineFacts& machine) {
    json.set("KernelVersion", machine.kernel)
        .set("OperatingSystem", machine.operatingSystem.empty() ? "Linux" : machine.operatingSystem)
        .set("OSVersion", machine.osVersion)
        .set("OSType", "linux")
        .set("Architecture", machine.architecture)
        .set("NCPU", machine.processors)
        .set("MemTotal", machine.memory)
        .set("Name", machine.hostname);
}

void setEngine(Json& json) {
    const Json noCommit = Json().set("ID", "").set("Expected", "");
    json.set("IndexServerAddress", "https://index.docker.io/v1/")
        .set("RegistryConfig", registryJson())
        .set("GenericResources", Json())
        .set("DockerRootDir", "/var/lib/escale")
        .set("HttpProxy", "")
        .set("HttpsProxy", "")
        .set("NoProxy", "")
        .set("Labels", Json::Array())
        .set("ExperimentalBuild", false)
        .set("ServerVersion", ESCALE_VERSION)
        .set("Runtimes", Json().set("escale", Json().set("path", "escale-runtime")))
        .set("DefaultRuntime", "escale")
        .set("Swarm", Json()
                          .set("NodeID", "")
                          .set("NodeAddr", "")
                          .set("LocalNodeState", "inactive")
                          .set("ControlAvailable", false)
                          .set("Error", "")
                          .set("RemoteManagers", Json()))
        .set("LiveRestoreEnabled", true) // containers run on without the engine
        .set("Isolation", "")
        .set("InitBinary", "")
        .set("ContainerdCommit", noCommit)
        .set("RuncCommit", noCommit)
        .set("InitCommit", noCommit)
        .set("SecurityOptions",
             Json().append("name=seccomp,profile=builtin").append("name=userns").append("name=cgroupns"))
        .set("Warnings", Json::Array());
}

} // namespace

std::string osReleaseValue(std::string_view file, std::string_view name) {
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        if (!line.starts_with(name) || line.substr(name.size(), 1) != "=")
            continue;
        line.remove_prefix(name.size() + 1);
        if (line.size() >= 2 && (line.front() == '"' || line.front() == '\''))
            line = line.substr(1, line.size() - 2);
        return std::string(line);
    }
    return {};
}

std::string engineId(std::string_view machineId, unsigned user) {
    const std::string digest(
        Digest::ofData("escale-docker-api " + std::to_string(user) + " " + std::string(machineId)).hex());
    std::string id;
    for (const auto& [from, length] : {std::pair(0, 8), {8, 4}, {12, 4}, {16, 4}, {20, 12}})
        id += (id.empty() ? "" : "-") +
              digest.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length));
    return id;
}

Json infoJson(const MachineFacts& machine, const dbus::ContainerList& containers,
              const dbus::ImageList& images, const dbus::NetworkDrivers& drivers) {
    Json json;
    json.set("ID", machine.id);
    setCounts(json, containers, images);
    json.set("Driver", "overlayfs")
        .set("DriverStatus", Json().append(Json().append("Supports d_type").append("true")))
        .set("Plugins", pluginsJson(drivers));
    setAbilities(json, machine);
    setMachine(json, machine);
    setEngine(json);
    return json;
}

Result<void> info(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
    TRY_ASSIGN(const auto images, bus.ask<dbus::ImageList>(Face::Images, "List"));
    TRY_ASSIGN(const auto drivers, bus.ask<dbus::NetworkDrivers>(Face::Networks, "Drivers"));
    return exchange.reply(200, infoJson(machineFacts(), containers, images, drivers));
}

} // namespace escale::docker_api
