#include "engine/runtime/cli/command_table.h"

#include "engine/runtime/cli/commands.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

using Value = Option::Value;

constexpr std::array<Option, 10> kCreate{{{"--bundle", 'b', Value::Needed, {}},
                                          {"--config", 'f', Value::Needed, {}},
                                          {"--console-socket", 0, Value::Needed, {}},
                                          {"--pidfd-socket", 0, Value::Needed, {}},
                                          {"--pid-file", 0, Value::Needed, {}},
                                          {"--no-pivot", 0, Value::None, {}},
                                          {"--no-new-keyring", 0, Value::None, {}},
                                          {"--preserve-fds", 0, Value::Needed, {}},
                                          {"--no-subreaper", 0, Value::None, {}},
                                          {"--making", 0, Value::Needed, {}}}};
// `run` is `create` and more.
constexpr auto kRun = [] {
    std::array<Option, kCreate.size() + 2> all{};
    std::copy(kCreate.begin(), kCreate.end(), all.begin());
    all[kCreate.size()] = {"--detach", 'd', Value::None, {}};
    all[kCreate.size() + 1] = {"--keep", 0, Value::None, {}};
    return all;
}();
constexpr std::array<Option, 18> kExec{{{"--console-socket", 0, Value::Needed, {}},
                                        {"--pidfd-socket", 0, Value::Needed, {}},
                                        {"--cwd", 0, Value::Needed, {}},
                                        {"--env", 'e', Value::Needed, {}},
                                        {"--tty", 't', Value::Optional, "true"},
                                        {"--user", 'u', Value::Needed, {}},
                                        {"--additional-gids", 'g', Value::Needed, {}},
                                        {"--process", 'p', Value::Needed, {}},
                                        {"--detach", 'd', Value::None, {}},
                                        {"--pid-file", 0, Value::Needed, {}},
                                        {"--process-label", 0, Value::Needed, {}},
                                        {"--apparmor", 0, Value::Needed, {}},
                                        {"--no-new-privs", 0, Value::None, {}},
                                        {"--cap", 'c', Value::Needed, {}},
                                        {"--preserve-fds", 0, Value::Needed, {}},
                                        {"--cgroup", 0, Value::Needed, {}},
                                        {"--ignore-paused", 0, Value::None, {}},
                                        {"--no-subreaper", 0, Value::None, {}}}};
constexpr std::array<Option, 19> kUpdate{{{"--resources", 'r', Value::Needed, {}},
                                          {"--blkio-weight", 0, Value::Needed, {}},
                                          {"--cpu-period", 0, Value::Needed, {}},
                                          {"--cpu-quota", 0, Value::Needed, {}},
                                          {"--cpu-burst", 0, Value::Needed, {}},
                                          {"--cpu-share", 0, Value::Needed, {}},
                                          {"--cpu-rt-period", 0, Value::Needed, {}},
                                          {"--cpu-rt-runtime", 0, Value::Needed, {}},
                                          {"--cpu-idle", 0, Value::Needed, {}},
                                          {"--cpuset-cpus", 0, Value::Needed, {}},
                                          {"--cpuset-mems", 0, Value::Needed, {}},
                                          {"--kernel-memory", 0, Value::Needed, {}},
                                          {"--kernel-memory-tcp", 0, Value::Needed, {}},
                                          {"--memory", 0, Value::Needed, {}},
                                          {"--memory-reservation", 0, Value::Needed, {}},
                                          {"--memory-swap", 0, Value::Needed, {}},
                                          {"--pids-limit", 0, Value::Needed, {}},
                                          {"--l3-cache-schema", 0, Value::Needed, {}},
                                          {"--mem-bw-schema", 0, Value::Needed, {}}}};
constexpr std::array<Option, 2> kKill{{{"--all", 'a', Value::None, {}}, {"--regex", 'r', Value::None, {}}}};
constexpr std::array<Option, 2> kDelete{
    {{"--force", 'f', Value::None, {}}, {"--regex", 'r', Value::None, {}}}};
constexpr std::array<Option, 2> kList{
    {{"--format", 'f', Value::Needed, {}}, {"--quiet", 'q', Value::None, {}}}};
constexpr std::array<Option, 1> kPs{{{"--format", 'f', Value::Needed, {}}}};
constexpr std::array<Option, 2> kEvents{
    {{"--stats", 0, Value::None, {}}, {"--interval", 0, Value::Needed, {}}}};
constexpr std::array<Option, 3> kSpec{{{"--bundle", 'b', Value::Needed, {}},
                                       {"--file", 'f', Value::Needed, {}},
                                       {"--rootless", 0, Value::None, {}}}};
constexpr std::array<Option, 13> kMonitor{{{"--bundle", 'b', Value::Needed, {}},
                                           {"--log-path", 0, Value::Needed, {}},
                                           {"--exit-file", 0, Value::Needed, {}},
                                           {"--making", 0, Value::Needed, {}},
                                           {"--attach-socket", 0, Value::Needed, {}},
                                           {"--log-max-size", 0, Value::Needed, {}},
                                           {"--log-max-file", 0, Value::Needed, {}},
                                           {"--log-compress", 0, Value::None, {}},
                                           {"--preserve-fds", 0, Value::Needed, {}},
                                           {"--stdin", 'i', Value::None, {}},
                                           {"--stdin-once", 0, Value::None, {}},
                                           {"--await-client", 0, Value::None, {}},
                                           {"--sessions", 0, Value::None, {}}}};
constexpr std::array<Option, 4> kExecMonitor{{{"--process", 'p', Value::Needed, {}},
                                              {"--exit-file", 0, Value::Needed, {}},
                                              {"--preserve-fds", 0, Value::Needed, {}},
                                              {"--stdin", 'i', Value::None, {}}}};

constexpr auto kCommands =
    std::to_array<Command>({{"create", "ID", kCreate, createCommand, true},
                            {"start", "ID", {}, startCommand},
                            {"state", "ID", {}, stateCommand},
                            {"kill", "ID [SIGNAL]", kKill, killCommand},
                            {"delete", "ID", kDelete, deleteCommand},
                            {"run", "ID", kRun, runCommand, true},
                            {"exec", "ID COMMAND…", kExec, execCommand, true, true},
                            {"update", "ID", kUpdate, updateCommand},
                            {"events", "ID", kEvents, eventsCommand},
                            {"pause", "ID", {}, pauseCommand},
                            {"resume", "ID", {}, resumeCommand},
                            {"list", "", kList, listCommand},
                            {"ps", "ID [PS-ARGUMENT…]", kPs, psCommand, false, true},
                            {"spec", "", kSpec, specCommand},
                            {"features", "", {}, featuresCommand},
                            {"monitor", "ID", kMonitor, monitorCommand, true},
                            {"exec-monitor", "ID", kExecMonitor, execMonitorCommand, true}});

} // namespace

std::span<const Command> commandTable() {
    return kCommands;
}

std::string usage(const Command* command) {
    std::string text =
        "usage: escale-runtime [--root DIR] [--log FILE] [--log-format json|text] [--systemd-cgroup] "
        "[--cgroup-manager MANAGER] COMMAND\n";
    for (const auto& one : kCommands) {
        if (command != nullptr && command != &one)
            continue;
        text += "  " + std::string(one.name);
        for (const auto& option : one.options) {
            text += " [" + (option.letter != 0 ? std::string("-") + option.letter + "|" : std::string()) +
                    std::string(option.name) + (option.value == Value::Needed ? " VALUE]" : "]");
        }
        text += " " + std::string(one.operands) + "\n";
    }
    return text + "  --version | --help\n";
}

} // namespace escale
