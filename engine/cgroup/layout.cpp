#include "engine/cgroup/layout.h"

#include "engine/base/file.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

// The super-block options of a v1 mount hold its controllers among other words.
constexpr std::array<std::string_view, 13> kControllers{
    "cpu",  "cpuacct", "cpuset",  "memory",  "devices",  "freezer",   "blkio",
    "pids", "rdma",    "hugetlb", "net_cls", "net_prio", "perf_event"};

std::string_view nextField(std::string_view& line, std::string_view separator = " ") {
    const auto end = line.find(separator);
    const auto field = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + separator.size());
    return field;
}

// One line of proc(5)'s mountinfo → a hierarchy, when it is one.
void addLine(std::string_view line, std::vector<CgroupHierarchy>& hierarchies, std::string& serviceManager) {
    std::string_view left = line;
    std::string_view mount = nextField(left, " - ");
    nextField(mount); // mount id
    nextField(mount); // parent id
    nextField(mount); // device
    const auto root = nextField(mount);
    const auto mountPoint = nextField(mount);
    const auto type = nextField(left);
    nextField(left); // source
    if (root != "/" || (type != "cgroup" && type != "cgroup2"))
        return;
    CgroupHierarchy hierarchy{type == "cgroup2" ? 2 : 1, std::string(mountPoint), {}};
    if (hierarchy.version == 2) {
        if (const auto names = readFile(hierarchy.mountPoint + "/cgroup.controllers"))
            hierarchy.controllers = splitWords(*names);
    } else {
        for (auto& word : splitWords(left)) {
            if (std::find(kControllers.begin(), kControllers.end(), word) != kControllers.end())
                hierarchy.controllers.push_back(std::move(word));
        }
        if (hierarchy.controllers.empty()) { // a named hierarchy
            if (left.find("name=systemd") != std::string_view::npos)
                serviceManager = hierarchy.mountPoint;
            return;
        }
    }
    // The same hierarchy may be mounted twice; the first one serves.
    const bool known = std::any_of(hierarchies.begin(), hierarchies.end(), [&](const CgroupHierarchy& other) {
        return other.version == hierarchy.version &&
               (hierarchy.version == 2 || other.has(hierarchy.controllers.front()));
    });
    if (!known)
        hierarchies.push_back(std::move(hierarchy));
}

} // namespace

std::vector<std::string> splitWords(std::string_view text, std::string_view separators) {
    std::vector<std::string> words;
    while (true) {
        const auto start = text.find_first_not_of(separators);
        if (start == std::string_view::npos)
            return words;
        text.remove_prefix(start);
        const auto end = text.find_first_of(separators);
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end, text.size()));
    }
}

bool CgroupHierarchy::has(std::string_view controller) const {
    return std::find(controllers.begin(), controllers.end(), controller) != controllers.end();
}

Result<CgroupLayout> CgroupLayout::detect(const std::string& mountInfo) {
    TRY_ASSIGN(const std::string table, readFile(mountInfo));
    std::vector<CgroupHierarchy> hierarchies;
    std::string serviceManager;
    std::string_view left = table;
    while (!left.empty())
        addLine(nextField(left, "\n"), hierarchies, serviceManager);
    if (hierarchies.empty())
        return fail(ErrorCode::Unsupported, "no cgroup file system is mounted on this machine",
                    "Mount cgroup v2 on /sys/fs/cgroup, or the v1 controllers below it");
    CgroupLayout layout(std::move(hierarchies));
    layout.m_serviceManager = std::move(serviceManager);
    return layout;
}

const CgroupHierarchy* CgroupLayout::find(std::string_view controller) const {
    for (const auto& hierarchy : m_hierarchies) {
        if (hierarchy.has(controller))
            return &hierarchy;
    }
    return nullptr;
}

const CgroupHierarchy* CgroupLayout::unified() const {
    for (const auto& hierarchy : m_hierarchies) {
        if (hierarchy.version == 2)
            return &hierarchy;
    }
    return nullptr;
}

} // namespace escale
