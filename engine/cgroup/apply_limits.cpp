// Cgroup::apply and update: from settings to files.
#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/revert.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/device_program.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace escale {
namespace {

struct Write {
    std::string path;
    std::string value;
    bool isOptional = false;
};

Error lacksController(const std::string& controller) {
    return Error{ErrorCode::Unsupported,
                 "this machine has no cgroup controller \"" + controller + "\", but a limit needs it",
                 "Remove the limit, or enable the controller in the kernel",
                 {}};
}

// blkio is io's name in v1.
const CgroupHierarchy* hierarchyFor(const CgroupLayout& layout, const std::string& controller, int version) {
    const auto* found = controller.empty() ? layout.unified() : layout.find(controller);
    return found != nullptr && found->version == version ? found : nullptr;
}

Result<void> checkControllers(const CgroupLayout& layout, const std::vector<CgroupSetting>& settings) {
    for (const auto& one : settings) {
        if (layout.find(one.controller) == nullptr &&
            (one.controller != "blkio" || layout.find("io") == nullptr))
            return fail(lacksController(one.controller));
    }
    return {};
}

// Only what belongs to v1 alone is refused for v2, and only where v2 is what holds the controller.
CgroupLimits onlyOf(const CgroupLayout& layout, CgroupLimits limits, int version) {
    const auto here = [&](const char* name) { return hierarchyFor(layout, name, version) != nullptr; };
    if (!here("memory")) {
        limits.memory = limits.memorySwap = limits.memoryReservation = limits.kernelMemory =
            limits.kernelMemoryTcp = std::nullopt;
        limits.swappiness.reset();
        limits.disableOomKiller = false;
    }
    if (!here("cpu")) {
        limits.realtimeRuntime.reset();
        limits.realtimePeriod.reset();
    }
    if (!here(version == 1 ? "blkio" : "io"))
        limits.block = {};
    if (version == 2 && (layout.find("net_cls") != nullptr))
        limits.networkClass.reset();
    if (version == 2 && (layout.find("net_prio") != nullptr))
        limits.networkPriorities.clear();
    return limits;
}

Result<Write> writeOf(const CgroupSetting& setting, const std::string& directory) {
    Write write{directory + "/" + setting.file, setting.value, setting.isOptional};
    if (!setting.otherFile.empty() && !exists(write.path)) {
        write.path = directory + "/" + setting.otherFile;
        if (!setting.otherValue.empty())
            write.value = setting.otherValue;
    }
    return write;
}

Result<void> perform(const Write& write) {
    MadeNow step;
    auto written = writeExisting(write.path, write.value);
    if (written) {
        step.done("cgroup-write", {{"file", write.path}, {"value", write.value}});
        return {};
    }
    const bool lacking =
        written.error().code == ErrorCode::NotFound || written.error().code == ErrorCode::Unsupported;
    if (lacking && write.isOptional)
        return {};
    auto error = std::move(written).error();
    error.message += ": \"" + write.value + "\" was to be written";
    if (lacking) {
        error.code = ErrorCode::Unsupported;
        error.hint = "This kernel does not offer the limit; remove it";
    }
    return fail(std::move(error));
}

std::optional<std::int64_t> numberIn(const std::string& file) {
    const auto text = readFile(file);
    std::int64_t value = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

std::string firstWord(const std::string& line) {
    return line.substr(0, line.find(' '));
}

// A file with a line a device keeps the others: only the line that is written is put back.
Result<void> putBack(const Write& write, const std::string& before) {
    const bool keyed =
        write.value.find(' ') != std::string::npos && write.value.find(':') < write.value.find(' ');
    if (!keyed)
        return writeExisting(write.path, before.empty() ? "\n" : before);
    std::string line = firstWord(write.value) + " 0";
    for (const auto& one : splitWords(before, "\n")) {
        if (firstWord(one) == firstWord(write.value))
            line = one;
    }
    if (write.path.ends_with("/io.max") && line.ends_with(" 0"))
        line = firstWord(write.value) + " rbps=max wbps=max riops=max wiops=max";
    return writeExisting(write.path, line);
}

// v1: the sum of memory and swap is never below memory, at no moment. When the sum grows it goes first.
void orderMemory(std::vector<Write>& writes) {
    const auto named = [](const char* name) {
        return [name](const Write& one) { return one.path.ends_with(name); };
    };
    const auto memory = std::find_if(writes.begin(), writes.end(), named("/memory.limit_in_bytes"));
    const auto both = std::find_if(writes.begin(), writes.end(), named("/memory.memsw.limit_in_bytes"));
    if (memory == writes.end() || both == writes.end())
        return;
    const auto now = numberIn(both->path);
    std::int64_t wanted = 0;
    std::from_chars(memory->value.data(), memory->value.data() + memory->value.size(), wanted);
    if (now && (wanted < 0 || wanted > *now))
        std::iter_swap(memory, both);
}

std::string deviceLine(const CgroupDeviceRule& rule, char type) {
    const auto number = [](std::int64_t one) { return one < 0 ? std::string("*") : std::to_string(one); };
    return std::string(1, type) + " " + number(rule.major) + ":" + number(rule.minor) + " " + rule.access;
}

// "deny a *:* rwm, allow c 1:3 rwm", in the order in which they hold.
std::string ruleWords(const std::vector<CgroupDeviceRule>& rules) {
    std::string words;
    for (const auto& rule : rules)
        words.append(words.empty() ? "" : ", ")
            .append(rule.allow ? "allow " : "deny ")
            .append(deviceLine(rule, rule.type));
    return words;
}

// v1 takes "a" for all devices whatever follows: a narrower one is told once for each type.
std::vector<std::string> deviceLines(const CgroupDeviceRule& rule) {
    if (rule.type != 'a')
        return {deviceLine(rule, rule.type)};
    const bool all = rule.major < 0 && rule.minor < 0 && rule.access.size() == 3;
    return all ? std::vector<std::string>{"a"}
               : std::vector<std::string>{deviceLine(rule, 'b'), deviceLine(rule, 'c')};
}

Result<void> writeDevicesV1(const std::string& directory, const std::vector<CgroupDeviceRule>& rules) {
    TRY_ASSIGN(const auto allow, openFile(directory + "/devices.allow", O_WRONLY));
    TRY_ASSIGN(const auto deny, openFile(directory + "/devices.deny", O_WRONLY));
    for (const auto& rule : rules) {
        const auto& file = rule.allow ? allow : deny;
        for (const auto& line : deviceLines(rule)) {
            if (::write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()))
                return failErrno("cannot write the device rule \"" + line + "\" to " + directory);
        }
    }
    return {};
}

Result<std::vector<Write>> writesFor(const Cgroup& cgroup, const CgroupLayout& layout,
                                     const CgroupLimits& limits) {
    TRY_ASSIGN(const auto first, settingsV1(limits));
    TRY(checkControllers(layout, first));
    if (!limits.unified.empty() && layout.unified() == nullptr)
        return fail(ErrorCode::Unsupported,
                    "linux.resources.unified needs cgroup v2, which this machine lacks");
    TRY_ASSIGN(const auto second, settingsV2(onlyOf(layout, limits, 2)));
    std::vector<Write> writes;
    for (const auto version : {1, 2}) {
        for (const auto& setting : version == 1 ? first : second) {
            const auto* hierarchy = hierarchyFor(layout, setting.controller, version);
            if (hierarchy == nullptr)
                continue;
            TRY_ASSIGN(auto write, writeOf(setting, cgroup.directory(*hierarchy)));
            writes.push_back(std::move(write));
        }
    }
    return writes;
}

} // namespace

Result<void> Cgroup::applyDevices(const std::vector<CgroupDeviceRule>& rules) const {
    if (rules.empty())
        return {};
    const auto* v1 = m_layout.find("devices");
    const auto* hierarchy = v1 != nullptr ? v1 : m_layout.unified();
    if (hierarchy == nullptr)
        return fail(lacksController("devices"));
    MadeNow step;
    if (v1 != nullptr)
        TRY(writeDevicesV1(directory(*v1), rules));
    else
        TRY(attachDeviceRules(directory(*hierarchy), rules));
    step.done("cgroup-device", {{"rules", ruleWords(rules)}, {"path", directory(*hierarchy)}});
    return {};
}

Result<void> Cgroup::apply(const CgroupLimits& limits) const {
    TRY_ASSIGN(const auto writes, writesFor(*this, m_layout, limits));
    for (const auto& write : writes)
        TRY(perform(write));
    return applyDevices(limits.devices);
}

namespace {

// A quota without its period, or a period without its quota, gets what stands.
void completeQuota(const CgroupHierarchy& cpu, const std::string& directory, CgroupLimits& limits) {
    const bool hasQuota = limits.cpuQuota.value_or(0) != 0;
    const bool hasPeriod = limits.cpuPeriod.value_or(0) != 0;
    if (hasQuota == hasPeriod)
        return;
    if (cpu.version == 1) {
        if (hasPeriod)
            limits.cpuQuota = numberIn(directory + "/cpu.cfs_quota_us");
        else if (const auto period = numberIn(directory + "/cpu.cfs_period_us"))
            limits.cpuPeriod = static_cast<std::uint64_t>(*period);
        return;
    }
    if (hasPeriod) {
        limits.cpuQuota = numberIn(directory + "/cpu.max");
        return;
    }
    const auto words = splitWords(readFile(directory + "/cpu.max").value_or(""));
    std::uint64_t period = 0;
    if (words.size() == 2 &&
        std::from_chars(words[1].data(), words[1].data() + words[1].size(), period).ec == std::errc())
        limits.cpuPeriod = period;
}

} // namespace

// v2 has one file for quota and period, and swap without memory: what is not asked for is as it stands.
Result<CgroupLimits> Cgroup::completed(CgroupLimits limits) const {
    const auto* memory = hierarchyFor(m_layout, "memory", 2);
    if (memory != nullptr && limits.memorySwap.value_or(0) > 0 && limits.memory.value_or(0) == 0)
        limits.memory = numberIn(directory(*memory) + "/memory.max");
    if (const auto* cpu = m_layout.find("cpu"); cpu != nullptr)
        completeQuota(*cpu, directory(*cpu), limits);
    if (!limits.checkBeforeUpdate || limits.memory.value_or(0) <= 0)
        return limits;
    const auto* any = m_layout.find("memory");
    const auto used =
        any == nullptr
            ? std::nullopt
            : numberIn(directory(*any) + (any->version == 2 ? "/memory.current" : "/memory.usage_in_bytes"));
    if (used && *used > *limits.memory)
        return fail(ErrorCode::InvalidArgument,
                    "the memory limit of " + std::to_string(*limits.memory) + " bytes is below the " +
                        std::to_string(*used) + " bytes that the container uses now",
                    "Choose a higher limit, or leave checkBeforeUpdate out to have processes killed");
    return limits;
}

Result<void> Cgroup::update(const CgroupLimits& asked) const {
    TRY_ASSIGN(const auto limits, completed(asked));
    TRY_ASSIGN(auto writes, writesFor(*this, m_layout, limits));
    orderMemory(writes);
    Revert revert;
    for (const auto& write : writes) {
        const auto before = readFile(write.path);
        if (auto written = perform(write); !written)
            return fail(revert.undo(std::move(written).error()));
        if (before)
            revert.add([write, text = *before] { return putBack(write, text); });
    }
    if (auto devices = applyDevices(limits.devices); !devices)
        return fail(revert.undo(std::move(devices).error()));
    revert.commit();
    return {};
}

} // namespace escale
