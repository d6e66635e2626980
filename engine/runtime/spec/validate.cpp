// What must hold between the members of a config.json, as a list of small pure checks.
#include "engine/runtime/spec/mount_options.h"
#include "engine/runtime/spec/parse_process.h"
#include "engine/runtime/spec/spec.h"

#include <algorithm>
#include <array>
#include <linux/sched.h>
#include <sched.h>
#include <set>

namespace escale::spec {
namespace {

tl::unexpected<Error> bad(const std::string& message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, "config.json: " + message, std::move(hint));
}

Result<void> checkVersion(const Spec& spec) {
    if (spec.ociVersion.starts_with("1."))
        return {};
    return bad("ociVersion \"" + spec.ociVersion + "\" is not 1.x");
}

Result<void> checkNamespacesUnique(const Spec& spec) {
    std::set<int> seen;
    for (const auto& one : spec.namespaces) {
        if (!seen.insert(one.flag).second)
            return bad("linux.namespaces lists \"" + one.type + "\" twice");
        if (!one.path.empty() && !one.path.starts_with('/'))
            return bad("linux.namespaces: the path \"" + one.path + "\" is not absolute");
        if (!one.path.empty() && one.flag == CLONE_NEWNS)
            return fail(
                ErrorCode::Unsupported,
                "joining an existing mount namespace is not supported: the container's mounts would come "
                "over, and outlive it in, what others see",
                "Give it its own, {\"type\": \"mount\"}, and bind what it is to see");
    }
    if (!spec.makesNamespace(CLONE_NEWNS))
        return fail(
            ErrorCode::Unsupported,
            "a container without its own mount namespace is not supported: its mounts would be the host's",
            "Add {\"type\": \"mount\"} to linux.namespaces");
    return {};
}

Result<void> checkTimeOffsets(const Spec& spec) {
    if (spec.timeOffsets.empty() || spec.makesNamespace(CLONE_NEWTIME))
        return {};
    return bad("linux.timeOffsets needs a time namespace of its own",
               "Add {\"type\": \"time\"} to linux.namespaces");
}

Result<void> checkMappings(const std::vector<IdMapping>& mappings, const char* name) {
    if (mappings.size() > 340) // user_namespaces(7)
        return bad(std::string(name) + " has more than 340 ranges");
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const auto& one = mappings[i];
        if (one.size == 0 || one.containerId + std::uint64_t(one.size) > UINT32_MAX ||
            one.hostId + std::uint64_t(one.size) > UINT32_MAX)
            return bad(std::string(name) + ": a range is empty or passes the largest id");
        for (std::size_t j = 0; j < i; ++j) {
            const auto overlap = [&](std::uint64_t a, std::uint64_t b) {
                return a < b + mappings[j].size && b < a + one.size;
            };
            if (overlap(one.containerId, mappings[j].containerId) || overlap(one.hostId, mappings[j].hostId))
                return bad(std::string(name) + ": two ranges overlap");
        }
    }
    return {};
}

Result<void> checkUserNamespace(const Spec& spec) {
    TRY(checkMappings(spec.uidMappings, "linux.uidMappings"));
    TRY(checkMappings(spec.gidMappings, "linux.gidMappings"));
    if (spec.findNamespace(CLONE_NEWUSER) != nullptr ||
        (spec.uidMappings.empty() && spec.gidMappings.empty()))
        return {};
    return bad("linux.uidMappings needs a user namespace", "Add {\"type\": \"user\"} to linux.namespaces");
}

Result<void> checkProcess(const Spec& spec) {
    for (auto checked : {validateProcess(spec.process), validateUser(spec.process, spec)}) {
        if (!checked)
            return fail(std::move(checked).error().prefixed("config.json"));
    }
    return {};
}

Result<void> checkHostname(const Spec& spec) {
    if (spec.hostname.empty() && spec.domainname.empty())
        return {};
    if (!spec.makesNamespace(CLONE_NEWUTS))
        return bad("a hostname needs its own uts namespace: the host's name would change");
    if (spec.hostname.size() > 64 || spec.domainname.size() > 64)
        return bad("the hostname is longer than 64 bytes");
    return {};
}

Result<void> checkMounts(const Spec& spec) {
    if (spec.mounts.size() > 4000)
        return bad("more than 4000 mounts");
    for (const auto& mount : spec.mounts) {
        const auto options = sortMountOptions(mount.options, mount.type);
        if (mount.destination == "/")
            return bad("mounts: nothing can be mounted over /");
        if (options.bind && mount.source.empty())
            return bad("mounts: the bind mount on " + mount.destination + " has no source");
        if (options.copyUp && mount.type != "tmpfs")
            return bad("mounts: tmpcopyup on " + mount.destination + " is for tmpfs only");
        if (!options.bind && mount.type.empty())
            return bad("mounts: the mount on " + mount.destination + " has no type");
        TRY(checkMappings(mount.uidMappings, "mounts.uidMappings"));
        TRY(checkMappings(mount.gidMappings, "mounts.gidMappings"));
        const bool mapped = options.idmap || !mount.uidMappings.empty();
        if (mount.uidMappings.empty() != mount.gidMappings.empty())
            return bad("mounts: " + mount.destination + " needs uidMappings and gidMappings, or neither");
        if (mapped && !options.bind)
            return fail(ErrorCode::Unsupported,
                        "mounts: ids can be mapped on bind mounts only, not on " + mount.destination);
        if (mapped && mount.uidMappings.empty() && spec.uidMappings.empty())
            return bad("mounts: " + mount.destination + " is to be idmapped, but nothing says how",
                       "Give the mount uidMappings and gidMappings, or the container a user namespace");
    }
    return {};
}

// A sysctl that no new namespace holds would change the host (runc has the same list).
Result<void> checkSysctl(const Spec& spec) {
    static constexpr std::array<std::string_view, 8> kIpc{
        "kernel/msgmax", "kernel/msgmnb", "kernel/msgmni", "kernel/sem",
        "kernel/shmall", "kernel/shmmax", "kernel/shmmni", "kernel/shm_rmid_forced"};
    for (const auto& [name, value] : spec.sysctl) {
        const std::string file = sysctlFile(name);
        if (("/" + file + "/").find("/../") != std::string::npos || file.find('\0') != std::string::npos)
            return bad("linux.sysctl: \"" + name + "\" is no name");
        const bool isIpc =
            std::find(kIpc.begin(), kIpc.end(), file) != kIpc.end() || file.starts_with("fs/mqueue/");
        // One that is joined by its path may be the host's: that is found out when it is entered.
        const auto has = [&](int flag) { return spec.findNamespace(flag) != nullptr; };
        const bool fits = (isIpc && has(CLONE_NEWIPC)) || (file.starts_with("net/") && has(CLONE_NEWNET)) ||
                          (file == "kernel/domainname" && has(CLONE_NEWUTS));
        if (!fits)
            return bad("linux.sysctl: \"" + name +
                       "\" belongs to no namespace of the container: the host would change");
        if (file == "kernel/domainname" && !spec.domainname.empty() && value != spec.domainname)
            return bad("linux.sysctl: \"" + name + "\" is another name than \"domainname\"");
    }
    return {};
}

Result<void> checkPaths(const Spec& spec) {
    for (const auto* list : {&spec.maskedPaths, &spec.readonlyPaths}) {
        for (const auto& path : *list) {
            if (!path.starts_with('/'))
                return bad("masked and read-only paths must be absolute: \"" + path + "\"");
        }
    }
    return {};
}

Result<void> checkDevices(const Spec& spec) {
    for (const auto& device : spec.devices) {
        if (!device.path.starts_with('/') || device.path.ends_with('/'))
            return bad("linux.devices: \"" + device.path + "\" is no absolute path of a file");
        // More bits than the kernel's dev_t has would be cut: another device than the one that was asked for.
        if (device.major < 0 || device.major >= 1 << 12 || device.minor < 0 || device.minor >= 1 << 20)
            return bad("linux.devices: " + std::to_string(device.major) + ":" + std::to_string(device.minor) +
                       " is no device number");
    }
    return {};
}

Result<void> checkPropagation(const Spec& spec) {
    static constexpr std::array<std::string_view, 9> kKnown{
        "", "private", "rprivate", "slave", "rslave", "shared", "rshared", "unbindable", "runbindable"};
    if (std::find(kKnown.begin(), kKnown.end(), spec.rootfsPropagation) != kKnown.end())
        return {};
    return bad("linux.rootfsPropagation \"" + spec.rootfsPropagation + "\" is no propagation");
}

} // namespace

Result<void> validate(const Spec& spec) {
    for (const auto check :
         {checkVersion, checkNamespacesUnique, checkTimeOffsets, checkUserNamespace, checkProcess,
          checkHostname, checkMounts, checkSysctl, checkPaths, checkDevices, checkPropagation})
        TRY(check(spec));
    return {};
}

} // namespace escale::spec
