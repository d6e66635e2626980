// A small ext4 file system in a file, as a block device: a disk that can be full, or be a volume's.
#pragma once

#include "engine/base/subprocess.h"

#include <sys/mount.h>
#include <sys/stat.h>

#include <string>

namespace escale::test {

class LoopDisk {
public:
    /// `file` is made. Unsupported where there is no loop device or no mkfs.ext4.
    static Result<LoopDisk> make(const std::string& file, const std::string& size) {
        for (const char* const tool : {"/usr/sbin/mkfs.ext4", "/usr/sbin/losetup", "/dev/loop-control"}) {
            if (::access(tool, F_OK) != 0)
                return fail(ErrorCode::Unsupported, std::string("this machine has no ") + tool);
        }
        TRY(runProgram({"/usr/bin/truncate", "-s", size, file}));
        TRY(runProgram({"/usr/sbin/mkfs.ext4", "-q", "-m", "0", file}));
        LoopDisk disk;
        auto device = runProgram({"/usr/sbin/losetup", "--show", "-f", file});
        if (!device)
            return fail(ErrorCode::Unsupported,
                        "this machine gives no loop device: " + device.error().message);
        disk.m_device = device->substr(0, device->find('\n'));
        return disk;
    }
    LoopDisk(LoopDisk&& other) noexcept
        : m_device(std::exchange(other.m_device, {}))
        , m_target(std::exchange(other.m_target, {})) {}
    LoopDisk& operator=(LoopDisk&&) = delete;
    ~LoopDisk() {
        if (!m_target.empty())
            ::umount2(m_target.c_str(), MNT_DETACH);
        if (!m_device.empty())
            (void)runProgram({"/usr/sbin/losetup", "-d", m_device});
    }
    [[nodiscard]] const std::string& device() const { return m_device; }
    Result<void> mountAt(const std::string& target) {
        if (::mount(m_device.c_str(), target.c_str(), "ext4", 0, nullptr) != 0)
            return failErrno("cannot mount " + m_device);
        m_target = target;
        return {};
    }

private:
    LoopDisk() = default;
    std::string m_device, m_target;
};

} // namespace escale::test
