#include "engine/container/host_device.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/container/option_forms.h"

#include <array>
#include <cstdio>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace escale {
namespace {

Result<HostDevice> lookUp(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return failErrno("cannot find the device " + path);
    if (!S_ISCHR(info.st_mode) && !S_ISBLK(info.st_mode))
        return fail(ErrorCode::InvalidArgument, path + " is no device of this machine");
    return HostDevice{S_ISBLK(info.st_mode) ? 'b' : 'c',
                      static_cast<std::uint32_t>(major(info.st_rdev)),
                      static_cast<std::uint32_t>(minor(info.st_rdev)),
                      info.st_mode & 0777U,
                      info.st_uid,
                      info.st_gid};
}

std::string octal(unsigned mode) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04o", mode);
    return text.data();
}

} // namespace

Result<HostDevices> lookUpDevices(const ContainerOptions& options) {
    HostDevices devices;
    const auto add = [&devices](const std::string& path) -> Result<void> {
        TRY_ASSIGN(devices[path], lookUp(path));
        return {};
    };
    for (const auto& text : options.devices) {
        TRY_ASSIGN(const auto device, parseDevice(text));
        TRY(add(device.hostPath));
    }
    for (const auto* list : {&options.blkioWeightDevice, &options.deviceReadBps, &options.deviceWriteBps,
                             &options.deviceReadIops, &options.deviceWriteIops}) {
        for (const auto& text : *list) {
            TRY_ASSIGN(const auto limit, parseDeviceNumber(text));
            TRY(add(limit.path));
        }
    }
    return devices;
}

Result<Texts> makeDeviceNodes(const ContainerOptions& options, const HostDevices& devices,
                              const std::string& folder, std::uint32_t idBase) {
    Texts paths;
    if (options.devices.empty())
        return paths;
    TRY(makeDirectories(folder, 0700));
    for (const auto& text : options.devices) {
        TRY_ASSIGN(const auto option, parseDevice(text));
        const HostDevice& device = devices.at(option.hostPath);
        const std::string node = folder + "/" + std::to_string(paths.size());
        MadeNow step;
        const mode_t mode = device.mode | (device.type == 'b' ? S_IFBLK : S_IFCHR);
        if (::mknod(node.c_str(), mode, ::makedev(device.major, device.minor)) != 0 ||
            ::chown(node.c_str(), idBase, idBase) != 0 || ::chmod(node.c_str(), device.mode) != 0)
            return failErrno("cannot make the device " + option.path + " for the container");
        const std::string owner = std::to_string(idBase);
        step.done("device-make",
                  {{"path", node},
                   {"kind", std::string(1, device.type)},
                   {"number", std::to_string(device.major) + ":" + std::to_string(device.minor)},
                   {"mode", octal(device.mode)},
                   {"uid", owner},
                   {"gid", owner}});
        paths.push_back(option.path);
    }
    return paths;
}

} // namespace escale
