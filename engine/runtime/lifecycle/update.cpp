#include "engine/runtime/lifecycle/update.h"

#include "engine/runtime/lifecycle/container_cgroup.h"
#include "engine/runtime/lifecycle/found_container.h"
#include "engine/runtime/spec/parse_linux.h"

namespace escale {

Result<void> updateContainer(const std::string& root, const std::string& id, const Json& resources) {
    TRY_ASSIGN(const auto limits, spec::parseResources(resources));
    TRY_ASSIGN(const auto found, findContainer(root, id));
    if (!found.isAlive())
        return fail(wrongState(found, "running"));
    TRY_ASSIGN(const auto cgroup, cgroupOf(found));
    return updateCgroup(cgroup, found.state.systemdUnit, limits);
}

} // namespace escale
