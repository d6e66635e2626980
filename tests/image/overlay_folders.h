// Folders for an overlay, on a file system that can hold its upper folder. Root, in a mount namespace of its
// own.
#pragma once

#include "engine/base/file.h"

#include <QTemporaryDir>

#include <linux/magic.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace escale::test {

class OverlayFolders {
public:
    /// For the calling thread; false where it may not.
    static bool enterOwnMounts() {
        return ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
               ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    }
    /// The layers "l1" and above it "l2", "upper", "work" and "merged". An overlay's upper folder must not
    /// lie on an overlay, and needs user.* attributes, which a tmpfs keeps from Linux 6.6 on: then the disk
    /// must serve.
    OverlayFolders() {
        const auto keepsAttributes = [this] { return ::setxattr(m_top.c_str(), "user.test", "", 0, 0) == 0; };
        (void)::mount("none", m_top.c_str(), "tmpfs", 0, nullptr);
        if (!keepsAttributes())
            ::umount2(m_top.c_str(), MNT_DETACH);
        struct statfs system {};
        m_isGood = keepsAttributes() && ::statfs(m_top.c_str(), &system) == 0 &&
                   system.f_type != OVERLAYFS_SUPER_MAGIC;
        for (const char* name : {"l1", "l2", "upper", "work", "merged"})
            m_isGood = m_isGood && makeDirectories(path(name));
    }
    OverlayFolders(const OverlayFolders&) = delete;
    OverlayFolders& operator=(const OverlayFolders&) = delete;
    ~OverlayFolders() {
        ::umount2(path("merged").c_str(), MNT_DETACH);
        ::umount2(m_top.c_str(), MNT_DETACH);
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] std::string path(const std::string& name) const { return m_top + "/" + name; }
    [[nodiscard]] Result<void> write(const std::string& name, const std::string& content = "x") const {
        TRY(makeDirectories(path(name).substr(0, path(name).rfind('/'))));
        return writeFileAtomically(path(name), content);
    }
    [[nodiscard]] Result<void> mount() const {
        const std::string options = "userxattr,lowerdir=" + path("l2") + ":" + path("l1") +
                                    ",upperdir=" + path("upper") + ",workdir=" + path("work");
        if (::mount("overlay", path("merged").c_str(), "overlay", 0, options.c_str()) != 0)
            return failErrno("cannot mount");
        return {};
    }

private:
    QTemporaryDir m_folder;
    std::string m_top = m_folder.path().toStdString();
    bool m_isGood = false;
};

} // namespace escale::test
