#include "engine/container/container_processes.h"

#include "engine/base/process_folder.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace escale {
namespace {

std::string terminalName(std::uint32_t device) {
    // /dev/pts: major numbers 136 to 143 (devices.txt)
    const unsigned high = major(device);
    if (high >= 136 && high <= 143)
        return "pts/" + std::to_string((high - 136) * 256 + minor(device));
    return device == 0 ? "" : "tty";
}

template <class Number>
Number numberAt(std::string_view text) {
    Number number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<ContainerProcess> readProcess(pid_t pid, std::uint32_t idBase, std::int64_t boot) {
    const auto folder = ProcessFolder::open(pid);
    if (!folder)
        return std::nullopt;
    const auto stat = folder->stat();
    const auto status = folder->read("status");
    if (!stat || !status)
        return std::nullopt;
    ContainerProcess process;
    const auto ticks = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    process.pid = pid;
    process.parentPid = stat->parent;
    process.state = stat->state;
    process.cpuMilliseconds = (stat->userTicks + stat->systemTicks) * 1000 / ticks;
    process.memoryBytes = static_cast<std::uint64_t>(std::max<std::int64_t>(stat->residentPages, 0)) *
                          static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    process.startedAt = boot + static_cast<std::int64_t>(stat->startTicks * 1000 / ticks);
    process.terminal = terminalName(stat->terminal);
    process.command = folder->command();
    if (process.command.empty()) // a kernel's thread, or one that waits to be reaped
        process.command = "[" + plainText(stat->name) + "]";
    const auto uid = numberAt<uid_t>(statusField(*status, "Uid"));
    process.uid = uid >= idBase ? uid - idBase : uid;
    const std::string_view pids = statusField(*status, "NSpid");
    process.insidePid = numberAt<pid_t>(pids.substr(std::min(pids.size(), pids.find_last_of(" \t") + 1)));
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
