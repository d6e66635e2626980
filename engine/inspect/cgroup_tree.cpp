#include "engine/inspect/cgroup_tree.h"

#include "engine/base/file.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLongestValue = 4096;
constexpr std::size_t kMostNodes = 200;
constexpr int kDeepest = 64;

/// A file that is shown where it is there; `isTotal`: of cgroups above as well.
struct Shown {
    const char* controller;
    const char* file;
    bool isTotal = false;
};

// By controller: limits, then use. What a kernel lacks, or a controller that is not handed down, is left out.
constexpr Shown kVersion1[] = {
    {"cpu", "cpu.shares", true},
    {"cpu", "cpu.cfs_quota_us", true},
    {"cpu", "cpu.cfs_period_us", true},
    {"cpu", "cpu.cfs_burst_us"},
    {"cpu", "cpu.rt_runtime_us"},
    {"cpu", "cpu.rt_period_us"},
    {"cpu", "cpu.idle"},
    {"cpu", "cpu.stat", true},
    {"cpuacct", "cpuacct.usage", true},
    {"cpuacct", "cpuacct.usage_percpu"},
    {"cpuacct", "cpuacct.stat"},
    {"cpuset", "cpuset.cpus", true},
    {"cpuset", "cpuset.mems", true},
    {"cpuset", "cpuset.effective_cpus", true},
    {"cpuset", "cpuset.effective_mems", true},
    {"cpuset", "cpuset.cpu_exclusive"},
    {"memory", "memory.limit_in_bytes", true},
    {"memory", "memory.soft_limit_in_bytes", true},
    {"memory", "memory.memsw.limit_in_bytes", true},
    {"memory", "memory.kmem.limit_in_bytes"},
    {"memory", "memory.kmem.tcp.limit_in_bytes"},
    {"memory", "memory.swappiness"},
    {"memory", "memory.use_hierarchy"},
    {"memory", "memory.oom_control", true},
    {"memory", "memory.usage_in_bytes", true},
    {"memory", "memory.max_usage_in_bytes", true},
    {"memory", "memory.failcnt", true},
    {"memory", "memory.memsw.usage_in_bytes", true},
    {"memory", "memory.memsw.max_usage_in_bytes"},
    {"memory", "memory.memsw.failcnt"},
    {"memory", "memory.kmem.usage_in_bytes"},
    {"memory", "memory.kmem.tcp.usage_in_bytes"},
    {"memory", "memory.stat"},
    {"blkio", "blkio.weight", true},
    {"blkio", "blkio.weight_device"},
    {"blkio", "blkio.bfq.weight", true},
    {"blkio", "blkio.throttle.read_bps_device", true},
    {"blkio", "blkio.throttle.write_bps_device", true},
    {"blkio", "blkio.throttle.read_iops_device", true},
    {"blkio", "blkio.throttle.write_iops_device", true},
    {"blkio", "blkio.throttle.io_service_bytes"},
    {"blkio", "blkio.throttle.io_service_bytes_recursive", true},
    {"blkio", "blkio.throttle.io_serviced"},
    {"blkio", "blkio.throttle.io_serviced_recursive", true},
    {"pids", "pids.max", true},
    {"pids", "pids.current", true},
    {"pids", "pids.events"},
    {"freezer", "freezer.state"},
    {"freezer", "freezer.self_freezing"},
    {"freezer", "freezer.parent_freezing"},
    {"devices", "devices.list"},
    {"hugetlb", "hugetlb.2MB.limit_in_bytes"},
    {"hugetlb", "hugetlb.2MB.usage_in_bytes"},
    {"net_cls", "net_cls.classid"},
    {"net_prio", "net_prio.ifpriomap"},
    {"rdma", "rdma.max"},
    {"rdma", "rdma.current"},
};
constexpr Shown kVersion2[] = {
    {"cgroup", "cgroup.type"},
    {"cgroup", "cgroup.controllers", true},
    {"cgroup", "cgroup.subtree_control", true},
    {"cgroup", "cgroup.max.depth", true},
    {"cgroup", "cgroup.max.descendants", true},
    {"cgroup", "cgroup.freeze"},
    {"cgroup", "cgroup.events"},
    {"cgroup", "cgroup.stat"},
    {"cpu", "cpu.max", true},
    {"cpu", "cpu.max.burst"},
    {"cpu", "cpu.weight", true},
    {"cpu", "cpu.weight.nice"},
    {"cpu", "cpu.idle"},
    {"cpu", "cpu.uclamp.min"},
    {"cpu", "cpu.uclamp.max"},
    {"cpu", "cpu.stat", true},
    {"cpu", "cpu.pressure", true},
    {"cpuset", "cpuset.cpus", true},
    {"cpuset", "cpuset.mems", true},
    {"cpuset", "cpuset.cpus.partition"},
    {"cpuset", "cpuset.cpus.effective", true},
    {"cpuset", "cpuset.mems.effective", true},
    {"memory", "memory.min", true},
    {"memory", "memory.low", true},
    {"memory", "memory.high", true},
    {"memory", "memory.max", true},
    {"memory", "memory.swap.high"},
    {"memory", "memory.swap.max", true},
    {"memory", "memory.zswap.max"},
    {"memory", "memory.oom.group"},
    {"memory", "memory.current", true},
    {"memory", "memory.peak", true},
    {"memory", "memory.swap.current", true},
    {"memory", "memory.swap.peak"},
    {"memory", "memory.zswap.current"},
    {"memory", "memory.events", true},
    {"memory", "memory.events.local"},
    {"memory", "memory.swap.events"},
    {"memory", "memory.stat"},
    {"memory", "memory.pressure", true},
    {"io", "io.weight", true},
    {"io", "io.bfq.weight", true},
    {"io", "io.max", true},
    {"io", "io.latency"},
    {"io", "io.stat", true},
    {"io", "io.pressure", true},
    {"pids", "pids.max", true},
    {"pids", "pids.current", true},
    {"pids", "pids.peak"},
    {"pids", "pids.events"},
    {"hugetlb", "hugetlb.2MB.max"},
    {"hugetlb", "hugetlb.2MB.current"},
    {"rdma", "rdma.max"},
    {"rdma", "rdma.current"},
    {"misc", "misc.max"},
    {"misc", "misc.current"},
};

/// The cgroup's folder in one hierarchy.
struct OpenFolder {
    const CgroupHierarchy* hierarchy;
    UniqueFd fd;
};
using OpenFolders = std::vector<OpenFolder>;

/// At most kLongestValue, whole lines. Nothing: not there, or it cannot be read (pressure may be switched
/// off).
std::optional<std::string> valueOf(int folder, const char* name) {
    const UniqueFd file(::openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return std::nullopt;
    std::string text(kLongestValue + 1, '\0'); // one more shows that there is more
    std::size_t size = 0;
    for (ssize_t got = 1; got > 0 && size < text.size(); size += static_cast<std::size_t>(got)) {
        got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0)
            return std::nullopt;
    }
    const bool isCut = size > kLongestValue;
    text.resize(std::min(size, kLongestValue));
    if (isCut || text.ends_with('\n'))
        text.resize(std::min(text.size(), text.rfind('\n')));
    return text;
}

/// At most as many as are shown: a container may make any number of them.
std::vector<std::string> foldersIn(int folder) {
    std::vector<std::string> names;
    UniqueFd own(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(own ? ::fdopendir(own.get()) : nullptr, ::closedir);
    if (!stream)
        return names; // it has just gone
    (void)own.release();
    while (const dirent* entry = names.size() < kMostNodes ? ::readdir(stream.get()) : nullptr) {
        const std::string_view name = entry->d_name;
        if (entry->d_type == DT_DIR && name != "." && name != "..")
            names.emplace_back(name);
    }
    return names;
}

/// Lines of cgroup.procs; of a threaded cgroup it cannot be read.
std::uint32_t processesIn(int folder) {
    const UniqueFd file(::openat(folder, "cgroup.procs", O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return 0;
    const std::string text = readFd(file.get()).value_or("");
    return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Below each mount point; hierarchies without it are left out.
OpenFolders openFolders(const CgroupLayout& layout, const std::string& path) {
    OpenFolders folders;
    const std::string inside = path.substr(std::min(path.size(), path.find_first_not_of('/')));
    for (const CgroupHierarchy& hierarchy : layout.hierarchies()) {
        const auto top = openFile(hierarchy.mountPoint, O_RDONLY | O_DIRECTORY);
        if (!top)
            continue;
        if (auto folder = openBeneath(top->get(), inside, O_RDONLY | O_DIRECTORY))
            folders.push_back({&hierarchy, *std::move(folder)});
    }
    return folders;
}

class CgroupWalk {
public:
    /// False when no hierarchy has it.
    bool add(const OpenFolders& folders, const std::string& path, CgroupNode::Relation relation);
    void addBelow(const OpenFolders& folders, const std::string& path, int depth);
    std::vector<CgroupNode> take() { return std::move(m_nodes); }

private:
    static void addFiles(const OpenFolders& folders, std::span<const Shown> shown, int version,
                         CgroupNode& node);
    std::vector<CgroupNode> m_nodes;
};

void CgroupWalk::addFiles(const OpenFolders& folders, std::span<const Shown> shown, int version,
                          CgroupNode& node) {
    for (const Shown& each : shown) {
        if (node.relation == CgroupNode::Relation::Above && !each.isTotal)
            continue;
        for (const OpenFolder& folder : folders) {
            if (folder.hierarchy->version != version ||
                (version == 1 && !folder.hierarchy->has(each.controller)))
                continue;
            if (auto value = valueOf(folder.fd.get(), each.file))
                node.files.push_back({each.controller, each.file, *std::move(value), version});
        }
    }
}

bool CgroupWalk::add(const OpenFolders& folders, const std::string& path, CgroupNode::Relation relation) {
    if (folders.empty())
        return false;
    CgroupNode node;
    node.path = path;
    node.relation = relation;
    // A process is in one cgroup of each hierarchy; the one that counts most knows them all.
    for (const OpenFolder& folder : folders)
        node.processes = std::max(node.processes, processesIn(folder.fd.get()));
    addFiles(folders, kVersion2, 2, node);
    addFiles(folders, kVersion1, 1, node);
    m_nodes.push_back(std::move(node));
    return true;
}

void CgroupWalk::addBelow(const OpenFolders& folders, const std::string& path, int depth) {
    if (depth > kDeepest)
        return;
    std::set<std::string> names; // those that a container makes need not be in every hierarchy
    for (const OpenFolder& folder : folders) {
        for (std::string& name : foldersIn(folder.fd.get()))
            names.insert(std::move(name));
    }
    // One after the other: this process has no descriptors to spare for all that a container may make.
    for (const std::string& name : names) {
        if (m_nodes.size() >= kMostNodes)
            return;
        OpenFolders inner;
        for (const OpenFolder& folder : folders) {
            if (auto opened = openBeneath(folder.fd.get(), name, O_RDONLY | O_DIRECTORY))
                inner.push_back({folder.hierarchy, *std::move(opened)});
        }
        const std::string below = path + '/' + name;
        if (add(inner, below, CgroupNode::Relation::Below))
            addBelow(inner, below, depth + 1);
    }
}

} // namespace

Result<std::vector<CgroupNode>> readCgroupTree(const CgroupLayout& layout, const std::string& path) {
    CgroupWalk walk;
    for (auto slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string above = path.substr(0, slash);
        (void)walk.add(openFolders(layout, above), above, CgroupNode::Relation::Above);
    }
    const OpenFolders own = openFolders(layout, path);
    if (!walk.add(own, path, CgroupNode::Relation::Itself))
        return fail(ErrorCode::NotFound, "the cgroup " + path + " is not there any more");
    walk.addBelow(own, path, 0);
    return walk.take();
}

} // namespace escale
