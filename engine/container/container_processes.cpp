#include "engine/container/container_processes.h"

#include "engine/base/file.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <optional>
#include <sstream>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLongestCommand = 4096;

std::int64_t bootTime() { // Unix time, milliseconds
    timespec boot{};
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &boot);
    ::clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec - boot.tv_sec) * 1000 + (now.tv_nsec - boot.tv_nsec) / 1'000'000;
}

// The value of "Name:\t…" in /proc/PID/status.
std::string statusField(const std::string& status, const std::string& name) {
    const auto start = status.find("\n" + name + ":");
    if (start == std::string::npos)
        return {};
    const auto value = status.find_first_not_of(" \t", start + name.size() + 2);
    return value == std::string::npos ? "" : status.substr(value, status.find('\n', value) - value);
}

std::string terminalName(std::uint32_t device) {
    // /dev/pts: major numbers 136 to 143 (devices.txt)
    const unsigned high = major(device);
    if (high >= 136 && high <= 143)
        return "pts/" + std::to_string((high - 136) * 256 + minor(device));
    return device == 0 ? "" : "tty";
}

std::string commandOf(const std::string& folder, const std::string& name) {
    auto line = readFile(folder + "/cmdline", 1U << 20).value_or("");
    line.resize(std::min(line.size(), kLongestCommand));
    while (!line.empty() && line.back() == '\0')
        line.pop_back();
    std::replace(line.begin(), line.end(), '\0', ' ');
    return line.empty() ? "[" + name + "]" : line; // a kernel's thread, or one that waits to be reaped
}

std::optional<ContainerProcess> readProcess(pid_t pid, std::uint32_t idBase, std::int64_t boot) {
    const std::string folder = "/proc/" + std::to_string(pid);
    const auto stat = readFile(folder + "/stat");
    const auto status = readFile(folder + "/status");
    if (!stat || !status)
        return std::nullopt;
    // The name may hold blanks and brackets: the fields begin behind the last one.
    const auto open = stat->find('(');
    const auto close = stat->rfind(')');
    if (open == std::string::npos || close == std::string::npos)
        return std::nullopt;
    std::istringstream fields(stat->substr(close + 1));
    ContainerProcess process;
    std::int64_t skipped = 0;
    std::uint32_t terminal = 0;
    std::uint64_t user = 0, system = 0, started = 0;
    std::int64_t pages = 0;
    fields >> process.state >> process.parentPid >> skipped >> skipped >> terminal;
    for (int i = 0; i < 6; ++i)
        fields >> skipped; // to field 13
    fields >> user >> system;
    for (int i = 0; i < 6; ++i)
        fields >> skipped; // to field 21
    fields >> started >> skipped >> pages;
    const auto ticks = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    process.pid = pid;
    process.cpuMilliseconds = (user + system) * 1000 / ticks;
    process.memoryBytes = static_cast<std::uint64_t>(std::max<std::int64_t>(pages, 0)) *
                          static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    process.startedAt = boot + static_cast<std::int64_t>(started * 1000 / ticks);
    process.terminal = terminalName(terminal);
    process.command = commandOf(folder, stat->substr(open + 1, close - open - 1));
    const auto uid = static_cast<uid_t>(std::strtoul(statusField(*status, "Uid").c_str(), nullptr, 10));
    process.uid = uid >= idBase ? uid - idBase : uid;
    const std::string pids = statusField(*status, "NSpid");
    process.insidePid = static_cast<pid_t>(
        std::strtol(pids.c_str() + std::min(pids.size(), pids.find_last_of(" \t") + 1), nullptr, 10));
    return process;
}

} // namespace

std::vector<ContainerProcess> readProcesses(const std::vector<pid_t>& pids, std::uint32_t idBase) {
    std::vector<ContainerProcess> processes;
    const std::int64_t boot = bootTime();
    for (const pid_t pid : pids) {
        if (auto process = readProcess(pid, idBase, boot))
            processes.push_back(*std::move(process));
    }
    std::stable_sort(processes.begin(), processes.end(),
                     [](const auto& a, const auto& b) { return a.startedAt < b.startedAt; });
    return processes;
}

} // namespace escale
