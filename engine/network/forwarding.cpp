#include "engine/network/forwarding.h"

#include "engine/base/file.h"

namespace escale {
namespace {

const std::string kConf6 = "/proc/sys/net/ipv6/conf/";

/// Turning IPv6 forwarding on makes a host ignore routers ("accept_ra" 1 counts for hosts only), and so lose
/// its way out: where it listens, let it listen as a router does, too.
Result<void> keepLearningRoutes(Revert& revert) {
    TRY_ASSIGN(const auto interfaces, listDirectory(kConf6));
    for (const auto& interface : interfaces) {
        const std::string path = kConf6 + interface + "/accept_ra";
        const auto value = readFile(path);
        if (!value || !value->starts_with('1'))
            continue;
        TRY(writeExisting(path, "2"));
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
    const std::string path = isV6 ? kConf6 + "all/forwarding" : "/proc/sys/net/ipv4/ip_forward";
    TRY_ASSIGN(const std::string before, readFile(path));
    if (!before.starts_with('1')) {
        if (isV6)
            TRY(keepLearningRoutes(revert));
        TRY(writeExisting(path, "1"));
        revert.add([path] { return writeExisting(path, "0"); });
    }
    const std::string family = isV6 ? kConf6 : "/proc/sys/net/ipv4/conf/";
    return writeExisting(family + interface + "/forwarding", "1");
}

Result<void> allowIpv6(const std::string& interface) {
    const std::string folder = kConf6 + interface;
    if (!exists(folder))
        return fail(ErrorCode::Unsupported, "this machine's kernel runs without IPv6",
                    "Remove the network's IPv6 subnet, or start the kernel without ipv6.disable=1.");
    TRY(writeExisting(folder + "/accept_ra", "0"));
    return writeExisting(folder + "/disable_ipv6", "0");
}

} // namespace escale
