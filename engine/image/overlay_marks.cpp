#include "engine/image/overlay_marks.h"

#include <algorithm>
#include <array>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

namespace escale {

bool isWhiteoutFile(const struct stat& info) {
    return S_ISCHR(info.st_mode) && info.st_rdev == ::makedev(0, 0);
}

bool isOpaqueFolder(int folder) {
    std::array<char, 8> value{};
    return ::fgetxattr(folder, "user.overlay.opaque", value.data(), value.size()) == 1 && value[0] == 'y';
}

bool isCopiedUp(int file) {
    return ::fgetxattr(file, "user.overlay.origin", nullptr, 0) >= 0;
}

bool isMadeForMounts(std::string_view path) {
    static constexpr std::array<std::string_view, 13> kPaths = {
        "/.dockerenv", "/dev",          "/dev/console", "/dev/mqueue", "/dev/pts",         "/dev/shm", "/etc",
        "/proc",       "/etc/hostname", "/etc/hosts",   "/etc/mtab",   "/etc/resolv.conf", "/sys"};
    return std::find(kPaths.begin(), kPaths.end(), path) != kPaths.end();
}

} // namespace escale
