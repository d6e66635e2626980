#include "engine/inspect/process_facts.h"

#include "engine/base/file.h"
#include "engine/base/process_folder.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kMostGroups = 64;
constexpr std::size_t kLongestName = 15; // TASK_COMM_LEN; of a kernel's thread, /proc says more
constexpr std::size_t kDeepest = 33;     // levels of user and of pid namespaces: 32, and the first

/// Numbers with blanks between them, as many as there is room for.
template <class Number, class Take>
void readNumbers(std::string_view text, int base, Take take) {
    while (true) {
        text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
        Number number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
        if (error != std::errc() || !take(number))
            return;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
}

template <class Number>
void readNumber(std::string_view text, Number& number, int base = 10) {
    readNumbers<Number>(text, base, [&](Number value) {
        number = value;
        return false;
    });
}

template <class Number, std::size_t count>
void readArray(std::string_view text, std::array<Number, count>& numbers) {
    std::size_t index = 0;
    readNumbers<Number>(text, 10, [&](Number value) {
        numbers.at(index++) = value;
        return index < count;
    });
}

template <class Number>
void readList(std::string_view text, std::vector<Number>& numbers, std::size_t most) {
    numbers.clear();
    readNumbers<Number>(text, 10, [&](Number value) {
        numbers.push_back(value);
        return numbers.size() < most;
    });
}

void readNamespaces(const ProcessFolder& folder, ProcessFacts& facts) {
    for (std::size_t type = 0; type < kNamespaceTypes; ++type) {
        struct stat info {};
        const std::string file = std::string("ns/") + kNamespaceFiles.at(type);
        if (::fstatat(folder.descriptor(), file.c_str(), &info, 0) == 0)
            facts.namespaces.at(type) = info.st_ino;
    }
}

/// From a namespace outward. EPERM says that the next one is beyond ours, or that there is none.
template <class Visit>
void walkOutward(const ProcessFolder& folder, const char* file, Visit visit) {
    auto space = openFileAt(folder.descriptor(), file, O_RDONLY);
    for (std::size_t level = 0; space && *space && level < kDeepest; ++level) {
        struct stat info {};
        if (::fstat(space->get(), &info) != 0)
            return;
        visit(info.st_ino, space->get());
        space->reset(::ioctl(space->get(), NS_GET_PARENT));
    }
}

void readLineage(const ProcessFolder& folder, ProcessFacts& facts) {
    walkOutward(folder, "ns/pid", [&](ino_t id, int) { facts.pidNamespaces.push_back(id); });
    walkOutward(folder, "ns/user", [&](ino_t id, int space) {
        uid_t owner = 0;
        facts.userNamespaces.push_back(id);
        if (::ioctl(space, NS_GET_OWNER_UID, &owner) == 0)
            facts.userNamespaceOwners.push_back(owner);
    });
}

/// cgroups(7), "/proc/pid/cgroup": lines "5:cpuacct,cpu:/daemons". Where v2 is mounted beside v1 and has no
/// controllers, all are in its root, and v1's first one with a place tells more.
std::string cgroupOf(std::string_view text) {
    std::string unified, first;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto path = line.find(':', line.find(':') + 1);
        if (path == std::string_view::npos)
            continue;
        std::string& place = line.starts_with("0::") ? unified : first;
        if (place.size() <= 1)
            place = line.substr(path + 1);
    }
    return unified.size() > 1 || first.empty() ? unified : first;
}

Result<ProcessFacts> readFacts(pid_t pid, std::int64_t boot) {
    TRY_ASSIGN(const auto folder, ProcessFolder::open(pid));
    ProcessFacts facts;
    facts.pid = pid;
    TRY_ASSIGN(const std::string status, folder.read("status"));
    parseStatus(status, facts);
    facts.cgroup = plainText(cgroupOf(folder.read("cgroup").value_or("")));
    facts.command = folder.command();
    readNamespaces(folder, facts);
    readLineage(folder, facts);
    // At the end: what was read of a process that ended meanwhile is not whole, and then this fails.
    TRY_ASSIGN(const auto stat, folder.stat());
    const auto ticks = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    facts.state = stat.state;
    facts.name = plainText(std::string_view(stat.name).substr(0, kLongestName));
    facts.startedAt = boot + static_cast<std::int64_t>(stat.startTicks * 1000 / ticks);
    return facts;
}

} // namespace

void parseStatus(std::string_view text, ProcessFacts& facts) {
    constexpr std::array kSets{"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"};
    for (std::size_t set = 0; set < kSets.size(); ++set)
        readNumber(statusField(text, kSets.at(set)), facts.capabilities.at(set), 16);
    unsigned noNewPrivileges = 0;
    readNumber(statusField(text, "NoNewPrivs"), noNewPrivileges);
    facts.noNewPrivileges = noNewPrivileges != 0;
    readNumber(statusField(text, "PPid"), facts.parent);
    readNumber(statusField(text, "Seccomp"), facts.seccomp);
    readNumber(statusField(text, "Seccomp_filters"), facts.filters);
    readArray(statusField(text, "Uid"), facts.uids);
    readArray(statusField(text, "Gid"), facts.gids);
    readList(statusField(text, "Groups"), facts.groups, kMostGroups);
    readList(statusField(text, "NSpid"), facts.pids, kDeepest);
}

Result<ProcessFacts> readProcessFacts(pid_t pid) {
    return readFacts(pid, bootTime());
}

std::vector<ProcessFacts> readProcessFacts(std::span<const pid_t> pids) {
    // One for all: read again it may be a millisecond off, and those of one moment change places.
    const std::int64_t boot = bootTime();
    std::vector<ProcessFacts> processes;
    for (const pid_t pid : pids) {
        if (auto facts = readFacts(pid, boot))
            processes.push_back(*std::move(facts));
    }
    std::stable_sort(processes.begin(), processes.end(),
                     [](const auto& a, const auto& b) { return a.startedAt < b.startedAt; });
    return processes;
}

} // namespace escale
