#include "engine/cgroup/cgroup.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/revert.h"
#include "engine/base/syscalls.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <thread>

namespace escale {
namespace {

constexpr const char* kMark = "trusted.escale";
// The parent of all containers that name no cgroup of their own. It stays when the last one is gone: making
// and removing it again in every hierarchy would double what a container's cgroups cost.
constexpr std::string_view kSharedParent = "/escale";

bool isOurs(const std::string& directory) {
    return ::getxattr(directory.c_str(), kMark, nullptr, 0) >= 0;
}

std::string parentOf(const std::string& path) {
    return path.substr(0, path.rfind('/'));
}

Result<void> markExisting(const std::string& directory) {
    if (::setxattr(directory.c_str(), kMark, "1", 1, 0) == 0)
        return {};
    return failErrno("cannot mark the cgroup " + directory);
}

Result<void> mark(const std::string& directory) {
    auto marked = markExisting(directory);
    if (!marked)
        ::rmdir(directory.c_str());
    return marked;
}

Result<void> writeTold(const std::string& file, const std::string& value) {
    MadeNow step;
    TRY(writeExisting(file, value));
    step.done("cgroup-write", {{"file", file}, {"value", value.substr(0, value.find('\n'))}});
    return {};
}

void tellCreated(MadeNow& step, const CgroupHierarchy& hierarchy, const std::string& path) {
    step.done("cgroup-create", {{"path", path}, {"hierarchy", hierarchy.mountPoint}});
}

// A new v1 cpuset is empty, and no process can enter an empty one: take what the parent has.
Result<void> inheritCpuset(const CgroupHierarchy& hierarchy, const std::string& directory) {
    if (hierarchy.version != 1 || !hierarchy.has("cpuset"))
        return {};
    const std::string parent = parentOf(directory);
    for (const char* file : {"/cpuset.cpus", "/cpuset.mems"}) {
        TRY_ASSIGN(std::string value, readFile(parent + file));
        // Empty: another process made it a moment ago, and has not come to this step yet, or not to the mark.
        for (int attempt = 0; attempt < 50 && splitWords(value).empty(); ++attempt) {
            if (isOurs(parent))
                TRY(inheritCpuset(hierarchy, parent));
            else
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            TRY_ASSIGN(value, readFile(parent + file));
        }
        TRY(writeTold(directory + file, value));
    }
    return {};
}

// v2: a controller works in a cgroup only when its parent hands it down.
void handDownControllers(const CgroupHierarchy& hierarchy, const std::string& directory) {
    if (hierarchy.version != 2 || hierarchy.controllers.empty())
        return;
    const auto available = readFile(directory + "/cgroup.controllers");
    const auto enabled = readFile(directory + "/cgroup.subtree_control");
    if (!available || !enabled)
        return;
    const auto already = splitWords(*enabled);
    for (const auto& name : splitWords(*available)) {
        static constexpr std::array<std::string_view, 8> kWanted{"cpu",  "cpuset",  "io",   "memory",
                                                                 "pids", "hugetlb", "rdma", "misc"};
        if (std::find(kWanted.begin(), kWanted.end(), name) == kWanted.end() ||
            std::find(already.begin(), already.end(), name) != already.end())
            continue;
        // One that the kernel refuses shows when a limit is written: its file is missing then, and that is an
        // error.
        if (const auto written = writeTold(directory + "/cgroup.subtree_control", "+" + name); !written)
            continue;
    }
}

Result<void> makeParents(const CgroupHierarchy& hierarchy, const std::string& path) {
    handDownControllers(hierarchy, hierarchy.mountPoint);
    for (auto slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string directory = hierarchy.mountPoint + path.substr(0, slash);
        MadeNow step;
        if (::mkdir(directory.c_str(), 0755) == 0) {
            TRY(mark(directory));
            tellCreated(step, hierarchy, path.substr(0, slash));
            TRY(inheritCpuset(hierarchy, directory));
        } else if (errno != EEXIST) {
            return failErrno("cannot make the cgroup " + directory);
        }
        if (isOurs(directory))
            handDownControllers(hierarchy, directory);
    }
    return {};
}

Result<void> makeOne(const CgroupHierarchy& hierarchy, const std::string& path) {
    const std::string directory = hierarchy.mountPoint + path;
    // Parents are there mostly. Another container's end may remove one between our two steps: make it again.
    bool hasParents = path.find('/', 1) != std::string::npos && isOurs(parentOf(directory));
    for (int attempt = 0;; ++attempt) {
        if (!hasParents)
            TRY(makeParents(hierarchy, path));
        MadeNow step;
        if (::mkdir(directory.c_str(), 0755) == 0) {
            tellCreated(step, hierarchy, path);
            break;
        }
        if (errno != ENOENT || attempt == 20)
            return failErrno("cannot make the cgroup " + directory);
        hasParents = false;
    }
    TRY(mark(directory));
    auto ready = inheritCpuset(hierarchy, directory);
    if (!ready)
        ::rmdir(directory.c_str());
    return ready;
}

// rmdir of the tree, children first. A control file is no folder and goes with its folder.
Result<void> removeFolder(const std::string& directory) {
    const auto names = listDirectory(directory);
    if (!names) // systemd may have been faster
        return exists(directory) ? Result<void>(fail(names.error())) : Result<void>();
    for (const auto& name : *names) {
        struct stat info {};
        const std::string child = directory + "/" + name;
        if (::lstat(child.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
            TRY(removeFolder(child));
    }
    // A process that has just died may hold its cgroup for a moment.
    for (int attempt = 0; ::rmdir(directory.c_str()) != 0; ++attempt) {
        if (errno == ENOENT)
            break;
        if (errno != EBUSY || attempt == 400)
            return failErrno("cannot remove the cgroup " + directory);
        std::this_thread::sleep_for(std::chrono::milliseconds(attempt < 20 ? 1 : 10));
    }
    return {};
}

Result<void> removeOne(const CgroupHierarchy& hierarchy, const std::string& path) {
    const std::string directory = hierarchy.mountPoint + path;
    if (!isOurs(directory)) {
        if (!exists(directory))
            return {};
        return fail(ErrorCode::WrongState,
                    "the cgroup " + directory + " was not made by Escale; it is left alone");
    }
    if (::rmdir(directory.c_str()) != 0)
        TRY(removeFolder(directory));
    for (std::string parent = parentOf(path); !parent.empty() && parent != kSharedParent;
         parent = parentOf(parent)) {
        // Busy means that another container lives there.
        const std::string folder = hierarchy.mountPoint + parent;
        if (!isOurs(folder) || ::rmdir(folder.c_str()) != 0)
            break;
    }
    return {};
}

Result<std::uint64_t> readCounter(const std::string& file, std::string_view name) {
    TRY_ASSIGN(const std::string text, readFile(file));
    const auto words = splitWords(text);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        if (words[i] != name)
            continue;
        std::uint64_t value = 0;
        std::from_chars(words[i + 1].data(), words[i + 1].data() + words[i + 1].size(), value);
        return value;
    }
    return 0;
}

// A cgroup's folder has two links, and one more for each cgroup below.
bool hasFolders(const std::string& directory) {
    struct stat info {};
    return ::stat(directory.c_str(), &info) == 0 && info.st_nlink != 2;
}

// A cgroup that goes meanwhile holds nobody.
Result<void> addProcesses(const std::string& directory, std::vector<pid_t>& pids) {
    const auto text = readFile(directory + "/cgroup.procs");
    if (!text)
        return exists(directory) ? Result<void>(fail(text.error())) : Result<void>();
    for (const auto& word : splitWords(*text)) {
        pid_t pid = 0;
        std::from_chars(word.data(), word.data() + word.size(), pid);
        if (pid > 0) // 0: a process of a pid namespace that we do not see
            pids.push_back(pid);
    }
    if (!hasFolders(directory))
        return {};
    for (const auto& name : listDirectory(directory).value_or(std::vector<std::string>())) {
        struct stat info {};
        const std::string below = directory + "/" + name;
        if (::lstat(below.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
            TRY(addProcesses(below, pids));
    }
    return {};
}

} // namespace

Result<void> validateCgroupPath(const std::string& path) {
    if (path.size() < 2 || path.front() != '/' || path.back() == '/')
        return fail(ErrorCode::InvalidArgument, "\"" + path + "\" is no cgroup path",
                    "Write it like /escale/NAME");
    for (const auto& part : splitWords(path, "/")) {
        if (part == "." || part == "..")
            return fail(ErrorCode::InvalidArgument, "the cgroup path \"" + path + "\" must not hold " + part);
    }
    if (path.find("//") != std::string::npos || path.find('\n') != std::string::npos)
        return fail(ErrorCode::InvalidArgument,
                    "the cgroup path \"" + path + "\" has an empty part or a line break");
    return {};
}

Result<Cgroup> Cgroup::create(const CgroupLayout& layout, const std::string& path) {
    TRY(validateCgroupPath(path));
    Revert revert;
    for (const auto& hierarchy : layout.hierarchies()) {
        if (auto made = makeOne(hierarchy, path); !made)
            return fail(revert.undo(std::move(made).error()));
        revert.add([&hierarchy, path] { return removeOne(hierarchy, path); });
    }
    revert.commit();
    return Cgroup(layout, path);
}

Result<Cgroup> Cgroup::adopt(const CgroupLayout& layout, const std::string& path) {
    TRY(validateCgroupPath(path));
    Revert revert;
    for (const auto& hierarchy : layout.hierarchies()) {
        const std::string directory = hierarchy.mountPoint + path;
        // systemd makes no folder for a controller that it does not handle.
        auto ready = exists(directory) ? markExisting(directory) : makeOne(hierarchy, path);
        if (!ready)
            return fail(revert.undo(std::move(ready).error()));
        revert.add([&hierarchy, path] { return removeOne(hierarchy, path); });
    }
    revert.commit();
    return Cgroup(layout, path);
}

Result<Cgroup> Cgroup::makeBelow(const std::string& path) const {
    const auto parts = splitWords(path, "/");
    if (std::find(parts.begin(), parts.end(), "..") != parts.end())
        return fail(ErrorCode::InvalidArgument,
                    "the sub-cgroup \"" + path + "\" leads outside: `..` components are not allowed");
    std::string below;
    for (const auto& part : parts)
        below += part == "." ? "" : "/" + part;
    if (below.find_first_of(std::string_view("\n\0", 2)) != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the sub-cgroup's name holds a line break or a zero byte");
    for (const auto& hierarchy : m_layout.hierarchies()) {
        const std::string top = directory(hierarchy);
        if (!exists(top)) // a hierarchy that the container is not in
            continue;
        for (std::size_t end = below.find('/', 1); !below.empty(); end = below.find('/', end + 1)) {
            const std::string folder = top + below.substr(0, end);
            if (::mkdir(folder.c_str(), 0755) == 0) {
                TRY(mark(folder));
                TRY(inheritCpuset(hierarchy, folder));
            } else if (errno != EEXIST) {
                return failErrno("cannot make the cgroup " + folder);
            }
            if (end == std::string::npos)
                break;
        }
    }
    return Cgroup(m_layout, m_path + below);
}

Result<UniqueFd> Cgroup::openUnified() const {
    const auto* unified = m_layout.unified();
    if (unified == nullptr)
        return UniqueFd();
    return openFile(directory(*unified), O_RDONLY | O_DIRECTORY);
}

Result<std::vector<UniqueFd>> Cgroup::openTaskFiles() const {
    std::vector<UniqueFd> files;
    for (const auto& hierarchy : m_layout.hierarchies()) {
        if (hierarchy.version != 1)
            continue;
        TRY_ASSIGN(auto file, openFile(directory(hierarchy) + "/tasks", O_WRONLY));
        files.push_back(std::move(file));
    }
    if (const auto scope = m_layout.serviceManager() + m_path + "/tasks";
        !m_layout.serviceManager().empty() && exists(scope)) {
        TRY_ASSIGN(auto file, openFile(scope, O_WRONLY));
        files.push_back(std::move(file));
    }
    return files;
}

Result<void> Cgroup::delegate(uid_t uid, gid_t gid) const {
    const auto* unified = m_layout.unified();
    if (unified == nullptr)
        return {}; // a v1 hierarchy is never safe to delegate
    MadeNow step;
    TRY_ASSIGN(const auto folder, openFile(directory(*unified), O_RDONLY | O_DIRECTORY));
    if (::fchown(folder.get(), uid, gid) != 0)
        return failErrno("cannot hand over the cgroup " + m_path);
    const auto names = readFile("/sys/kernel/cgroup/delegate");
    for (const auto& name :
         splitWords(names ? *names : "cgroup.procs cgroup.threads cgroup.subtree_control", " \n")) {
        if (::fchownat(folder.get(), name.c_str(), uid, gid, AT_SYMLINK_NOFOLLOW) != 0 && errno != ENOENT)
            return failErrno("cannot hand over " + name + " of the cgroup " + m_path);
    }
    step.done("cgroup-delegate",
              {{"path", directory(*unified)}, {"uid", std::to_string(uid)}, {"gid", std::to_string(gid)}});
    return {};
}

Result<std::uint64_t> Cgroup::oomKills() const {
    const auto* memory = m_layout.find("memory");
    if (memory == nullptr)
        return 0;
    return readCounter(directory(*memory) + (memory->version == 2 ? "/memory.events" : "/memory.oom_control"),
                       "oom_kill");
}

Result<std::vector<pid_t>> Cgroup::processes() const {
    const auto* hierarchy = m_layout.unified();
    if (hierarchy == nullptr)
        hierarchy = &m_layout.hierarchies().front();
    std::vector<pid_t> pids;
    TRY(addProcesses(directory(*hierarchy), pids));
    return pids;
}

// A number alone names nobody for long. A process that is in the second list and still answers to the
// descriptor that was opened before is the one the list means: its number is not given again before it is
// reaped, and then the descriptor answers no more.
Result<void> Cgroup::signalAll(int signal) const {
    TRY_ASSIGN(const auto before, processes());
    std::vector<std::pair<pid_t, UniqueFd>> opened;
    for (const pid_t pid : before) {
        UniqueFd fd(sys::pidfdOpen(pid));
        if (fd)
            opened.emplace_back(pid, std::move(fd));
        else if (errno != ESRCH && errno != EINVAL) // gone; or, to older kernels, a thread's number
            return failErrno("cannot open process " + std::to_string(pid));
    }
    TRY_ASSIGN(auto now, processes());
    std::sort(now.begin(), now.end());
    for (const auto& [pid, fd] : opened) {
        if (!std::binary_search(now.begin(), now.end(), pid))
            continue;
        if (const int result = sys::pidfdSendSignal(fd.get(), signal); result < 0 && result != -ESRCH)
            return fail(systemError(-result, "cannot send signal " + std::to_string(signal) + " to process " +
                                                 std::to_string(pid)));
    }
    return {};
}

Result<void> Cgroup::killAll(std::chrono::milliseconds time) const {
    TRY_ASSIGN(const auto present, processes());
    if (present.empty()) // and nobody is there to make one
        return {};
    const auto* unified = m_layout.unified();
    const bool atOnce =
        unified != nullptr && isOurs(directory(*unified)) &&
        writeExisting(directory(*unified) + "/cgroup.kill", "1").has_value(); // since Linux 5.14
    if (const auto* pids = m_layout.find("pids"); !atOnce && pids != nullptr && isOurs(directory(*pids))) {
        // A fork bomb must not outrun the loop below.
        if (const auto stopped = writeExisting(directory(*pids) + "/pids.max", "0"); !stopped)
            return stopped;
    }
    const auto deadline = std::chrono::steady_clock::now() + time;
    for (auto pause = std::chrono::microseconds(100);;
         pause = std::min(pause * 2, std::chrono::microseconds(20000))) {
        TRY_ASSIGN(const auto left, processes());
        if (left.empty())
            return {};
        if (std::chrono::steady_clock::now() > deadline)
            return fail(ErrorCode::Timeout, "processes of the cgroup " + m_path +
                                                " do not end after SIGKILL: " + std::to_string(left.size()) +
                                                " left");
        if (!atOnce)
            TRY(signalAll(SIGKILL));
        std::this_thread::sleep_for(pause);
    }
}

Result<void> Cgroup::remove() const {
    Result<void> outcome;
    for (const auto& hierarchy : m_layout.hierarchies()) {
        if (auto removed = removeOne(hierarchy, m_path); !removed) {
            if (outcome)
                outcome = std::move(removed);
            else
                outcome.error().addCause(removed.error());
        }
    }
    return outcome;
}

} // namespace escale
