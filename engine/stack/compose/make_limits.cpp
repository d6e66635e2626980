// What a container may use, and what it may do: words of the service → options.
#include "engine/base/json.h"
#include "engine/stack/compose/make_service.h"

#include <algorithm>

namespace escale::compose {
namespace {

/// A value that has an older form; the loader has seen to it that both say the same.
template <class Value>
std::optional<Value> oneOf(const Part& older, const Part& newer, std::optional<Value> (Part::*read)() const) {
    const auto value = (newer.*read)();
    return value ? value : (older.*read)();
}

void makeMemory(const Part& service, ContainerOptions& options) {
    const Part resources = service["deploy"]["resources"];
    // Files are written for engines without a limit of their own.
    options.memoryBytes =
        oneOf(service["mem_limit"], resources["limits"]["memory"], &Part::bytes).value_or(0);
    options.memoryReservation =
        oneOf(service["mem_reservation"], resources["reservations"]["memory"], &Part::bytes).value_or(0);
    if (const Part swap = service["memswap_limit"]; swap) {
        if (swap.text() == "-1")
            options.memorySwap = -1;
        else
            options.memorySwap = static_cast<std::int64_t>(swap.bytes().value_or(0));
    }
    if (const auto swappiness = service["mem_swappiness"].integer(-1, 100))
        options.memorySwappiness = *swappiness;
    if (const auto score = service["oom_score_adj"].integer(-1000, 1000))
        options.oomScoreAdj = static_cast<std::int32_t>(*score);
    options.oomKillDisable = service["oom_kill_disable"].flag();
    if (const auto size = service["shm_size"].bytes())
        options.shmSize = *size;
}

void makeCpu(const Part& service, ContainerOptions& options) {
    options.cpus =
        oneOf(service["cpus"], service["deploy"]["resources"]["limits"]["cpus"], &Part::number).value_or(0);
    options.cpuShares = static_cast<std::uint64_t>(service["cpu_shares"].integer(0, INT64_MAX).value_or(0));
    // Microseconds, or a duration.
    const auto microseconds = [](const Part& part) -> std::int64_t {
        const std::string text = part.text();
        if (!text.empty() && text.find_first_not_of("0123456789-") != std::string::npos)
            return static_cast<std::int64_t>(part.milliseconds().value_or(0) * 1000);
        return part.integer().value_or(0);
    };
    options.cpuPeriod =
        static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds(service["cpu_period"]), 0));
    options.cpuQuota = microseconds(service["cpu_quota"]);
    options.cpusetCpus = service.text("cpuset");
}

void makeBlockLimits(const Part& blkio, ContainerOptions& options) {
    options.blkioWeight = static_cast<std::uint16_t>(blkio["weight"].integer(0, 1000).value_or(0));
    for (const Part& device : blkio["weight_device"].items())
        options.blkioWeightDevice.push_back(device.text("path") + ':' +
                                            std::to_string(device["weight"].integer(0, 1000).value_or(0)));
    for (const auto& [key, into] : {std::pair("device_read_bps", &options.deviceReadBps),
                                    std::pair("device_write_bps", &options.deviceWriteBps),
                                    std::pair("device_read_iops", &options.deviceReadIops),
                                    std::pair("device_write_iops", &options.deviceWriteIops)}) {
        for (const Part& device : blkio[key].items())
            into->push_back(device.text("path") + ':' + std::to_string(device["rate"].bytes().value_or(0)));
    }
}

void makeUlimits(const Part& ulimits, ContainerOptions& options) {
    for (const auto& [name, limit] : ulimits.entries()) {
        if (!limit.isMap()) {
            options.ulimits.push_back(name + '=' + std::to_string(limit.integer().value_or(0)));
            continue;
        }
        // One alone is the other, too.
        const auto soft = limit["soft"].integer();
        const auto hard = limit["hard"].integer();
        options.ulimits.push_back(name + '=' + std::to_string(soft.value_or(hard.value_or(0))) + ':' +
                                  std::to_string(hard.value_or(soft.value_or(0))));
    }
    // A map: its order in the file means nothing.
    std::sort(options.ulimits.begin(), options.ulimits.end());
}

void makeSeccomp(const Making& making, const Part& option, const std::string& value,
                 ContainerOptions& options) {
    if (value == "builtin" || value == "unconfined") {
        options.seccomp = value == "builtin" ? "" : value;
        return;
    }
    const std::string path = value.starts_with('/') ? value : making.project.directory + '/' + value;
    const auto text = making.read(path);
    if (!text) {
        option.error("the seccomp profile cannot be read: " + text.error().message,
                     "Name a file with a profile, or unconfined.");
        return;
    }
    auto profile = Json::parse(*text);
    if (!profile || !profile->isObject()) {
        option.error("the seccomp profile " + inQuotes(path) + " is no JSON object");
        return;
    }
    options.seccomp = profile->dump(); // spaces in the file change nothing
}

void makeSecurityOption(const Making& making, const Part& option, ContainerOptions& options) {
    const std::string text = option.text();
    const auto middle = std::min(text.find('='), text.find(':'));
    const std::string name = text.substr(0, middle);
    const std::string value = middle == std::string::npos ? std::string() : text.substr(middle + 1);
    if (name == "no-new-privileges" && (value.empty() || value == "true" || value == "false"))
        options.noNewPrivileges = value != "false";
    else if (name == "seccomp" && !value.empty())
        makeSeccomp(making, option, value, options);
    else if (name == "apparmor" && !value.empty())
        options.apparmor = value;
    else if (name == "systempaths" && value == "unconfined")
        options.systemPaths = value;
    else if (name == "label")
        option.leaveOut("SELinux labels",
                        "the engine sets none: containers have user namespaces of their own");
    else
        option.error("there is no security option " + inQuotes(text),
                     "They are no-new-privileges, seccomp, apparmor and systempaths.");
}

} // namespace

void makeLimits(const Part& service, ContainerOptions& options) {
    makeMemory(service, options);
    makeCpu(service, options);
    if (const auto pids = oneOf<std::int64_t>(
            service["pids_limit"], service["deploy"]["resources"]["limits"]["pids"], &Part::integer))
        options.pidsLimit = *pids;
    if (service["blkio_config"])
        makeBlockLimits(service["blkio_config"], options);
    makeUlimits(service["ulimits"], options);
    options.sysctls = service["sysctls"].textMap();
}

void makeSecurity(const Making& making, const Part& service, ContainerOptions& options) {
    options.capAdd = service["cap_add"].texts();
    options.capDrop = service["cap_drop"].texts();
    for (const Part& device : service["devices"].items()) {
        if (!device.isMap()) {
            options.devices.push_back(device.text());
            continue;
        }
        const std::string source = device.text("source");
        if (!source.starts_with('/')) {
            device["source"].refuse("the device " + inQuotes(source),
                                    "the engine knows files of /dev alone, no names of device classes");
            continue;
        }
        std::string text = source;
        const std::string target = device.text("target");
        if (!target.empty() && target != source)
            text += ':' + target;
        const std::string permissions = device.text("permissions");
        if (!permissions.empty() && permissions != "rwm")
            text += ':' + permissions;
        options.devices.push_back(std::move(text));
    }
    options.deviceCgroupRules = service["device_cgroup_rules"].texts();
    for (const Part& option : service["security_opt"].items())
        makeSecurityOption(making, option, options);
    if (service["ipc"])
        options.ipc = service.text("ipc");
    options.pid = service.text("pid");
    options.uts = service.text("uts");
    options.userns = service.text("userns_mode");
    if (service["cgroup"])
        options.cgroupns = service.text("cgroup");
}

} // namespace escale::compose
