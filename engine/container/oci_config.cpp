#include "engine/container/oci_config.h"

#include "engine/base/identifier.h"
#include "engine/container/idmapped_layers.h"
#include "engine/container/seccomp_profile.h"

#include <algorithm>
#include <cmath>

namespace escale {
namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t(1) << 61; // twice that is still a signed number
constexpr std::int64_t kCpuPeriod = 100'000;                  // microseconds; Docker's

void setVariable(std::vector<std::string>& environment, const std::string& variable) {
    const std::string prefix = variable.substr(0, variable.find('=') + 1);
    for (auto& existing : environment) {
        if (existing.starts_with(prefix)) {
            existing = variable;
            return;
        }
    }
    environment.push_back(variable);
}

Json object(std::initializer_list<std::pair<std::string, Json>> members) {
    return Json::Object(members);
}

Json makeProcess(const OciInput& input, const std::vector<std::string>& arguments) {
    // The primary group stands among the others, too: without it a file that denies just this group could be
    // read (CVE-2022-36109).
    Json groups = Json::Array{Json(input.user.gid)};
    for (const auto gid : input.user.additionalGids) {
        if (gid != input.user.gid)
            groups.append(gid);
    }
    Json user = object({{"uid", input.user.uid},
                        {"gid", input.user.gid},
                        {"umask", 022},
                        {"additionalGids", std::move(groups)}});
    // No inheritable and no ambient set: a process that becomes another user loses them all (CVE-2022-24769).
    const Json capabilities = Json::strings(defaultCapabilities());
    // The soft limit is what select(2) can take; programs that want more raise it.
    const Json files = object({{"type", "RLIMIT_NOFILE"},
                               {"hard", input.mostOpenFiles},
                               {"soft", std::min<std::uint64_t>(1024, input.mostOpenFiles)}});
    return object({
        {"terminal", false},
        {"user", std::move(user)},
        {"args", Json::strings(arguments)},
        {"env", Json::strings(processEnvironment(input))},
        {"cwd", input.workingDirectory},
        {"capabilities",
         object({{"bounding", capabilities}, {"effective", capabilities}, {"permitted", capabilities}})},
        {"rlimits", Json::Array{files}},
        {"noNewPrivileges", true},
    });
}

Json mount(const char* target, const char* type, std::string source,
           const std::vector<std::string>& options) {
    return object({{"destination", target},
                   {"type", type},
                   {"source", std::move(source)},
                   {"options", Json::strings(options)}});
}

Json makeMounts(const std::string& bundle) {
    // Read-only: they lie on /run, whose memory a container must not be able to fill.
    const std::vector<std::string> bind = {"bind", "rprivate", "nosuid", "nodev", "noexec", "ro"};
    return Json::Array{
        mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
        mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
        mount("/dev/pts", "devpts", "devpts",
              {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
        mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=67108864"}),
        mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
        mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
        mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"}),
        mount("/etc/resolv.conf", "bind", bundle + "/resolv.conf", bind),
        mount("/etc/hostname", "bind", bundle + "/hostname", bind),
        mount("/etc/hosts", "bind", bundle + "/hosts", bind),
    };
}

Json makeResources(const ContainerOptions& options) {
    Json resources = Json::Object();
    if (options.memoryBytes > 0)
        // As much swap again, as Docker; a machine that does not count swap leaves it out.
        resources.set("memory", object({{"limit", options.memoryBytes},
                                        {"swap", std::min(options.memoryBytes, kMostMemory) * 2}}));
    if (options.cpus > 0) {
        const auto quota =
            static_cast<std::int64_t>(std::llround(options.cpus * static_cast<double>(kCpuPeriod)));
        resources.set("cpu", object({{"quota", quota}, {"period", kCpuPeriod}}));
    }
    if (options.pidsLimit > 0)
        resources.set("pids", object({{"limit", options.pidsLimit}}));
    return resources;
}

Json makeLinux(const OciInput& input) {
    Json namespaces = Json::Array();
    // "network" for the network "none", too: a namespace with nothing but its loopback.
    for (const char* type : {"pid", "network", "ipc", "uts", "mount", "cgroup", "user"})
        namespaces.append(object({{"type", type}}));
    const Json ids =
        Json::Array{object({{"containerID", 0}, {"hostID", input.idBase}, {"size", kIdRangeSize}})};
    return object({
        {"namespaces", std::move(namespaces)},
        {"uidMappings", ids},
        {"gidMappings", ids},
        {"cgroupsPath", input.cgroupPath},
        {"resources", makeResources(input.options)},
        // As Docker: any process may listen on port 80 and ping, in its own network namespace only.
        {"sysctl",
         object({{"net.ipv4.ip_unprivileged_port_start", "0"}, {"net.ipv4.ping_group_range", "0 65535"}})},
        {"rootfsPropagation", "rprivate"},
        {"maskedPaths",
         Json::strings({"/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys",
                        "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug",
                        "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap"})},
        {"readonlyPaths",
         Json::strings({"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"})},
        {"seccomp", defaultSeccompProfile()},
    });
}

} // namespace

const std::vector<std::string>& defaultCapabilities() {
    static const std::vector<std::string> list = {
        "CAP_AUDIT_WRITE", "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
        "CAP_KILL",        "CAP_MKNOD",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",   "CAP_SETFCAP",
        "CAP_SETGID",      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
    return list;
}

Result<std::vector<std::string>> processArguments(const ContainerOptions& options, const ImageConfig& image) {
    std::vector<std::string> arguments = image.entrypoint;
    const auto& command = options.command.empty() ? image.command : options.command;
    arguments.insert(arguments.end(), command.begin(), command.end());
    if (arguments.empty() || arguments.front().empty())
        return fail(ErrorCode::InvalidArgument, "the image names no program to run", "Give a command.");
    return arguments;
}

std::vector<std::string> processEnvironment(const OciInput& input) {
    std::vector<std::string> environment = {
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + input.user.home,
        "HOSTNAME=" + shortId(input.id)};
    for (const auto* list : {&input.image.environment, &input.options.environment}) {
        for (const auto& variable : *list) {
            // An image may hold what the checks refuse in options: a variable without "=" is nothing exec can
            // pass.
            if (const auto equals = variable.find('='); equals != std::string::npos && equals > 0)
                setVariable(environment, variable);
        }
    }
    return environment;
}

Result<Json> makeOciConfig(const OciInput& input) {
    TRY_ASSIGN(const auto arguments, processArguments(input.options, input.image));
    return object({
        {"ociVersion", "1.2.0"},
        {"process", makeProcess(input, arguments)},
        {"root", object({{"path", "rootfs"}})},
        {"hostname", shortId(input.id)},
        {"mounts", makeMounts(input.bundle)},
        {"linux", makeLinux(input)},
    });
}

} // namespace escale
