// What a container may do.
#include "helper/docker-api/containers/create_request_parts.h"

#include <algorithm>
#include <array>

namespace escale::docker_api {
namespace {

// What Escale hides of every container, and what is read-only in it (engine/container/oci_linux.cpp).
constexpr std::array<std::string_view, 14> kMasked{
    "/proc/asound",      "/proc/acpi",          "/proc/interrupts", "/proc/kcore",
    "/proc/keys",        "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
    "/proc/sched_debug", "/proc/scsi",          "/sys/firmware",    "/sys/devices/virtual/powercap"};
constexpr std::array<std::string_view, 5> kReadOnly{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                                                    "/proc/sysrq-trigger"};

tl::unexpected<Error> wrong(const std::string& option, const std::string& hint) {
    return fail(ErrorCode::InvalidArgument, "invalid --security-opt: \"" + option + "\"", hint);
}

Result<void> readNoNewPrivileges(const std::string& option, const std::string& value, bool isAlone,
                                 bool& into) {
    if (isAlone || value == "true" || value == "1")
        into = true;
    else if (value == "false" || value == "0")
        into = false;
    else
        return wrong(option, "no-new-privileges is true or false.");
    return {};
}

Result<void> readSeccomp(const std::string& value, std::string& into) {
    if (value == "builtin" || value.empty())
        into.clear();
    else if (value == "unconfined" || value.starts_with('{'))
        into = value;
    else
        return fail(ErrorCode::InvalidArgument, "seccomp: \"" + value.substr(0, 200) + "\" is no profile",
                    "Give \"unconfined\", \"builtin\" or a profile's JSON; the docker command line reads a "
                    "file's content itself.");
    return {};
}

// "seccomp=unconfined"; Docker takes ":" between both, too.
Result<void> readOption(const std::string& option, ContainerOptions& options) {
    const std::size_t at = std::min(option.find('='), option.size());
    const std::size_t separator = at < option.size() ? at : std::min(option.find(':'), option.size());
    const bool isAlone = separator == option.size();
    const std::string key = option.substr(0, separator);
    const std::string value = isAlone ? "" : option.substr(separator + 1);
    if (key == "no-new-privileges" || key.starts_with("no-new-privileges:"))
        return readNoNewPrivileges(option, value, isAlone, options.noNewPrivileges);
    if (key == "seccomp")
        return readSeccomp(value, options.seccomp);
    if (key == "apparmor" && !value.empty()) {
        // Docker's own profile, which it loads; here there is none, and so there is none to ask for.
        if (value == "docker-default")
            return refused("apparmor=docker-default", "it is Docker's own profile",
                           "Name a profile that this machine has loaded.");
        options.apparmor = value;
        return {};
    }
    if (key == "systempaths" && value == "unconfined") {
        options.systemPaths = value;
        return {};
    }
    if (key == "label" && value == "disable")
        return {}; // without SELinux there is nothing to be disabled
    if (key == "label")
        return refused("the label \"" + value + "\"", "SELinux confines no container of Escale");
    return wrong(
        option,
        "There are no-new-privileges, seccomp=, apparmor=, systempaths=unconfined and label=disable.");
}

enum class Paths { Default, None };

template <std::size_t Size>
Result<Paths> readPaths(const Fields& host, std::string_view name,
                        const std::array<std::string_view, Size>& ours) {
    if (!host.has(name))
        return Paths::Default;
    Texts paths;
    TRY(host.read(name, paths));
    for (const std::string& path : paths) {
        if (std::find(ours.begin(), ours.end(), path) == ours.end())
            return refused(host.nameOf(name) + " with \"" + path.substr(0, 200) + "\"",
                           "Escale has one list of such paths, for everybody",
                           "Leave it out, or give an empty list (systempaths=unconfined).");
    }
    return paths.empty() ? Paths::None : Paths::Default;
}

Result<void> readSystemPaths(const Fields& host, ContainerOptions& options) {
    TRY_ASSIGN(const Paths masked, readPaths(host, "MaskedPaths", kMasked));
    TRY_ASSIGN(const Paths readOnly, readPaths(host, "ReadonlyPaths", kReadOnly));
    if (masked != readOnly)
        return refused("one empty list of MaskedPaths and ReadonlyPaths", "both are there, or neither",
                       "Empty both.");
    if (masked == Paths::None)
        options.systemPaths = "unconfined";
    return {};
}

} // namespace

Result<void> readSecurity(const Fields& host, ContainerOptions& options) {
    TRY(host.read("CapAdd", options.capAdd));
    TRY(host.read("CapDrop", options.capDrop));
    TRY(host.read("Privileged", options.privileged));
    Texts security;
    TRY(host.read("SecurityOpt", security));
    for (const std::string& option : security)
        TRY(readOption(option, options));
    return readSystemPaths(host, options);
}

} // namespace escale::docker_api
