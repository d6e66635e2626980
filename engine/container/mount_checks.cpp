// The options that mount something.
#include "engine/container/option_checks.h"
#include "engine/container/option_forms.h"

namespace escale {

constexpr std::size_t kMostMounts = 256; // of one container: each costs the kernel memory and a start time

Result<std::vector<MountSpec>> mountsOf(const ContainerOptions& options) {
    std::vector<MountSpec> mounts;
    for (const auto& text : options.mounts) {
        auto mount = parseMount(text);
        if (!mount)
            return fail(std::move(mount).error().prefixed("mounts"));
        mounts.push_back(*std::move(mount));
    }
    if (auto checked = checkMounts(mounts); !checked)
        return fail(std::move(checked).error().prefixed("mounts"));
    return mounts;
}

Result<void> checkMountOptions(const ContainerOptions& options) {
    if (options.mounts.size() > kMostMounts)
        return fail(ErrorCode::InvalidArgument,
                    "a container can have " + std::to_string(kMostMounts) + " mounts at most");
    TRY_ASSIGN(const auto mounts, mountsOf(options));
    for (const auto& mount : mounts) {
        if (options.tmpfs.contains(mount.target))
            return fail(ErrorCode::InvalidArgument,
                        "two things are mounted at \"" + mount.target.substr(0, 200) + '"',
                        "Leave the mount or the tmpfs out.");
    }
    return checkEach("volumes-from", options.volumesFrom, parseVolumesFrom);
}

} // namespace escale
