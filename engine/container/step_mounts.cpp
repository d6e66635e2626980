// What a step of a build has mounted beside its root.
#include "engine/base/file.h"
#include "engine/base/mount.h"
#include "engine/container/rootfs.h"
#include "engine/container/step_launch.h"
#include "engine/container/step_targets.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <filesystem>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace escale {
namespace {

using Kind = StepContainerMount::Kind;

Texts bindOptions(bool isReadOnly) {
    Texts options{"bind", "rprivate", "nosuid", "nodev"};
    if (isReadOnly)
        options.emplace_back("ro");
    return options;
}

// A script is a file of these, too, and is executed; a secret's name says that it is not.
Texts fileOptions(const StepContainerMount& mount) {
    Texts options = bindOptions(true);
    options.emplace_back((mount.mode & 0111U) != 0 ? "exec" : "noexec");
    return options;
}

Texts tmpfsOptions(const StepContainerMount& mount) {
    Texts options{"nosuid", "nodev", "mode=1777"};
    if (mount.readOnly)
        options.emplace_back("ro");
    if (mount.size != 0)
        options.push_back("size=" + std::to_string(mount.size));
    return options;
}

// What is written to it is gone afterwards, as everything in the step's folder.
Result<UniqueFd> copyOfFile(int source, const struct stat& info, const std::string& path) {
    TRY_ASSIGN(const UniqueFd from, openFile("/proc/self/fd/" + std::to_string(source), O_RDONLY));
    {
        TRY_ASSIGN(const UniqueFd to, openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0600));
        for (off_t left = info.st_size; left > 0;) {
            const auto sent = ::sendfile(to.get(), from.get(), nullptr,
                                         static_cast<std::size_t>(std::min<off_t>(left, 1L << 30U)));
            if (sent < 0)
                return failErrno("cannot copy a file for a mount");
            if (sent == 0)
                break;
            left -= sent;
        }
        if (::fchown(to.get(), info.st_uid, info.st_gid) != 0 ||
            ::fchmod(to.get(), info.st_mode & 0777U) != 0)
            return failErrno("cannot hand " + path + " to the container");
    }
    return openFile(path, O_PATH | O_NOFOLLOW);
}

bool isFit(const StepContainerMount& mount) {
    struct stat info {};
    if (::fstat(mount.source.get(), &info) != 0)
        return false;
    return mount.kind == Kind::Socket ? S_ISSOCK(info.st_mode)
                                      : S_ISDIR(info.st_mode) || S_ISREG(info.st_mode);
}

bool isOverlay(int fd) {
    struct statfs system {};
    return ::fstatfs(fd, &system) == 0 && system.f_type == OVERLAYFS_SUPER_MAGIC;
}

} // namespace

// What must not be is said before anything is made.
Result<void> checkStepMounts(const std::vector<StepContainerMount>& mounts) {
    for (const auto& mount : mounts) {
        const std::string& target = mount.target;
        const std::string shown = '"' + target.substr(0, 200) + '"';
        const bool isPath = target.starts_with('/') && target.size() > 1 && target.size() < PATH_MAX &&
                            !target.ends_with('/') && target.find('\0') == std::string::npos &&
                            target.find("//") == std::string::npos &&
                            (target + "/").find("/../") == std::string::npos &&
                            (target + "/").find("/./") == std::string::npos;
        if (!isPath)
            return fail(ErrorCode::InvalidArgument, shown + " is no path that something can be mounted at",
                        "Give an absolute path other than \"/\", without \".\" and \"..\".");
        const auto same = std::count_if(mounts.begin(), mounts.end(),
                                        [&](const auto& other) { return other.target == target; });
        if (same > 1)
            return fail(ErrorCode::InvalidArgument, "two things are to be mounted at " + shown,
                        "Mount one of them elsewhere.");
        if (mount.kind != Kind::Tmpfs && mount.kind != Kind::File && !isFit(mount))
            return fail(ErrorCode::InvalidArgument,
                        "what is given to be mounted at " + shown + " is no " +
                            (mount.kind == Kind::Socket ? "socket" : "file or folder"));
    }
    return {};
}

Result<void> Containers::State::prepareStepMounts(StepLaunch& launch, Revert& revert) {
    const auto& mounts = launch.step.mounts;
    TRY(prepareStepFiles(launch, revert));
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        const auto& mount = mounts[i];
        if (mount.kind == Kind::Tmpfs)
            launch.mounts.push_back({mount.target, "tmpfs", "tmpfs", tmpfsOptions(mount)});
        else if (mount.kind == Kind::Scratch)
            TRY(prepareScratch(launch, i));
        else if (mount.kind != Kind::File)
            launch.mounts.push_back(
                {mount.target, "bind", pathForRuntime(mount.source), bindOptions(mount.readOnly)});
    }
    for (const auto& outer : mounts) {
        if (outer.kind != Kind::Folder || outer.readOnly)
            continue;
        for (const auto& inner : mounts) {
            if (!inner.target.starts_with(outer.target + "/"))
                continue;
            auto parts = missingParts(outer.source.get(), inner.target.substr(outer.target.size() + 1));
            TRY_ASSIGN(UniqueFd folder, openFileAt(outer.source.get(), ".", O_RDONLY | O_DIRECTORY));
            launch.made.push_back({std::move(folder), std::move(parts)});
        }
    }
    revert.add([&launch]() -> Result<void> {
        for (const auto& made : launch.made)
            removeMountTargets(made.folder.get(), made.parts);
        return {};
    });
    return {};
}

Result<void> Containers::State::prepareStepFiles(StepLaunch& launch, Revert& revert) {
    const std::string& id = launch.container.id;
    std::vector<const StepContainerMount*> mounts;
    std::vector<Secret> secrets;
    for (const auto& mount : launch.step.mounts) {
        if (mount.kind != Kind::File)
            continue;
        mounts.push_back(&mount);
        secrets.push_back({mount.target, mount.user, mount.group, mount.mode, mount.content});
    }
    if (secrets.empty())
        return {};
    TRY(checkSecrets(secrets));
    TRY(m_secrets.store(id, secrets, launch.idBase));
    revert.add([this, id] { return m_secrets.remove(id); });
    TRY_ASSIGN(const auto files, m_secrets.filesOf(id));
    for (std::size_t i = 0; i < files.size(); ++i) {
        TRY_ASSIGN(UniqueFd shown, cloneMount(files[i].path));
        launch.mounts.push_back({files[i].target, "bind", pathForRuntime(shown), fileOptions(*mounts[i])});
        launch.mountFds.push_back(std::move(shown));
    }
    return {};
}

Result<void> Containers::State::prepareScratch(StepLaunch& launch, std::size_t number) {
    const auto& mount = launch.step.mounts[number];
    const int source = mount.source.get();
    const std::string folder = launch.step.folder + "/scratch-" + std::to_string(number);
    struct stat info {};
    if (::fstat(source, &info) != 0)
        return failErrno("cannot look at what is to be mounted at " + mount.target);
    UniqueFd shown;
    if (S_ISREG(info.st_mode)) {
        TRY_ASSIGN(shown, copyOfFile(source, info, folder));
    } else if (isOverlay(source)) {
        TRY_ASSIGN(shown, openScratchOfLayers(launch, source, folder));
    } else {
        TRY_ASSIGN(shown, openScratch(source, folder));
    }
    launch.mounts.push_back({mount.target, "bind", pathForRuntime(shown), bindOptions(mount.readOnly)});
    launch.mountFds.push_back(std::move(shown));
    return {};
}

Result<std::uint64_t> mountNumberOf(int fd) {
    struct statx info {};
    if (::statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &info) != 0 || (info.stx_mask & STATX_MNT_ID) == 0)
        return failErrno("cannot tell which mount a descriptor shows");
    return info.stx_mnt_id;
}

// Overlay stacks twice at most, and images of layers may count: the root that `source` is in is stacked anew,
// from its layers.
Result<UniqueFd> Containers::State::openScratchOfLayers(const StepLaunch& launch, int source,
                                                        const std::string& folder) {
    TRY_ASSIGN(const auto number, mountNumberOf(source));
    RootfsPlan plan;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_stepRoots.find(number); found != m_stepRoots.end())
            plan = found->second;
    }
    if (plan.layers.empty()) // nothing of ours
        return openScratch(source, folder);
    std::error_code error;
    const auto place =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(source), error).string();
    const std::string below = place.substr(std::min(place.size(), plan.target.size()));
    TRY_ASSIGN(const UniqueFd root, openFile(plan.target, O_PATH | O_DIRECTORY));
    plan.containerFolder = folder;
    plan.target = launch.bundle + "/rootfs"; // for a moment: its own comes later
    plan.isVolatile = true;
    TRY(makeUpper(root.get(), folder));
    TRY(mountRootfs(plan));
    auto shown = cloneMount(plan.target + below);
    TRY(unmountRootfs(plan.target));
    return shown;
}

} // namespace escale
