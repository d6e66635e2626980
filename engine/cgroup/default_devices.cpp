#include "engine/cgroup/limits.h"

#include <array>

namespace escale {

void allowDefaultDevices(std::vector<CgroupDeviceRule>& rules) {
    // Making a node (not opening it) is left to CAP_MKNOD.
    for (const auto type : {'c', 'b'})
        rules.push_back({true, type, -1, -1, "m"});
    static constexpr std::array<std::pair<int, int>, 9> kDefaults{
        {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 1}, {5, 2}, {136, -1}}};
    for (const auto& [major, minor] : kDefaults)
        rules.push_back({true, 'c', major, minor, "rwm"});
}

} // namespace escale
