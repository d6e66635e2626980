#include "engine/container/oci_config.h"
#include "engine/container/option_forms.h"

#include <algorithm>

namespace escale {
namespace {

using Options = std::vector<std::string>;

Json mount(std::string target, const char* type, std::string source, const Options& options) {
    return Json::Object{{"destination", std::move(target)},
                        {"type", type},
                        {"source", std::move(source)},
                        {"options", Json::strings(options)}};
}

Options splitAtCommas(const std::string& text) {
    Options words;
    for (std::size_t start = 0; start < text.size();) {
        const auto comma = std::min(text.find(',', start), text.size());
        if (comma > start)
            words.push_back(text.substr(start, comma - start));
        start = comma + 1;
    }
    return words;
}

bool isHost(const std::string& mode) {
    return mode == "host";
}

// In a user namespace proc and sysfs can be mounted only by those whose namespaces they show: where those are
// the host's, the host's mounts are bound.
bool mustBind(const OciInput& input, const std::string& mode) {
    return isHost(mode) && !sharesUserIds(input.options);
}

void addKernelFilesystems(Json& mounts, const OciInput& input) {
    const Options usual = {"nosuid", "noexec", "nodev"};
    const Options bound = {"rbind", "nosuid", "noexec", "nodev"};
    const bool open = input.options.privileged;
    if (mustBind(input, input.options.pid))
        mounts.append(mount("/proc", "bind", "/proc", bound));
    else
        mounts.append(mount("/proc", "proc", "proc", usual));
    mounts.append(mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}));
    mounts.append(mount("/dev/pts", "devpts", "devpts",
                        {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}));
    Options sys = mustBind(input, input.options.network) ? bound : usual;
    if (!open)
        sys.push_back("ro");
    if (mustBind(input, input.options.network))
        mounts.append(mount("/sys", "bind", "/sys", sys));
    else
        mounts.append(mount("/sys", "sysfs", "sysfs", sys));
    Options cgroup = {"nosuid", "noexec", "nodev", "relatime"};
    if (!open)
        cgroup.push_back("ro");
    mounts.append(mount("/sys/fs/cgroup", "cgroup", "cgroup", cgroup));
}

void addSharedMemory(Json& mounts, const OciInput& input) {
    const Options usual = {"nosuid", "noexec", "nodev"};
    if (!input.sharedMemory.empty()) {
        mounts.append(mount("/dev/shm", "bind", input.sharedMemory, {"rbind", "nosuid", "noexec", "nodev"}));
    } else if (input.options.ipc != "none") {
        mounts.append(mount(
            "/dev/shm", "tmpfs", "shm",
            {"nosuid", "noexec", "nodev", "mode=1777", "size=" + std::to_string(input.options.shmSize)}));
    }
    if (!isHost(input.options.ipc))
        mounts.append(mount("/dev/mqueue", "mqueue", "mqueue", usual));
}

// Nobody makes devices in a user namespace: nodes that the container's root owns were made in the bundle.
void addDevices(Json& mounts, const OciInput& input) {
    if (sharesUserIds(input.options))
        return;
    std::size_t index = 0;
    for (const auto& device : input.deviceNodes)
        mounts.append(mount(device, "bind", input.bundle + "/devices/" + std::to_string(index++),
                            {"bind", "rprivate", "nosuid", "noexec", "dev"}));
}

std::size_t depthOf(const std::string& path) {
    return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

// What people ask for and the files of names and addresses, in docker's order: what is nearer to the root
// first, so that nothing covers what was mounted below it.
std::vector<UserMount> sortedMounts(const OciInput& input) {
    std::vector<UserMount> mounts = input.mounts;
    for (const auto& [path, text] : input.options.tmpfs) {
        Options options = {"nosuid", "nodev", "noexec"};
        for (auto& word : splitAtCommas(text))
            options.push_back(std::move(word));
        mounts.push_back({path, "tmpfs", "tmpfs", std::move(options)});
    }
    // Read-only: they lie on /run, whose memory a container must not be able to fill.
    const Options bind = {"bind", "rprivate", "nosuid", "nodev", "noexec", "ro"};
    for (const char* name : {"/resolv.conf", "/hostname", "/hosts"}) {
        const std::string target = std::string("/etc") + name;
        if (std::none_of(mounts.begin(), mounts.end(), [&](const auto& one) { return one.target == target; }))
            mounts.push_back({target, "bind", input.bundle + name, bind});
    }
    std::stable_sort(mounts.begin(), mounts.end(), [](const UserMount& one, const UserMount& other) {
        return depthOf(one.target) < depthOf(other.target);
    });
    return mounts;
}

// Whoever mounts something of their own on /dev or /sys wants that, not ours below it.
bool isReplaced(const std::vector<UserMount>& mounts, const std::string& target) {
    return std::any_of(mounts.begin(), mounts.end(), [&](const UserMount& one) {
        return one.target == target || (one.target == "/dev" && target.starts_with("/dev/")) ||
               (one.target == "/sys" && target.starts_with("/sys/"));
    });
}

} // namespace

Json makeMounts(const OciInput& input) {
    Json standard = Json::Array();
    addKernelFilesystems(standard, input);
    addSharedMemory(standard, input);
    addDevices(standard, input);
    if (input.options.init)
        standard.append(
            mount(kInitPath, "bind", input.initProgram, {"bind", "rprivate", "nosuid", "nodev", "ro"}));
    const auto users = sortedMounts(input);
    Json mounts = Json::Array();
    for (const Json& each : standard.items()) {
        if (!isReplaced(users, each.at("destination").toString()))
            mounts.append(each);
    }
    for (const auto& each : users)
        mounts.append(mount(each.target, each.type.c_str(), each.source, each.options));
    return mounts;
}

} // namespace escale
