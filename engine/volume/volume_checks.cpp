// What is wrong with a volume that somebody wants to make.
#include "engine/base/identifier.h"
#include "engine/volume/mount_options.h"
#include "engine/volume/volumes.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

// File systems of the kernel's that hold no files of anybody's: a view of the kernel, or another mount.
constexpr std::array<std::string_view, 26> kNoVolumes{
    "proc",        "sysfs",   "devtmpfs", "devpts",    "cgroup",  "cgroup2",  "securityfs",
    "debugfs",     "tracefs", "configfs", "bpf",       "pstore",  "efivarfs", "mqueue",
    "hugetlbfs",   "overlay", "ramfs",    "fuse",      "fuseblk", "autofs",   "rpc_pipefs",
    "binfmt_misc", "nsfs",    "bind",     "selinuxfs", "fusectl"};

using Problems = std::vector<VolumeProblemFound>;

void add(Problems& problems, const char* option, std::string message, std::string hint) {
    problems.push_back({option, Error{ErrorCode::InvalidArgument, std::move(message), std::move(hint), {}}});
}

std::string valueOf(const std::map<std::string, std::string>& options, const std::string& name) {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
}

bool isTypeName(const std::string& type) {
    return type.size() <= 32 && std::all_of(type.begin(), type.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
           });
}

bool isAbsolute(const std::string& path) {
    return path.starts_with("/") && path.size() < 4096 && path.find('\0') == std::string::npos;
}

void checkNumber(Problems& problems, const MountOptions& options, const char* name, const char* digits,
                 std::size_t most, const char* hint) {
    const MountOption* const option = options.find(name);
    if (option == nullptr)
        return;
    const std::string value = option->value.value_or("");
    std::string_view number = value;
    if (std::string_view(name) == "size" && !number.empty() &&
        std::string_view("kKmMgG%").find(number.back()) != std::string_view::npos)
        number.remove_suffix(1);
    if (number.empty() || number.size() > most || number.find_first_not_of(digits) != std::string_view::npos)
        add(problems, "o", std::string(name) + "=" + value + " is not valid", hint);
}

void checkTmpfs(Problems& problems, const MountOptions& options) {
    constexpr std::array<std::string_view, 7> kKnown{"size", "nr_blocks", "nr_inodes", "mode",
                                                     "uid",  "gid",       "huge"};
    for (const auto& option : options.forKernel) {
        if (std::find(kKnown.begin(), kKnown.end(), option.name) == kKnown.end())
            add(problems, "o", "\"" + option.name + "\" is no option of a tmpfs",
                "There are size, nr_inodes, mode, uid and gid, and those of every file system.");
    }
    checkNumber(problems, options, "size", "0123456789", 18,
                "Write a number with k, m, g or %, as in size=64m.");
    checkNumber(problems, options, "mode", "01234567", 4, "Write it in octal digits, as in mode=1777.");
    for (const char* const name : {"uid", "gid"}) {
        checkNumber(problems, options, name, "0123456789", 5, "Write a number below 65536.");
        const MountOption* const option = options.find(name);
        if (option != nullptr && option->value.value_or("").size() == 5 && *option->value > "65535")
            add(problems, "o", std::string(name) + "=" + *option->value + " is not valid",
                "Write a number below 65536.");
    }
}

void checkNfs(Problems& problems, const std::string& device, const MountOptions& options) {
    const auto colon = device.starts_with("[") ? device.find(':', device.find(']')) : device.find(':');
    if (colon == std::string::npos || !isAbsolute(device.substr(colon + 1))) {
        add(problems, "device", "an NFS volume needs the path of an export",
            "Write server:/path, or :/path with addr=server among the options.");
        return;
    }
    const MountOption* const address = options.find("addr");
    if (colon == 0 && (address == nullptr || address->value.value_or("").empty()))
        add(problems, "o", "the NFS server is not named",
            "Write server:/path as the device, or addr=server among the options.");
}

void checkDevice(Problems& problems, const std::string& type, const std::string& device) {
    if (!isTypeName(type) || std::find(kNoVolumes.begin(), kNoVolumes.end(), type) != kNoVolumes.end())
        add(problems, "type", "\"" + type + "\" is no file system that a volume can be",
            "There are nfs, tmpfs, none (a folder, with o=bind), and those on devices, as ext4, xfs, btrfs, "
            "vfat.");
    else if (device.empty() || device.size() >= 4096)
        add(problems, "device", "which device holds the files is not said", "Name it, as in /dev/sdb1.");
}

Problems checkOptions(const std::map<std::string, std::string>& options) {
    Problems problems;
    for (const auto& [name, value] : options) {
        if (name != "type" && name != "device" && name != "o")
            add(problems, "driver", "the driver local has no option \"" + name + "\"",
                "It has type, device and o, as mount(8) has them.");
    }
    const std::string type = valueOf(options, "type");
    const std::string device = valueOf(options, "device");
    if (type.empty()) {
        if (!device.empty() || !valueOf(options, "o").empty())
            add(problems, "type", "device and o say nothing without a type",
                "Name the type of the file system, or none with o=bind for a folder.");
        return problems;
    }
    const auto parsed = parseMountOptions(valueOf(options, "o"));
    if (!parsed) {
        problems.push_back({"o", parsed.error()});
        return problems;
    }
    if (type != "none" && parsed->isBind)
        add(problems, "type", "bind goes with the type none", "Choose the type none, or leave bind out.");
    if (type == "none") {
        if (!parsed->isBind)
            add(problems, "o", "the type none shows a folder, which needs the option bind", "Add bind.");
        if (!parsed->forKernel.empty())
            add(problems, "o", "\"" + parsed->forKernel.front().name + "\" is no option of a bind mount",
                "Leave it out.");
        if (!isAbsolute(device))
            add(problems, "device", "the folder is not an absolute path",
                "Write its whole path, as in /srv/data.");
    } else if (type == "tmpfs") {
        checkTmpfs(problems, *parsed);
    } else if (type == "nfs" || type == "nfs4") {
        checkNfs(problems, device, *parsed);
    } else {
        checkDevice(problems, type, device);
    }
    return problems;
}

} // namespace

std::vector<VolumeProblemFound> Volumes::check(const VolumeRequest& request) {
    Problems problems;
    if (!request.name.empty()) {
        if (auto valid = validateName(request.name); !valid)
            problems.push_back({"name", std::move(valid).error()});
    }
    for (auto& problem : checkOptions(request.options))
        problems.push_back(std::move(problem));
    return problems;
}

} // namespace escale
