// Where this machine's cgroup hierarchies are mounted: v1 (one hierarchy a controller or group of
// controllers), v2 (one for all), or both at once (hybrid). See cgroups(7). Asked per controller, so that
// every mixture works.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct CgroupHierarchy {
    int version = 2;
    std::string mountPoint;               // e.g. "/sys/fs/cgroup/memory", without a final slash
    std::vector<std::string> controllers; // may be empty for the v2 hierarchy of a hybrid machine

    [[nodiscard]] bool has(std::string_view controller) const;
};

class CgroupLayout {
public:
    /// Reads the mount table; Unsupported when no cgroup file system is mounted. Named v1 hierarchies
    /// (name=systemd) belong to the service manager and are left out.
    static Result<CgroupLayout> detect(const std::string& mountInfo = "/proc/self/mountinfo");
    /// The mount point of the hierarchy that a service manager follows its processes by (v1's name=systemd);
    /// empty where there is none.
    [[nodiscard]] const std::string& serviceManager() const { return m_serviceManager; }
    /// For tests: hierarchies anywhere.
    explicit CgroupLayout(std::vector<CgroupHierarchy> hierarchies)
        : m_hierarchies(std::move(hierarchies)) {}

    [[nodiscard]] const std::vector<CgroupHierarchy>& hierarchies() const { return m_hierarchies; }
    /// The hierarchy that holds the controller, or null when the machine lacks it.
    [[nodiscard]] const CgroupHierarchy* find(std::string_view controller) const;
    /// The v2 hierarchy, or null.
    [[nodiscard]] const CgroupHierarchy* unified() const;

private:
    std::vector<CgroupHierarchy> m_hierarchies;
    std::string m_serviceManager;
};

/// "a b c" or "a,b,c" as words.
std::vector<std::string> splitWords(std::string_view text, std::string_view separators = " ,\n");

} // namespace escale
