#include "engine/inspect/namespace_facts.h"

#include "engine/base/file.h"
#include "engine/base/process_folder.h"
#include "engine/base/thread.h"
#include "engine/network/host_interfaces.h"

#include <array>
#include <cinttypes>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <mqueue.h>
#include <sched.h>
#include <sstream>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kMostObjects = 1000;
constexpr std::size_t kMostInterfaces = 1000;
constexpr std::size_t kMostAddresses = 10'000; // of all: a container's root may add any number
constexpr std::size_t kMostBytes = 1U << 20U;  // of a table in /proc: more than a thousand lines

/// user_namespaces(7), "User and group ID mappings".
std::vector<IdRange> parseIdMap(const std::string& text) {
    std::vector<IdRange> ranges;
    std::istringstream lines(text);
    for (IdRange range; lines >> range.inside >> range.outside >> range.count;)
        ranges.push_back(range);
    return ranges;
}

/// time_namespaces(7). The file tells of the namespace that its children get, which is its own unless it has
/// just made a new one.
std::vector<ClockOffset> readClocks(const ProcessFolder& folder) {
    struct stat own {};
    struct stat forChildren {};
    std::vector<ClockOffset> clocks;
    if (::fstatat(folder.descriptor(), "ns/time", &own, 0) != 0 ||
        ::fstatat(folder.descriptor(), "ns/time_for_children", &forChildren, 0) != 0 ||
        own.st_ino != forChildren.st_ino)
        return clocks;
    std::istringstream lines(folder.read("timens_offsets").value_or(""));
    for (ClockOffset clock; lines >> clock.clock >> clock.seconds >> clock.nanoseconds;)
        clocks.push_back(clock);
    return clocks;
}

/// One table of System V objects, proc_sysvipc(5): the columns by the names in its first line.
struct SysvTable {
    const char* kind;
    const char* size;  // column; null: none
    const char* count; // column
};
constexpr std::array<SysvTable, 3> kSysvTables{
    {{"shm", "size", "nattch"}, {"sem", nullptr, "nsems"}, {"msg", "cbytes", "qnum"}}};

std::string keyName(std::int64_t key) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%08" PRIx32, static_cast<std::uint32_t>(key));
    return text.data();
}

IpcObject readSysvObject(const SysvTable& table, const std::vector<std::string>& columns,
                         const std::string& line) {
    IpcObject object;
    object.kind = table.kind;
    std::istringstream fields(line);
    for (const auto& column : columns) {
        std::string text;
        fields >> text;
        if (column == "key")
            object.name = keyName(std::strtoll(text.c_str(), nullptr, 10));
        else if (column == "perms")
            object.mode = static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 8)) & 0777U;
        else if (column == "uid")
            object.owner = static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
        else if (column == table.count)
            object.count = static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
        else if (table.size != nullptr && column == table.size)
            object.size = std::strtoull(text.c_str(), nullptr, 10);
    }
    return object;
}

/// Of the calling thread's IPC namespace. A kernel without them has no such files.
void readSysvObjects(const SysvTable& table, std::vector<IpcObject>& objects) {
    const auto file = openFile(std::string("/proc/sysvipc/") + table.kind, O_RDONLY);
    std::istringstream lines(file ? readStart(file->get(), kMostBytes).value_or("") : "");
    std::string line;
    std::getline(lines, line);
    std::istringstream head(line);
    std::vector<std::string> columns;
    for (std::string word; head >> word;)
        columns.push_back(word);
    while (objects.size() < kMostObjects && std::getline(lines, line) && !lines.eof())
        objects.push_back(readSysvObject(table, columns, line));
}

/// mq_overview(7): a mount of our own, in no mount namespace, of the file system that belongs to the calling
/// thread's IPC namespace. So nothing is looked for in the container's root, and it need not have one at
/// /dev/mqueue.
UniqueFd mountQueues() {
    const UniqueFd system(::fsopen("mqueue", FSOPEN_CLOEXEC));
    if (!system || ::fsconfig(system.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
        return {};
    return UniqueFd(
        ::fsmount(system.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC));
}

/// "QSIZE:129 NOTIFY:2 …": bytes that wait.
std::uint64_t waitingBytes(int queue) {
    constexpr std::string_view kSize = "QSIZE:";
    const std::string text = readStart(queue, 4096).value_or("");
    const auto start = text.find(kSize);
    return start == std::string::npos ? 0 : std::strtoull(text.c_str() + start + kSize.size(), nullptr, 10);
}

void readQueues(std::vector<IpcObject>& objects) {
    const UniqueFd mount = mountQueues();
    UniqueFd listed(mount ? ::openat(mount.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(listed ? ::fdopendir(listed.get()) : nullptr,
                                                      ::closedir);
    if (!entries)
        return;
    const int folder = listed.release(); // the list's now
    while (const dirent* entry = objects.size() < kMostObjects ? ::readdir(entries.get()) : nullptr) {
        const std::string name = entry->d_name;
        struct stat info {};
        if (name == "." || name == "..")
            continue;
        // Reading and asking take no message away.
        const UniqueFd queue(::openat(folder, name.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
        if (!queue || ::fstat(queue.get(), &info) != 0)
            continue;
        mq_attr attributes{};
        ::mq_getattr(queue.get(), &attributes);
        objects.push_back({"mqueue", plainText("/" + name), info.st_uid, info.st_mode & 0777U,
                           waitingBytes(queue.get()), static_cast<std::uint32_t>(attributes.mq_curmsgs)});
    }
}

/// What the calling thread sees.
Result<void> readFromInside(NamespaceFacts& facts) {
    utsname names{};
    if (::uname(&names) != 0)
        return failErrno("cannot read the host name");
    facts.hostname = plainText(names.nodename);
    facts.domainname = plainText(names.domainname);
    for (const auto& table : kSysvTables)
        readSysvObjects(table, facts.ipc);
    readQueues(facts.ipc);
    TRY_ASSIGN(auto interfaces, hostInterfaces());
    interfaces.resize(std::min(interfaces.size(), kMostInterfaces));
    std::size_t room = kMostAddresses;
    for (auto& interface : interfaces) {
        interface.addresses.resize(std::min(interface.addresses.size(), room));
        room -= interface.addresses.size();
        facts.interfaces.push_back({plainText(interface.name), std::move(interface.mac),
                                    std::move(interface.addresses), interface.isUp});
    }
    return {};
}

} // namespace

Result<NamespaceFacts> readNamespaceFacts(pid_t pid) {
    TRY_ASSIGN(const auto folder, ProcessFolder::open(pid));
    constexpr std::array kEntered{"ns/uts", "ns/ipc", "ns/net"};
    std::array<UniqueFd, kEntered.size()> spaces;
    for (std::size_t i = 0; i < kEntered.size(); ++i) {
        auto space = openFileAt(folder.descriptor(), kEntered.at(i), O_RDONLY);
        if (!space)
            return fail(std::move(space).error().prefixed("cannot reach the namespaces of process " +
                                                          std::to_string(pid)));
        spaces.at(i) = *std::move(space);
    }
    NamespaceFacts facts;
    facts.uidMap = parseIdMap(folder.read("uid_map").value_or(""));
    facts.gidMap = parseIdMap(folder.read("gid_map").value_or(""));
    facts.clocks = readClocks(folder);
    Result<void> outcome;
    const auto body = [&]() -> Result<void> {
        for (const auto& space : spaces) {
            if (::setns(space.get(), 0) != 0)
                return failErrno("cannot enter a namespace of process " + std::to_string(pid));
        }
        return readFromInside(facts);
    };
    // It ends in there: a thread that comes back would have to get everything right.
    TRY_ASSIGN(std::thread thread, startThread([&] { outcome = body(); }));
    thread.join();
    TRY(std::move(outcome));
    return facts;
}

} // namespace escale
