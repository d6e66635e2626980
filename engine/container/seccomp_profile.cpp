#include "engine/container/seccomp_profile.h"

#include "engine/base/log.h"

#include <algorithm>
#include <array>

namespace escale {

extern const char* const kDefaultSeccompText; // made of the resource at build time

const Json& defaultSeccompProfile() {
    static const Json profile = [] {
        auto parsed = Json::parse(kDefaultSeccompText);
        // The build compiled in a broken resource: without a filter no container may start, and the runtime
        // refuses this.
        if (!parsed) {
            logError("the built-in seccomp profile is not valid: " + parsed.error().text());
            return Json(Json::Object{{"defaultAction", Json("SCMP_ACT_ERRNO")}});
        }
        Json json = *std::move(parsed);
#if defined(__aarch64__)
        json.set("architectures", Json::strings({"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"}));
#endif
        return json;
    }();
    return profile;
}

namespace {

struct CapabilityCalls {
    std::string_view capability;
    std::vector<std::string> calls;
};

// What Docker's profile allows beside the default to those who have the capability.
const std::vector<CapabilityCalls>& capabilityCalls() {
    static const std::vector<CapabilityCalls> list{
        {"CAP_DAC_READ_SEARCH", {"open_by_handle_at"}},
        {"CAP_SYS_ADMIN",
         {"bpf",       "clone",           "clone3",         "fanotify_init", "fsconfig",      "fsmount",
          "fsopen",    "fspick",          "lookup_dcookie", "mount",         "mount_setattr", "move_mount",
          "open_tree", "perf_event_open", "quotactl",       "quotactl_fd",   "setdomainname", "sethostname",
          "setns",     "syslog",          "umount",         "umount2",       "unshare"}},
        {"CAP_SYS_BOOT", {"reboot"}},
        {"CAP_SYS_MODULE", {"delete_module", "init_module", "finit_module"}},
        {"CAP_SYS_PACCT", {"acct"}},
        {"CAP_SYS_PTRACE",
         {"kcmp", "pidfd_getfd", "process_madvise", "process_vm_readv", "process_vm_writev", "ptrace"}},
        {"CAP_SYS_RAWIO", {"iopl", "ioperm"}},
        {"CAP_SYS_TIME", {"settimeofday", "stime", "clock_settime", "clock_settime64"}},
        {"CAP_SYS_TTY_CONFIG", {"vhangup"}},
        {"CAP_SYS_NICE", {"get_mempolicy", "mbind", "set_mempolicy", "set_mempolicy_home_node"}},
        {"CAP_SYSLOG", {"syslog"}},
        {"CAP_BPF", {"bpf"}},
        {"CAP_PERFMON", {"perf_event_open"}},
    };
    return list;
}

bool holds(const std::vector<std::string>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

// Rules for the names that `calls` has are replaced: one that restricts clone's flags, one that answers
// ENOSYS.
Json withCapabilities(const Json& profile, const std::vector<std::string>& capabilities) {
    std::vector<std::string> calls;
    for (const auto& [capability, names] : capabilityCalls()) {
        if (holds(capabilities, capability))
            calls.insert(calls.end(), names.begin(), names.end());
    }
    if (calls.empty())
        return profile;
    Json rules = Json::Array();
    for (const auto& rule : profile.at("syscalls").items()) {
        const auto names = rule.at("names").items();
        const bool replaced = std::any_of(names.begin(), names.end(),
                                          [&](const Json& name) { return holds(calls, name.toString()); });
        const bool isPlain = rule.at("action").toString() == "SCMP_ACT_ALLOW" && !rule.contains("args");
        if (!replaced || isPlain)
            rules.append(rule);
    }
    rules.append(Json::Object{{"names", Json::strings(calls)}, {"action", "SCMP_ACT_ALLOW"}});
    Json result = profile;
    result.set("syscalls", std::move(rules));
    return result;
}

#if defined(__aarch64__)
constexpr std::string_view kArchitecture = "arm64";
constexpr std::string_view kSeccompArchitecture = "SCMP_ARCH_AARCH64";
#else
constexpr std::string_view kArchitecture = "amd64";
constexpr std::string_view kSeccompArchitecture = "SCMP_ARCH_X86_64";
#endif

// One of Docker's conditions: {"caps": […], "arches": […], "minKernel": "4.8"}. Every kernel that Escale runs
// on is newer than any minKernel in use.
bool matches(const Json& condition, const std::vector<std::string>& capabilities) {
    for (const auto& name : condition.at("caps").items()) {
        if (!holds(capabilities, name.toString()))
            return false;
    }
    const auto& arches = condition.at("arches").items();
    return arches.empty() || std::any_of(arches.begin(), arches.end(),
                                         [](const Json& name) { return name.toString() == kArchitecture; });
}

bool excludes(const Json& condition, const std::vector<std::string>& capabilities) {
    const auto& caps = condition.at("caps").items();
    const auto& arches = condition.at("arches").items();
    return std::any_of(caps.begin(), caps.end(),
                       [&](const Json& name) { return holds(capabilities, name.toString()); }) ||
           std::any_of(arches.begin(), arches.end(),
                       [](const Json& name) { return name.toString() == kArchitecture; });
}

Json fromDocker(const Json& profile, const std::vector<std::string>& capabilities) {
    Json result = Json::Object();
    for (const auto& [key, value] : profile.members()) {
        if (key != "archMap" && key != "syscalls")
            result.set(key, value);
    }
    if (!profile.contains("architectures")) {
        Json architectures = Json::Array{Json(kSeccompArchitecture)};
        for (const auto& entry : profile.at("archMap").items()) {
            if (entry.at("architecture").toString() != kSeccompArchitecture)
                continue;
            for (const auto& sub : entry.at("subArchitectures").items())
                architectures.append(sub);
        }
        result.set("architectures", std::move(architectures));
    }
    Json rules = Json::Array();
    for (const auto& rule : profile.at("syscalls").items()) {
        if (!matches(rule.at("includes"), capabilities) || excludes(rule.at("excludes"), capabilities))
            continue;
        Json kept = Json::Object();
        for (const auto& [key, value] : rule.members()) {
            const bool known = key == "names" || key == "action" || key == "args" || key == "errnoRet";
            if (known && !value.isNull())
                kept.set(key, value);
            else if (key == "name" && !rule.contains("names"))
                kept.set("names", Json::Array{value});
        }
        rules.append(std::move(kept));
    }
    result.set("syscalls", std::move(rules));
    return result;
}

} // namespace

Result<Json> seccompProfile(const std::string& wanted, const std::vector<std::string>& capabilities) {
    if (wanted == "unconfined")
        return Json();
    if (wanted.empty())
        return withCapabilities(defaultSeccompProfile(), capabilities);
    auto profile = Json::parse(wanted);
    if (!profile)
        return fail(std::move(profile).error().prefixed("the seccomp profile"));
    return fromDocker(*profile, capabilities);
}

} // namespace escale
