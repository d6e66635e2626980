#include "engine/store/erofs_mount.h"

#include "engine/base/file.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <linux/loop.h>
#include <linux/mount.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

// What the kernel says in words beside the number: "e …" lines that are read from the context.
std::string wordsOf(int context) {
    std::array<char, 512> text{};
    std::string words;
    for (ssize_t size = 0; (size = ::read(context, text.data(), text.size())) > 2;)
        words +=
            (words.empty() ? " (" : "; ") + std::string(text.data() + 2, static_cast<std::size_t>(size - 2));
    return words.empty() ? words : words + ")";
}

Result<UniqueFd> mountSource(const std::string& source, const std::string& image) {
    const UniqueFd context(static_cast<int>(::syscall(SYS_fsopen, "erofs", FSOPEN_CLOEXEC)));
    if (!context && errno == ENODEV)
        return fail(ErrorCode::Unsupported, "this kernel knows no EROFS, which layer images need");
    if (!context)
        return failErrno("cannot begin to mount " + image);
    if (::syscall(SYS_fsconfig, context.get(), FSCONFIG_SET_STRING, "source", source.c_str(), 0) != 0 ||
        ::syscall(SYS_fsconfig, context.get(), FSCONFIG_SET_FLAG, "ro", nullptr, 0) != 0 ||
        ::syscall(SYS_fsconfig, context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
        const int number = errno;
        Error error = systemError(number, "cannot read the layer's image " + image + wordsOf(context.get()));
        if (number == ENOTBLK ||
            number == EINVAL) // block devices only, or a file system that cannot serve it
            error.code = ErrorCode::Unsupported;
        return fail(std::move(error));
    }
    UniqueFd mount(static_cast<int>(::syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC,
                                              MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID)));
    if (!mount)
        return failErrno("cannot mount the layer's image " + image);
    return mount;
}

/// The device's descriptor keeps it until the mount does.
Result<std::pair<UniqueFd, std::string>> attachLoop(const std::string& image) {
    TRY_ASSIGN(const UniqueFd control, openFile("/dev/loop-control", O_RDWR));
    TRY_ASSIGN(const UniqueFd file, openFile(image, O_RDONLY));
    for (int attempt = 0; attempt < 100; ++attempt) {
        const int number = ::ioctl(control.get(), LOOP_CTL_GET_FREE);
        if (number < 0)
            return failErrno("cannot get a loop device");
        std::string path = "/dev/loop" + std::to_string(number);
        TRY_ASSIGN(UniqueFd device, openFile(path, O_RDONLY));
        loop_config config{};
        config.fd = static_cast<__u32>(file.get());
        config.block_size = 4096;
        config.info.lo_flags = LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR | LO_FLAGS_DIRECT_IO;
        if (::ioctl(device.get(), LOOP_CONFIGURE, &config) == 0)
            return std::pair(std::move(device), std::move(path));
        if (errno != EBUSY) // else somebody was faster
            return failErrno("cannot attach " + image + " to a loop device");
    }
    return fail(ErrorCode::InUse, "no loop device stays free long enough", "Try again.");
}

} // namespace

Result<UniqueFd> openErofsMount(const std::string& image) {
    auto direct = mountSource(image, image);
    if (direct || direct.error().code != ErrorCode::Unsupported)
        return direct;
    TRY_ASSIGN(const auto loop, attachLoop(image));
    return mountSource(loop.second, image);
}

} // namespace escale
