// Root, mounts, devices, masked and read-only paths: the steps between the namespaces and the process.
#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/runtime/plan/id_mapping.h"
#include "engine/runtime/plan/labels.h"
#include "engine/runtime/plan/old_mounts.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/plan/prepared_mount.h"
#include "engine/runtime/plan/tmpfs_copy.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace escale {

using child::StepKind;
using spec::MountOptions;

namespace {

class FilesystemPlanner {
public:
    FilesystemPlanner(const spec::Spec& spec, const PlanSurroundings& surroundings, Plan& plan)
        : m_spec(spec)
        , m_surroundings(surroundings)
        , m_plan(plan)
        , m_userNamespace(spec.findNamespace(CLONE_NEWUSER) != nullptr) {}

    Result<void> run();

private:
    struct Attachment {
        int slot;
        std::string path;
        std::uint64_t flags;
        bool readonlyAfterwards;
    };

    Result<void> planCopy(const spec::Mount& mount, const MountOptions& options);
    Result<void> planMount(const spec::Mount& mount);
    Result<void> planBind(const spec::Mount& mount, const MountOptions& options);
    Result<void> planCgroup(const spec::Mount& mount, const MountOptions& options);
    void planNew(const std::string& type, const spec::Mount& mount, const MountOptions& options, int slot);
    Result<int> planRoot();
    Result<int> planOldRoot(std::uint64_t propagation);
    // `target`: where in the container it is going to be, if that is one place.
    Result<OldMounts::Bind> bind(const std::string& path, const MountOptions& options,
                                 const std::string& target);
    int addPrepared(UniqueFd mount, MountOrigin origin, MadeNow& step, const std::string& target);
    Result<int> bindSysfs(const std::string& target);
    Result<int> bindDevice(const std::string& path, unsigned major, unsigned minor,
                           const std::string& target);
    void attach(int slot, const std::string& path, std::uint64_t flags = 0) {
        m_attachments.push_back({slot, path, flags, false});
    }
    void planAttachments();
    [[nodiscard]] std::uint64_t rootPropagationFlag() const;
    void planRootPropagation();
    Result<void> planDevices();
    void planDeviceNodes();
    [[nodiscard]] std::vector<spec::Device> devices() const;
    void planLinks();
    Result<void> prepareMasks();
    void planTerminal();
    void planPaths();
    child::Step& addPath(StepKind kind, const std::string& path, const std::string& what);
    void planEntry(int root);
    [[nodiscard]] bool imageKeepsDev() const;

    const spec::Spec& m_spec;
    const PlanSurroundings& m_surroundings;
    Plan& m_plan;
    bool m_userNamespace;
    std::vector<Attachment> m_attachments;
    std::vector<std::pair<std::string, std::string>> m_links; // path → text, after the mounts
    std::optional<OldMounts> m_old;                           // instead of prepared mounts
    int m_nullSlot = -1;
    int m_emptySlot = -1;
};

MountOrigin bindOrigin(const std::string& path, const MountOptions& options) {
    MountOptions bind = options;
    bind.bind = true;
    return {"bind", path, spec::mountOptionText(bind)};
}

const std::vector<spec::Device>& defaultDevices() { // config-linux.md#default-devices
    static const std::vector<spec::Device> devices{
        {"/dev/null", 'c', 1, 3, 0666, 0, 0},    {"/dev/zero", 'c', 1, 5, 0666, 0, 0},
        {"/dev/full", 'c', 1, 7, 0666, 0, 0},    {"/dev/random", 'c', 1, 8, 0666, 0, 0},
        {"/dev/urandom", 'c', 1, 9, 0666, 0, 0}, {"/dev/tty", 'c', 5, 0, 0666, 0, 0}};
    return devices;
}

// A /dev bound from the host has its own devices and links.
bool FilesystemPlanner::imageKeepsDev() const {
    return std::any_of(m_spec.mounts.begin(), m_spec.mounts.end(), [](const spec::Mount& mount) {
        return mount.destination == "/dev" && spec::sortMountOptions(mount.options, mount.type).bind;
    });
}

int FilesystemPlanner::addPrepared(UniqueFd mount, MountOrigin origin, MadeNow& step,
                                   const std::string& target) {
    step.done(
        "mount-prepare",
        {{"type", origin.type}, {"source", origin.source}, {"target", target}, {"options", origin.options}});
    return m_plan.addSlot(std::move(mount), std::move(origin));
}

Result<OldMounts::Bind> FilesystemPlanner::bind(const std::string& path, const MountOptions& options,
                                                const std::string& target) {
    if (m_old)
        return m_old->bind(path, options);
    MadeNow step;
    TRY_ASSIGN(auto prepared, prepareBind(path, options));
    const int slot = addPrepared(std::move(prepared.mount), bindOrigin(path, options), step, target);
    return OldMounts::Bind{slot, prepared.isFolder};
}

Result<int> FilesystemPlanner::bindDevice(const std::string& path, unsigned major, unsigned minor,
                                          const std::string& target) {
    if (m_old)
        return m_old->bindDevice(path, major, minor);
    MadeNow step;
    TRY_ASSIGN(auto prepared, prepareDevice(path, major, minor));
    return addPrepared(std::move(prepared.mount), bindOrigin(path, deviceBind()), step, target);
}

void FilesystemPlanner::planNew(const std::string& type, const spec::Mount& mount,
                                const MountOptions& options, int slot) {
    if (m_old) {
        m_old->addFilesystem(slot, type, mount, options, hasSelinux() ? m_spec.mountLabel : std::string());
        return;
    }
    auto& step =
        m_plan.add(StepKind::MakeFilesystem, "make a " + type + " file system for " + mount.destination);
    step.slot = slot;
    step.text = m_plan.keep(type);
    auto words = options.filesystem;
    // Not for tmpfs: its folders for the mounts below are still to be made.
    if (options.readonlyFilesystem && type != "tmpfs")
        words.emplace_back("ro");
    // devpts takes the tty group by its number. Where that is not mapped, terminals keep their user's group.
    if (type == "devpts")
        std::erase_if(words, [&](const std::string& word) {
            std::uint32_t gid = 0;
            return std::sscanf(word.c_str(), "gid=%u", &gid) == 1 && !m_spec.hostGid(gid);
        });
    // The kernel's own files have labels of their own.
    if (!m_spec.mountLabel.empty() && hasSelinux() && type != "proc" && type != "sysfs")
        words.push_back("context=" + m_spec.mountLabel);
    step.list = m_plan.keepOptions(words, mount.source);
    step.flags = options.attributesSet;
    step.number = options.propagation;
    if (type == "tmpfs")
        step.flags &= ~std::uint64_t(MOUNT_ATTR_RDONLY);
}

// Files of /proc that only tell: lxcfs and its like put the container's own figures there.
bool isProcFigure(const std::string& path) {
    static constexpr std::array<std::string_view, 10> kFigures{"/proc/cpuinfo",
                                                               "/proc/diskstats",
                                                               "/proc/meminfo",
                                                               "/proc/stat",
                                                               "/proc/swaps",
                                                               "/proc/uptime",
                                                               "/proc/loadavg",
                                                               "/proc/slabinfo",
                                                               "/proc/sys/kernel/ns_last_pid",
                                                               "/proc/sys/crypto/fips_enabled"};
    return std::find(kFigures.begin(), kFigures.end(), path) != kFigures.end();
}

Result<void> FilesystemPlanner::planBind(const spec::Mount& mount, const MountOptions& options) {
    const bool idmapped = options.idmap || !mount.uidMappings.empty();
    if (m_old && idmapped)
        return OldMounts::refuseIdmap(mount.destination);
    TRY_ASSIGN(const auto bound, bind(mount.source, options, mount.destination));
    const bool ownMappings = !mount.uidMappings.empty() && (mount.uidMappings != m_spec.uidMappings ||
                                                            mount.gidMappings != m_spec.gidMappings);
    if (ownMappings) {
        TRY_ASSIGN(const auto mapping, makeUserNamespace(mount.uidMappings, mount.gidMappings));
        MadeNow step;
        TRY(idmapMount(m_plan.slot(bound.slot), mapping.get(), options.recursiveIdmap));
        step.done("mount-idmap", {{"target", mount.destination},
                                  {"map", idMapWords(mount.uidMappings)},
                                  {"group-map", idMapWords(mount.gidMappings)}});
    }
    if (idmapped && !ownMappings)
        m_plan.addIdmapped(bound.slot); // once the container's namespace is there
    std::uint64_t flags = bound.isFolder ? 0 : child::kAttachFile;
    if (!bound.isFolder && isProcFigure(mount.destination))
        flags |= child::kAttachInProc;
    attach(bound.slot, mount.destination, flags);
    return {};
}

// v2: the container's own cgroup is the root of the file system. v1: a tmpfs with one folder a hierarchy, as
// on the host, each the container's own cgroup. Bound by the parent, so that it works the same with every
// namespace mixture.
Result<void> FilesystemPlanner::planCgroup(const spec::Mount& mount, const MountOptions& options) {
    MountOptions bound = options;
    bound.bind = true;
    const auto& hierarchies = m_surroundings.layout.hierarchies();
    if (hierarchies.size() == 1 && hierarchies.front().version == 2) {
        TRY_ASSIGN(const auto own,
                   bind(m_surroundings.cgroup.directory(hierarchies.front()), bound, mount.destination));
        attach(own.slot, mount.destination);
        return {};
    }
    bound.attributesSet |= MOUNT_ATTR_RDONLY; // a v1 hierarchy is never safe to delegate (cgroup-v2.rst, R-3)
    const int folder = m_plan.addSlot();
    MountOptions tmpfs = options;
    tmpfs.filesystem = {"mode=755"};
    planNew("tmpfs", mount, tmpfs, folder);
    m_attachments.push_back({folder, mount.destination, 0, true});
    for (const auto& hierarchy : hierarchies) {
        const auto name = hierarchy.mountPoint.substr(hierarchy.mountPoint.rfind('/') + 1);
        const auto target = mount.destination + "/" + name;
        TRY_ASSIGN(const auto own, bind(m_surroundings.cgroup.directory(hierarchy), bound, target));
        attach(own.slot, target);
        for (const auto& controller : hierarchy.controllers) {
            if (hierarchy.version == 1 && controller != name)
                m_links.emplace_back(mount.destination + "/" + controller, name);
        }
    }
    return {};
}

Result<void> FilesystemPlanner::planCopy(const spec::Mount& mount, const MountOptions& options) {
    if (m_old)
        return OldMounts::refuseCopy(mount.destination);
    MadeNow step;
    TRY_ASSIGN(auto tmpfs, makeTmpfsCopy(m_spec.rootPath, mount.destination, options));
    const MountOrigin origin{"tmpfs", "tmpfs", spec::mountOptionText(options)};
    m_attachments.push_back({addPrepared(std::move(tmpfs), origin, step, mount.destination),
                             mount.destination, 0, options.readonlyFilesystem});
    return {};
}

Result<int> FilesystemPlanner::bindSysfs(const std::string& target) {
    if (m_old)
        return m_old->bindReadonly("/sys", m_userNamespace);
    TRY_ASSIGN(const auto bound, bind("/sys", readonlyBind(), target));
    return bound.slot;
}

Result<void> FilesystemPlanner::planMount(const spec::Mount& mount) {
    const auto options = spec::sortMountOptions(mount.options, mount.type);
    if (options.bind)
        return planBind(mount, options);
    if (mount.type == "cgroup" || mount.type == "cgroup2")
        return planCgroup(mount, options);
    // A network namespace of another owner, or a partly hidden /sys of the host, makes the kernel refuse a
    // new sysfs: the host's, read-only, is what is left. Mounts below it (the host's cgroups) stay out.
    int slot = -1;
    if (mount.type == "sysfs" && (m_userNamespace || !m_spec.makesNamespace(CLONE_NEWNET))) {
        TRY_ASSIGN(slot, bindSysfs(mount.destination));
    }
    if (options.copyUp)
        return planCopy(mount, options);
    if (slot < 0)
        slot = m_plan.addSlot();
    planNew(mount.type, mount, options, slot);
    const bool mustBeReal = mount.type == "proc" || mount.type == "sysfs";
    m_attachments.push_back({slot, mount.destination,
                             mustBeReal ? std::uint64_t(child::kAttachNoSymlinks) : 0,
                             mount.type == "tmpfs" && options.readonlyFilesystem});
    return {};
}

Result<int> FilesystemPlanner::planRoot() {
    MountOptions options;
    options.bind = true;
    options.recursive = true;
    // A peer of the host's mount, or a slave of it, when it is to be shared or a slave; pivot_root(2) wants
    // no shared one, so that comes last (planRootPropagation).
    options.propagation =
        rootPropagationFlag() == MS_SLAVE || rootPropagationFlag() == MS_SHARED ? MS_SLAVE : MS_PRIVATE;
    struct stat info {};
    if (::lstat(m_spec.rootPath.c_str(), &info) != 0)
        return failErrno("cannot open the container's root " + m_spec.rootPath);
    if (!S_ISDIR(info.st_mode))
        return fail(ErrorCode::InvalidArgument, "the container's root " + m_spec.rootPath + " is no folder");
    MadeNow step;
    auto prepared = prepareBind(m_spec.rootPath, options);
    if (!prepared && OldMounts::areNeeded())
        return planOldRoot(options.propagation);
    if (!prepared)
        return fail(prepared.error());
    return addPrepared(std::move(prepared->mount), bindOrigin(m_spec.rootPath, options), step, "/");
}

Result<int> FilesystemPlanner::planOldRoot(std::uint64_t propagation) {
    m_old.emplace(m_plan);
    const int slot = m_plan.addSlot();
    TRY(m_old->begin(m_spec.rootPath, slot, propagation));
    return slot;
}

std::uint64_t FilesystemPlanner::rootPropagationFlag() const {
    return spec::sortMountOptions({m_spec.rootfsPropagation}, "").propagation;
}

void FilesystemPlanner::planRootPropagation() {
    const auto flag = rootPropagationFlag();
    if (flag != MS_SHARED && flag != MS_UNBINDABLE)
        return;
    auto& step = m_plan.add(StepKind::RootPropagation, "make the root " + m_spec.rootfsPropagation);
    step.number = flag;
    step.flags = m_spec.rootfsPropagation.front() == 'r' ? unsigned(AT_RECURSIVE) : 0U;
}

void FilesystemPlanner::planAttachments() {
    for (const auto& attachment : m_attachments) {
        auto& step = m_plan.add(StepKind::AttachMount, "mount on " + attachment.path + " in the container");
        step.slot = attachment.slot;
        step.path = m_plan.keep(attachment.path);
        step.flags = attachment.flags;
        if (m_old)
            m_old->describe(step, attachment.slot);
    }
}

std::vector<spec::Device> FilesystemPlanner::devices() const {
    if (imageKeepsDev())
        return {};
    auto all = defaultDevices();
    for (const auto& device : m_spec.devices) { // engines repeat the default ones here
        if (std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.path == device.path; }))
            all.push_back(device);
    }
    return all;
}

// In a user namespace mknod(2) is refused: devices are bound from the host.
Result<void> FilesystemPlanner::planDevices() {
    if (!m_userNamespace)
        return {};
    for (const auto& device : devices()) {
        if (device.type == 'p')
            continue;
        TRY_ASSIGN(const int slot, bindDevice(device.path, static_cast<unsigned>(device.major),
                                              static_cast<unsigned>(device.minor), device.path));
        attach(slot, device.path, child::kAttachFile);
    }
    return {};
}

void FilesystemPlanner::planDeviceNodes() {
    for (const auto& device : devices()) {
        if (m_userNamespace && device.type != 'p')
            continue;
        auto& step = m_plan.add(StepKind::MakeDevice, "make the device " + device.path);
        step.path = m_plan.keep(device.path);
        step.number = ::makedev(static_cast<unsigned>(device.major), static_cast<unsigned>(device.minor));
        step.mode = device.fileMode | (device.type == 'b' ? S_IFBLK : device.type == 'p' ? S_IFIFO : S_IFCHR);
        step.uid = device.uid;
        step.gid = device.gid;
    }
}

void FilesystemPlanner::planLinks() {
    if (!imageKeepsDev()) {
        for (const auto& [path, text] :
             std::initializer_list<std::pair<const char*, const char*>>{{"/dev/fd", "/proc/self/fd"},
                                                                        {"/dev/stdin", "/proc/self/fd/0"},
                                                                        {"/dev/stdout", "/proc/self/fd/1"},
                                                                        {"/dev/stderr", "/proc/self/fd/2"},
                                                                        {"/dev/ptmx", "pts/ptmx"}})
            m_links.emplace_back(path, text);
    }
    for (const auto& [path, text] : m_links) {
        auto& step = m_plan.add(StepKind::MakeLink, "make the link " + path);
        step.path = m_plan.keep(path);
        step.text = m_plan.keep(text);
    }
    for (const auto& attachment : m_attachments) {
        if (attachment.readonlyAfterwards)
            m_plan.add(StepKind::ReadonlyMount, "make " + attachment.path + " read-only").slot =
                attachment.slot;
    }
}

// Before the paths are masked and the root is read-only: /dev/console may have to be made.
void FilesystemPlanner::planTerminal() {
    if (m_surroundings.console < 0)
        return;
    addTerminal(m_spec.process, m_surroundings.console, m_plan).flags = child::kBindConsole;
}

Result<void> FilesystemPlanner::prepareMasks() {
    if (m_spec.maskedPaths.empty())
        return {};
    TRY_ASSIGN(m_nullSlot, bindDevice("/dev/null", 1, 3, {}));
    m_emptySlot = m_plan.addSlot();
    if (m_old) {
        m_old->addEmptyFolder(m_emptySlot);
        return {};
    }
    auto& step = m_plan.add(StepKind::MakeFilesystem, "make the empty folder for masked paths");
    step.slot = m_emptySlot;
    step.text = "tmpfs";
    step.list = m_plan.keepOptions({"mode=555", "size=4k", "ro"}, "tmpfs");
    step.flags = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    return {};
}

// Only for the kernel's own file systems: no link of theirs leads to the container's root.
child::Step& FilesystemPlanner::addPath(StepKind kind, const std::string& path, const std::string& what) {
    auto& step = m_plan.add(kind, what);
    const auto isAbove = [&](const Attachment& one) { return path.starts_with(one.path + "/"); };
    const auto last = std::find_if(m_attachments.rbegin(), m_attachments.rend(), isAbove);
    const bool isKernels = last != m_attachments.rend() && (last->flags & child::kAttachNoSymlinks) != 0;
    if (isKernels && path.find("/..") == std::string::npos)
        step.base = last->slot;
    step.path = m_plan.keep(step.base < 0 ? path : path.substr(last->path.size()));
    return step;
}

void FilesystemPlanner::planPaths() {
    for (const auto& path : m_spec.readonlyPaths)
        addPath(StepKind::ReadonlyPath, path, "make " + path + " read-only");
    for (const auto& path : m_spec.maskedPaths) {
        auto& step = addPath(StepKind::MaskPath, path, "mask " + path);
        step.slot = m_nullSlot;
        step.slot2 = m_emptySlot;
        if (m_old)
            m_old->describe(step, m_emptySlot);
    }
}

void FilesystemPlanner::planEntry(int root) {
    auto& enter = m_plan.add(StepKind::EnterRoot, "change the root to " + m_spec.rootPath);
    enter.slot = root;
    enter.flags = m_surroundings.noPivot ? child::kNoPivot : 0;
}

Result<void> FilesystemPlanner::run() {
    TRY_ASSIGN(const int root, planRoot());
    if (!m_old)
        m_plan.add(StepKind::PrivateMounts, "separate the mounts from the host's");
    // New file systems are made while the host's /proc and /sys are still in sight: the kernel asks for it in
    // a user namespace. They are attached when the host's tree is gone, so that no path can lead there.
    for (const auto& mount : m_spec.mounts)
        TRY(planMount(mount));
    TRY(prepareMasks());
    TRY(planDevices());
    const bool hooked = !m_spec.hooks.createContainer.empty();
    const bool staged = m_old || hooked; // the old way needs the host's /proc until all is in place
    if (hooked && !m_old) { // those hooks run on the host's tree, when the container's mounts are there
        auto& stage = m_plan.add(StepKind::StageRoot, "attach the root at " + m_spec.rootPath);
        stage.slot = root;
        stage.path = m_plan.keep(m_spec.rootPath);
    } else if (!staged) {
        planEntry(root);
    }
    planAttachments();
    planDeviceNodes();
    planLinks();
    planTerminal();
    planPaths();
    if (hooked)
        planHooks(m_spec.hooks.createContainer, m_surroundings.hookState, ::environ,
                  m_surroundings.bundle.c_str(), m_plan);
    if (staged)
        planEntry(root);
    if (m_spec.process.cwd != "/")
        m_plan.add(StepKind::MakeDirectory, "make the working directory " + m_spec.process.cwd).path =
            m_plan.keep(m_spec.process.cwd);
    planRootPropagation();
    if (m_spec.rootReadonly)
        m_plan.add(StepKind::ReadonlyRoot, "make the root read-only");
    return {};
}

} // namespace

Result<void> planFilesystems(const spec::Spec& spec, const PlanSurroundings& surroundings, Plan& plan) {
    return FilesystemPlanner(spec, surroundings, plan).run();
}

} // namespace escale
