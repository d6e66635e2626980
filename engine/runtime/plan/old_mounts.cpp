#include "engine/runtime/plan/old_mounts.h"

#include "engine/base/syscalls.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/plan/prepared_mount.h"

#include <linux/magic.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace escale {

using child::StepKind;

namespace {

bool isMissing(int result) {
    return result == -ENOSYS || result == -EPERM;
}

tl::unexpected<Error> refuse(const std::string& what, const std::string& call = "mount_setattr(2)") {
    return fail(ErrorCode::Unsupported, what + " needs " + call +
                                            ", which this kernel does not have, or a seccomp profile around "
                                            "the runtime forbids: allow it, or leave this out");
}

Result<void> checkDevice(const std::string& path, unsigned major, unsigned minor) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return failErrno("cannot look at " + path);
    if (S_ISDIR(info.st_mode) || info.st_rdev != ::makedev(major, minor))
        return fail(ErrorCode::InvalidArgument, path + " on this machine is not the device " +
                                                    std::to_string(major) + ":" + std::to_string(minor));
    return {};
}

} // namespace

bool OldMounts::areNeeded() {
    const UniqueFd tree(sys::openTree(AT_FDCWD, "/", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
    if (!tree)
        return errno == ENOSYS || errno == EPERM;
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_NOSUID;
    return isMissing(sys::setMountAttributes(tree.get(), 0, attributes));
}

// As the host's root, before the child becomes the container's: that one may not be allowed to search the
// folders on the way.
Result<void> OldMounts::begin(const std::string& rootPath, int rootSlot, std::uint64_t propagation) {
    struct statfs system {};
    if (::statfs("/proc", &system) != 0 || system.f_type != PROC_SUPER_MAGIC)
        return fail(ErrorCode::Unsupported, "/proc on this machine is no proc file system: without it, and "
                                            "without open_tree(2), there is no safe way to mount");
    m_plan.addBefore(StepKind::BecomeRoot, StepKind::PrivateMounts, "separate the mounts from the host's")
        .flags = child::kOldMounts;
    auto& stage = m_plan.addBefore(StepKind::BecomeRoot, StepKind::StageRoot, "bind the root " + rootPath);
    stage.path = m_plan.keep(rootPath);
    stage.slot = rootSlot;
    m_recipes[rootSlot].recursive = true;
    m_recipes[rootSlot].propagation = propagation;
    describe(stage, rootSlot);
    return {};
}

Result<OldMounts::Bind> OldMounts::bind(const std::string& path, const spec::MountOptions& options) {
    if (options.recursive && options.recursiveSet != 0)
        return refuse("a recursive mount flag (rro, rnosuid, …) for " + path);
    if (options.propagation == MS_SHARED)
        return refuse("a mount of " + path + " that is shared with the host");
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return failErrno("cannot prepare a mount of " + path);
    const int slot = m_plan.addSlot();
    auto& open = m_plan.addBefore(StepKind::BecomeRoot, StepKind::OpenSource, "open " + path);
    open.path = m_plan.keep(path);
    open.slot = slot;
    auto& recipe = m_recipes[slot];
    recipe.set = (options.recursiveSet & ~options.attributesCleared) | options.attributesSet;
    recipe.clear = options.attributesCleared;
    recipe.propagation = options.propagation;
    recipe.recursive = options.recursive;
    return Bind{slot, S_ISDIR(info.st_mode)};
}

Result<void> OldMounts::refuseCopy(const std::string& destination) {
    return refuse("the copy of the root's files in the tmpfs on " + destination, "fsopen(2)");
}

Result<void> OldMounts::refuseIdmap(const std::string& destination) {
    return refuse("the id mapping of the mount on " + destination);
}

Result<int> OldMounts::bindReadonly(const std::string& path, bool withMountsBelow) {
    auto options = readonlyBind();
    options.recursive = withMountsBelow;
    TRY_ASSIGN(const auto bound, bind(path, options));
    return bound.slot;
}

Result<int> OldMounts::bindDevice(const std::string& path, unsigned major, unsigned minor) {
    TRY(checkDevice(path, major, minor));
    TRY_ASSIGN(const auto bound, bind(path, deviceBind()));
    return bound.slot;
}

void OldMounts::addFilesystem(int slot, const std::string& type, const spec::Mount& mount,
                              const spec::MountOptions& options, const std::string& label) {
    std::string data;
    for (const auto& word : options.filesystem)
        data += (data.empty() ? "" : ",") + word;
    if (!label.empty() && type != "proc" &&
        type != "sysfs") // the kernel's own files have labels of their own
        data += std::string(data.empty() ? "" : ",") + "context=\"" + label + "\"";
    auto& recipe = m_recipes[slot];
    recipe.type = m_plan.keep(type);
    recipe.source = m_plan.keep(mount.source.empty() ? "none" : mount.source);
    recipe.data = m_plan.keep(data);
    recipe.propagation = options.propagation;
    recipe.attributes = options.attributesSet;
    if (type == "tmpfs") // the folders for the mounts below are still to be made
        recipe.attributes &= ~std::uint64_t(MOUNT_ATTR_RDONLY);
}

void OldMounts::addEmptyFolder(int slot) {
    auto& recipe = m_recipes[slot];
    recipe.type = "tmpfs";
    recipe.source = "tmpfs";
    recipe.data = "mode=555,size=4k";
    recipe.attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
}

void OldMounts::describe(child::Step& step, int slot) {
    step.bytes = m_plan.keepArray(std::vector<child::OldMount>{m_recipes[slot]});
}

} // namespace escale
