#include "engine/network/forwarding.h"

#include "engine/base/file.h"
#include "engine/base/making.h"

namespace escale {
namespace {

const std::string kConf6 = "/proc/sys/net/ipv6/conf/";

std::string switchOf(bool isV6) {
    return isV6 ? kConf6 + "all/forwarding" : "/proc/sys/net/ipv4/ip_forward";
}
std::string switchOf(const std::string& interface, bool isV6) {
    return (isV6 ? kConf6 : "/proc/sys/net/ipv4/conf/") + interface + "/forwarding";
}

Making::Details detailsOf(const std::string& path, const char* value, const char* where) {
    return {{"path", path}, {"value", value}, {"namespace", where}};
}

Result<void> set(const std::string& path, const char* value, const char* where = "host") {
    MadeNow step;
    TRY(writeExisting(path, value));
    step.done("sysctl-write", detailsOf(path, value, where));
    return {};
}

/// Turning IPv6 forwarding on makes a host ignore routers ("accept_ra" 1 counts for hosts only), and so lose
/// its way out: where it listens, let it listen as a router does, too.
Result<void> keepLearningRoutes(Revert& revert) {
    TRY_ASSIGN(const auto interfaces, listDirectory(kConf6));
    for (const auto& interface : interfaces) {
        const std::string path = kConf6 + interface + "/accept_ra";
        const auto value = readFile(path);
        if (!value || !value->starts_with('1'))
            continue;
        TRY(set(path, "2"));
        revert.add([path]() -> Result<void> {
            (void)writeExisting(path, "1"); // the interface may be gone
            return {};
        });
    }
    return {};
}

} // namespace

Result<void> enableForwarding(const std::string& interface, bool isV6, Revert& revert) {
    // The host's switch is written only when it is off: writing it resets those of every interface.
    const std::string path = switchOf(isV6);
    TRY_ASSIGN(const std::string before, readFile(path));
    if (!before.starts_with('1')) {
        if (isV6)
            TRY(keepLearningRoutes(revert));
        TRY(set(path, "1"));
        revert.add([path] { return writeExisting(path, "0"); });
    } else {
        Making::reuse("sysctl-write", detailsOf(path, "1", "host"));
    }
    return set(switchOf(interface, isV6), "1");
}

void reuseForwarding(const std::string& interface, bool isV6) {
    for (const auto& path : {switchOf(isV6), switchOf(interface, isV6)})
        Making::reuse("sysctl-write", detailsOf(path, "1", "host"));
}

Result<void> allowIpv6(const std::string& interface, const char* where) {
    const std::string folder = kConf6 + interface;
    if (!exists(folder))
        return fail(ErrorCode::Unsupported, "this machine's kernel runs without IPv6",
                    "Remove the network's IPv6 subnet, or start the kernel without ipv6.disable=1.");
    TRY(set(folder + "/accept_ra", "0", where));
    return set(folder + "/disable_ipv6", "0", where);
}

} // namespace escale
