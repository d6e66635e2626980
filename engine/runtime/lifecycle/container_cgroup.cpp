#include "engine/runtime/lifecycle/container_cgroup.h"

#include "engine/base/making.h"
#include "engine/runtime/spec/mount_options.h"

#include <algorithm>
#include <sched.h>
#include <sys/mount.h>

namespace escale {
namespace {

// A cgroup file system that the container may write to: what is below its cgroup is its own.
bool dividesItsCgroup(const spec::Spec& spec) {
    if (!spec.makesNamespace(CLONE_NEWCGROUP))
        return false;
    return std::any_of(spec.mounts.begin(), spec.mounts.end(), [](const spec::Mount& mount) {
        const auto options = spec::sortMountOptions(mount.options, mount.type);
        return (mount.type == "cgroup" || mount.type == "cgroup2") && !options.bind &&
               (options.attributesSet & MOUNT_ATTR_RDONLY) == 0 && !options.readonlyFilesystem;
    });
}

Result<MadeCgroup> startScope(const CgroupLayout& layout, const CgroupPlace& place, const spec::Spec& spec,
                              const std::string& id) {
    MadeNow step;
    TRY_ASSIGN(auto properties, annotatedProperties(spec.annotations));
    TRY_ASSIGN(auto manager, SystemdManager::connect());
    TRY_ASSIGN(auto scope,
               SystemdScope::start(manager, place.unit, "escale container " + id, std::move(properties)));
    step.done("scope-start", {{"unit", place.unit.name}, {"cgroup", scope.cgroupPath()}});
    auto cgroup = Cgroup::adopt(layout, scope.cgroupPath());
    if (!cgroup) {
        if (auto stopped = manager.stopUnit(place.unit.name); !stopped)
            cgroup.error().addCause(stopped.error());
        return fail(std::move(cgroup).error());
    }
    return MadeCgroup{std::move(*cgroup), std::move(manager), std::move(scope)};
}

Result<MadeCgroup> makeOurs(const CgroupLayout& layout, const std::string& path) {
    TRY_ASSIGN(auto cgroup, Cgroup::create(layout, path));
    return MadeCgroup{std::move(cgroup), std::nullopt, std::nullopt};
}

Result<void> setProperties(SystemdManager& manager, const Cgroup& cgroup, const std::string& unit,
                           const CgroupLimits& limits) {
    const auto& hierarchies = cgroup.layout().hierarchies();
    const bool onlyV2 = hierarchies.size() == 1 && hierarchies.front().version == 2;
    TRY_ASSIGN(const auto whole, cgroup.completed(limits));
    return manager.setProperties(unit, limitProperties(whole, onlyV2 ? 2 : 1));
}

} // namespace

Result<CgroupPlace> planCgroup(const CreateRequest& request, const spec::Spec& spec) {
    CgroupPlace place{spec.cgroupsPath};
    if (request.systemdCgroup) {
        TRY_ASSIGN(place.unit, parseSystemdPath(spec.cgroupsPath, request.id));
        place.path = place.unit.cgroupPath();
        return place;
    }
    if (place.path.find(':') != std::string::npos)
        return fail(ErrorCode::InvalidArgument,
                    "linux.cgroupsPath \"" + place.path + "\" is of systemd's form",
                    "Pass --systemd-cgroup, or write a path like /escale/NAME");
    if (place.path.empty())
        place.path = request.id;
    if (place.path.front() != '/')
        place.path.insert(0, "/escale/");
    TRY(validateCgroupPath(place.path));
    return place;
}

Result<MadeCgroup> makeCgroup(const CgroupLayout& layout, const CgroupPlace& place, const spec::Spec& spec,
                              const std::string& id) {
    auto made = place.unit.name.empty() ? makeOurs(layout, place.path) : startScope(layout, place, spec, id);
    const auto uid = spec.hostUid(0);
    const auto gid = spec.hostGid(0);
    if (!made || !uid || !gid || *uid == 0 || !dividesItsCgroup(spec))
        return made;
    if (auto given = made->cgroup.delegate(*uid, *gid); !given) {
        if (auto removed = removeCgroup(made->cgroup, place.unit.name); !removed)
            given.error().addCause(removed.error());
        return fail(std::move(given).error());
    }
    return made;
}

Result<void> limitCgroup(MadeCgroup& made, const CgroupPlace& place, const spec::Spec& spec) {
    if (made.manager)
        TRY(setProperties(*made.manager, made.cgroup, place.unit.name, spec.resources));
    return made.cgroup.apply(spec.resources);
}

Result<void> updateCgroup(const Cgroup& cgroup, const std::string& unit, const CgroupLimits& limits) {
    if (unit.empty())
        return cgroup.update(limits);
    TRY_ASSIGN(auto manager, SystemdManager::connect());
    TRY_ASSIGN(const auto whole, cgroup.completed(limits));
    TRY(cgroup.update(whole));
    return setProperties(manager, cgroup, unit, whole);
}

Result<void> removeCgroup(const Cgroup& cgroup, const std::string& unit) {
    if (!unit.empty()) {
        TRY_ASSIGN(auto manager, SystemdManager::connect());
        TRY(manager.stopUnit(unit));
    }
    return cgroup.remove();
}

} // namespace escale
