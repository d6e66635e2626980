// What the parent plans where the calls that make detached mounts are missing (before Linux 5.12) or
// forbidden (an engine's seccomp profile around us): recipes, which child/old_mount_step.cpp follows with
// mount(2).
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/mount_options.h"

#include <map>
#include <string>
#include <vector>

namespace escale {

class OldMounts {
public:
    /// Asked when a detached mount could not be made: whether none can, here.
    static bool areNeeded();

    /// `plan` must live longer.
    explicit OldMounts(Plan& plan)
        : m_plan(plan) {}

    /// The steps that come first. Unsupported without the host's /proc.
    Result<void> begin(const std::string& rootPath, int rootSlot, std::uint64_t propagation);
    struct Bind {
        int slot;
        bool isFolder;
    };
    /// Errors: as prepareBind(); Unsupported for what only mount_setattr(2) can do.
    Result<Bind> bind(const std::string& path, const spec::MountOptions& options);
    /// The same, readonlyBind(). In a user namespace no mount goes without those below it.
    Result<int> bindReadonly(const std::string& path, bool withMountsBelow);
    /// The same for prepareDevice().
    Result<int> bindDevice(const std::string& path, unsigned major, unsigned minor);
    static Result<void> refuseIdmap(const std::string& destination);
    static Result<void> refuseCopy(const std::string& destination);
    /// `slot` may hold a bind that is used when the kernel refuses the file system. `label`: SELinux's, or
    /// "".
    void addFilesystem(int slot, const std::string& type, const spec::Mount& mount,
                       const spec::MountOptions& options, const std::string& label);
    /// For masked paths.
    void addEmptyFolder(int slot);
    /// Gives a step what is known of the slot.
    void describe(child::Step& step, int slot);

private:
    Plan& m_plan;
    std::map<int, child::OldMount> m_recipes;
};

} // namespace escale
