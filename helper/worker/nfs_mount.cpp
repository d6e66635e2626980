#include "helper/worker/nfs_mount.h"

#include <algorithm>

namespace escale::worker {
namespace {

struct Source {
    std::string host, path;
};

Source split(const std::string& device) {
    // "[fd00::1]:/path": the colons in brackets are the address's.
    const auto from = device.starts_with("[") ? device.find(']') : 0;
    const auto colon = from == std::string::npos ? from : device.find(':', from);
    if (colon == std::string::npos)
        return {{}, device};
    return {device.substr(0, colon), device.substr(colon + 1)};
}

std::string withoutBrackets(const std::string& host) {
    return host.starts_with("[") && host.ends_with("]") ? host.substr(1, host.size() - 2) : host;
}

bool isOf(const MountOption& option, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), option.name) != names.end();
}

/// "4" stands for the newest of 4, as in mount.nfs.
std::vector<std::string> versionsOf(const std::string& type, const std::string& asked) {
    if (asked.empty())
        return type == "nfs4" ? std::vector<std::string>{"4.2", "4.1", "4.0"}
                              : std::vector<std::string>{"4.2", "4.1", "4.0", "3"};
    if (asked == "4")
        return {"4.2", "4.1", "4.0"};
    return {asked};
}

} // namespace

Result<NfsMount> planNfs(const std::string& type, const std::string& device, const MountOptions& options,
                         bool hasStatd) {
    NfsMount plan;
    const Source source = split(device);
    const MountOption* const address = options.find("addr");
    const std::string given = address == nullptr ? "" : address->value.value_or("");
    plan.host = withoutBrackets(given.empty() ? source.host : given);
    if (plan.host.empty() || source.path.empty())
        return fail(ErrorCode::InvalidArgument, "the NFS server or its export is not named",
                    "Write server:/path as the device, or addr=server among the options.");
    const std::string host = source.host.empty() ? plan.host : withoutBrackets(source.host);
    plan.source = (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + source.path;

    std::string asked;
    std::vector<MountOption> rest;
    bool saysLock = false;
    for (const auto& option : options.forKernel) {
        if (isOf(option, {"vers", "nfsvers"}))
            asked = option.value.value_or("");
        else if (option.name == "v3" || option.name == "v4" || option.name.starts_with("v4."))
            asked = option.name.substr(1);
        else if (option.name == "minorversion" && asked == "4")
            asked += "." + option.value.value_or("0");
        else if (!isOf(option, {"addr", "bg", "fg", "retry", "sloppy", "mounthost"})) // mount.nfs's own
            rest.push_back(option);
        saysLock = saysLock || isOf(option, {"lock", "nolock"});
    }
    for (const auto& version : versionsOf(type, asked)) {
        auto& attempt = plan.tries.emplace_back(rest);
        attempt.push_back({"vers", version});
        // Without statd the server could not tell that it has lost the locks: they are this machine's alone.
        if (version == "3" && !saysLock && !hasStatd)
            attempt.push_back({"nolock", std::nullopt});
    }
    return plan;
}

} // namespace escale::worker
