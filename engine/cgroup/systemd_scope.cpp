#include "engine/cgroup/systemd_scope.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/cgroup/layout.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace escale {
namespace {

constexpr std::string_view kUnitLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_.-\\@";

tl::unexpected<Error> badPath(const std::string& path, const std::string& why) {
    return fail(ErrorCode::InvalidArgument, "linux.cgroupsPath \"" + path + "\": " + why,
                "With systemd as the cgroup manager it is slice:prefix:name, as system.slice:escale:web");
}

// systemd.unit(5), "String Escaping for Inclusion in Unit Names".
std::string escaped(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char letter : text) {
        if (kUnitLetters.find(letter) != std::string_view::npos) {
            out += letter;
            continue;
        }
        out += "\\x";
        out += kDigits[static_cast<unsigned char>(letter) >> 4U];
        out += kDigits[static_cast<unsigned char>(letter) & 0xFU];
    }
    return out;
}

bool isSlice(const std::string& name) {
    if (name == "-.slice")
        return true;
    const std::string stem = name.ends_with(".slice") ? name.substr(0, name.size() - 6) : std::string();
    return !stem.empty() && stem.find_first_not_of(kUnitLetters) == std::string::npos &&
           stem.front() != '-' && stem.back() != '-' && stem.find("--") == std::string::npos;
}

} // namespace

std::string SystemdUnit::cgroupPath() const {
    std::string path;
    if (slice != "-.slice") {
        const std::string stem = slice.substr(0, slice.size() - 6);
        for (auto dash = stem.find('-'); dash != std::string::npos; dash = stem.find('-', dash + 1))
            path += "/" + stem.substr(0, dash) + ".slice";
        path += "/" + slice;
    }
    return path + "/" + name;
}

Result<SystemdUnit> parseSystemdPath(const std::string& cgroupsPath, const std::string& id) {
    std::array<std::string, 3> parts{"system.slice", "escale", id};
    if (!cgroupsPath.empty()) {
        if (std::count(cgroupsPath.begin(), cgroupsPath.end(), ':') != 2)
            return badPath(cgroupsPath, "it has not three parts");
        const auto first = cgroupsPath.find(':');
        const auto second = cgroupsPath.find(':', first + 1);
        if (first != 0)
            parts[0] = cgroupsPath.substr(0, first);
        parts[1] = cgroupsPath.substr(first + 1, second - first - 1);
        parts[2] = cgroupsPath.substr(second + 1);
    }
    const auto& [slice, prefix, name] = parts;
    if (!isSlice(slice))
        return badPath(cgroupsPath, "\"" + slice + "\" is no slice");
    if (name.empty())
        return badPath(cgroupsPath, "the name is empty");
    SystemdUnit unit{escaped(prefix.empty() ? name : prefix + "-" + name) + ".scope", slice};
    if (unit.name.size() > 255)
        return badPath(cgroupsPath, "the unit's name is longer than 255 letters");
    return unit;
}

namespace {

std::uint64_t numberOrMax(std::string_view text) {
    std::uint64_t value = UINT64_MAX; // "max": infinity
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "0-3,7" as the bits that systemd's ay holds, the lowest byte first.
std::vector<std::uint8_t> bitsOf(const std::string& list) {
    std::vector<std::uint8_t> bits;
    for (const auto& range : splitWords(list, ", \n")) {
        const auto dash = range.find('-');
        const auto first = numberOrMax(range);
        const auto last =
            dash == std::string::npos ? first : numberOrMax(std::string_view(range).substr(dash + 1));
        for (auto bit = first; bit <= last && bit < 8192; ++bit) {
            bits.resize(std::max<std::size_t>(bits.size(), bit / 8 + 1));
            bits[bit / 8] = static_cast<std::uint8_t>(bits[bit / 8] | 1U << bit % 8);
        }
    }
    return bits;
}

void addQuota(const std::string& line, UnitProperties& properties) {
    const auto words = splitWords(line);
    const std::uint64_t period = words.size() > 1 ? numberOrMax(words[1]) : 100000;
    const std::uint64_t quota = words.empty() ? UINT64_MAX : numberOrMax(words[0]);
    properties.emplace_back("CPUQuotaPeriodUSec", period);
    properties.emplace_back("CPUQuotaPerSecUSec",
                            quota == UINT64_MAX || period == 0 ? UINT64_MAX : quota * 1000000 / period);
}

// CPUWeight=idle is 0, and a weight ends it (UINT64_MAX: the default).
void addIdle(bool idle, UnitProperties& properties) {
    const bool hasWeight = std::any_of(properties.begin(), properties.end(),
                                       [](const auto& one) { return one.first == "CPUWeight"; });
    if (idle || !hasWeight)
        properties.emplace_back("CPUWeight", idle ? 0 : UINT64_MAX);
}

// systemd.resource-control(5).
void addProperty(const std::string& file, const std::string& value, UnitProperties& properties) {
    static constexpr std::array<std::pair<std::string_view, const char*>, 9> kNumbers{
        {{"memory.max", "MemoryMax"},
         {"memory.high", "MemoryHigh"},
         {"memory.low", "MemoryLow"},
         {"memory.min", "MemoryMin"},
         {"memory.swap.max", "MemorySwapMax"},
         {"pids.max", "TasksMax"},
         {"cpu.weight", "CPUWeight"},
         {"io.weight", "IOWeight"},
         {"memory.zswap.max", "MemoryZSwapMax"}}};
    for (const auto& [name, property] : kNumbers) {
        if (name == file)
            properties.emplace_back(property, numberOrMax(value));
    }
    if (file == "cpu.max")
        addQuota(value, properties);
    else if (file == "cpu.idle")
        addIdle(value == "1", properties);
    else if (file == "cpuset.cpus")
        properties.emplace_back("AllowedCPUs", bitsOf(value));
    else if (file == "cpuset.mems")
        properties.emplace_back("AllowedMemoryNodes", bitsOf(value));
}

// Of the container's limits those that a property speaks of.
CgroupLimits withProperties(const CgroupLimits& limits, int version) {
    CgroupLimits some;
    some.memory = limits.memory;
    some.memoryReservation = limits.memoryReservation;
    if (version == 2) { // systemd sets these in v2 alone
        some.memorySwap = limits.memorySwap;
        some.cpuShares = limits.cpuShares;
        some.cpuIdle = limits.cpuIdle;
    }
    some.cpuQuota = limits.cpuQuota;
    some.cpuPeriod = limits.cpuPeriod;
    some.cpus = limits.cpus;
    some.memoryNodes = limits.memoryNodes;
    some.pids = limits.pids;
    some.unified = limits.unified;
    return some;
}

} // namespace

namespace {

using DeviceList = std::vector<std::pair<std::string, std::string>>;

bool overlaps(const CgroupDeviceRule& one, const CgroupDeviceRule& other) {
    const auto meet = [](std::int64_t a, std::int64_t b) { return a < 0 || b < 0 || a == b; };
    return (one.type == 'a' || other.type == 'a' || one.type == other.type) && meet(one.major, other.major) &&
           meet(one.minor, other.minor) && one.access.find_first_of(other.access) != std::string::npos;
}

bool meansAll(const CgroupDeviceRule& rule) {
    return rule.type == 'a' && rule.major < 0 && rule.minor < 0 && rule.access.size() == 3;
}

// systemd knows no denial but the one of all. What a later rule denies in part is left out as a whole: less
// is open than was asked for until the files are written again, never more.
std::vector<CgroupDeviceRule> openDevices(const std::vector<CgroupDeviceRule>& rules) {
    std::vector<CgroupDeviceRule> open;
    for (const auto& rule : rules) {
        if (rule.allow)
            open.push_back(rule);
        else
            std::erase_if(open, [&](const auto& one) { return overlaps(one, rule); });
    }
    return open;
}

void addDevice(const CgroupDeviceRule& rule, char type, DeviceList& list) {
    if (rule.major < 0 && rule.minor >= 0)
        return; // not to be said
    const std::string kind = type == 'b' ? "block" : "char";
    if (rule.major < 0)
        list.emplace_back(kind + "-*", rule.access);
    else if (rule.minor < 0)
        list.emplace_back(kind + "-" + std::to_string(rule.major), rule.access);
    else
        list.emplace_back("/dev/" + kind + "/" + std::to_string(rule.major) + ":" +
                              std::to_string(rule.minor),
                          rule.access);
}

// v1 only: there systemd writes its own list over ours, "all" when it knows of none. In v2 our program stays
// attached beside its own.
void addDevices(const std::vector<CgroupDeviceRule>& rules, UnitProperties& properties) {
    const bool deniesAll =
        std::any_of(rules.begin(), rules.end(), [](const auto& one) { return !one.allow && meansAll(one); });
    if (!deniesAll)
        return;
    const auto open = openDevices(rules);
    properties.emplace_back("DeviceAllow", DeviceList()); // forget those of before
    if (std::any_of(open.begin(), open.end(), meansAll)) {
        properties.emplace_back("DevicePolicy", std::string("auto"));
        return;
    }
    DeviceList list;
    for (const auto& rule : open) {
        if (rule.type != 'c')
            addDevice(rule, 'b', list);
        if (rule.type != 'b')
            addDevice(rule, 'c', list);
    }
    properties.emplace_back("DevicePolicy", std::string("strict"));
    properties.emplace_back("DeviceAllow", std::move(list));
}

} // namespace

UnitProperties limitProperties(const CgroupLimits& limits, int version) {
    UnitProperties properties;
    // What contradicts itself is told when the files are written.
    for (const auto& setting :
         settingsV2(withProperties(limits, version)).value_or(std::vector<CgroupSetting>()))
        addProperty(setting.file, setting.value, properties);
    const std::uint64_t blockWeight = limits.block.weight.value_or(0);
    if (version == 1 && limits.cpuShares.value_or(0) != 0)
        properties.emplace_back("CPUShares", std::max<std::uint64_t>(*limits.cpuShares, 2));
    if (blockWeight != 0 && version == 2)
        properties.emplace_back("IOWeight", ioWeightFromBlkio(blockWeight));
    else if (blockWeight != 0)
        properties.emplace_back("BlockIOWeight", blockWeight);
    if (version == 1)
        addDevices(limits.devices, properties);
    return properties;
}

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool readQuoted(std::string_view text, std::string& value) {
    if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') || text.back() != text.front())
        return false;
    value = text.substr(1, text.size() - 2);
    return value.find_first_of("'\"\\") == std::string::npos;
}

template <class Number>
bool readNumber(std::string_view text, Number& value) {
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc() && read.ptr == end;
}

bool readTexts(std::string_view text, std::vector<std::string>& values) {
    if (text.size() < 2 || text.front() != '[' || text.back() != ']')
        return false;
    text = trimmed(text.substr(1, text.size() - 2));
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (!readQuoted(trimmed(text.substr(0, comma)), values.emplace_back()))
            return false;
        text = comma == std::string_view::npos ? std::string_view() : trimmed(text.substr(comma + 1));
    }
    return true;
}

bool readValue(std::string_view text, UnitValue& value) {
    std::string quoted;
    std::uint64_t wide = 0;
    std::int32_t small = 0;
    std::vector<std::string> texts;
    if (text == "true" || text == "false")
        value = text == "true";
    else if (readQuoted(text, quoted))
        value = quoted;
    else if (text.starts_with("uint64 ") && readNumber(trimmed(text.substr(7)), wide))
        value = wide;
    else if (text.starts_with("int32 ") && readNumber(trimmed(text.substr(6)), small))
        value = small;
    else if (readNumber(text, small))
        value = small;
    else if (readTexts(text, texts))
        value = texts;
    else
        return false;
    return true;
}

// "TimeoutStopSec" is how people write it; on the bus it is TimeoutStopUSec, in microseconds.
bool inMicroseconds(std::string& name, UnitValue& value) {
    if (!name.ends_with("Sec") || name.ends_with("USec"))
        return true;
    std::uint64_t seconds = 0;
    if (const auto* small = std::get_if<std::int32_t>(&value); small != nullptr && *small >= 0)
        seconds = static_cast<std::uint64_t>(*small);
    else if (const auto* wide = std::get_if<std::uint64_t>(&value))
        seconds = *wide;
    else
        return false;
    if (seconds > UINT64_MAX / 1000000)
        return false;
    name.insert(name.size() - 3, "U");
    value = seconds * 1000000;
    return true;
}

} // namespace

Result<UnitProperties>
annotatedProperties(const std::vector<std::pair<std::string, std::string>>& annotations) {
    static constexpr std::string_view kBegin = "org.systemd.property.";
    static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    UnitProperties properties;
    for (const auto& [key, text] : annotations) {
        if (!key.starts_with(kBegin))
            continue;
        std::string name = key.substr(kBegin.size());
        UnitValue value;
        if (name.size() < 4 || name.find_first_not_of(kLetters) != std::string::npos ||
            !readValue(trimmed(text), value) || !inMicroseconds(name, value))
            return fail(ErrorCode::InvalidArgument,
                        "the annotation " + key + " = " + text + " is no property",
                        "Write 'text', true, a number, uint64 5 or ['a', 'b']");
        properties.emplace_back(std::move(name), std::move(value));
    }
    return properties;
}

namespace {

// Waits to be ended, with nothing of ours open.
[[noreturn]] void idle() {
    sys::call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    sys::closeRange(0, ~0U, 0);
    for (;;)
        sys::call(SYS_pause);
}

// v2's line, or on a machine without v2 the one of systemd's own hierarchy.
std::string pathIn(const std::string& lines) {
    for (const char* begin : {"0::", ":name=systemd:"}) {
        const auto at = lines.find(begin);
        if (at == std::string::npos)
            continue;
        const auto path = at + std::string_view(begin).size();
        if (auto found = lines.substr(path, lines.find('\n', path) - path); found != "/")
            return found;
    }
    return {};
}

} // namespace

Result<SystemdScope> SystemdScope::start(SystemdManager& manager, const SystemdUnit& unit,
                                         const std::string& description, UnitProperties properties) {
    int pidFd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    arguments.exit_signal = SIGCHLD;
    const int pid = sys::clone3(arguments);
    if (pid == 0)
        idle();
    if (pid < 0)
        return fail(systemError(-pid, "cannot start a process for the scope " + unit.name));
    SystemdScope scope{UniqueFd(pidFd)};
    UnitProperties all{{"Description", description},
                       {"Slice", unit.slice},
                       {"Delegate", true},
                       {"DefaultDependencies", false},
                       {"CollectMode", std::string("inactive-or-failed")},
                       {"PIDs", std::vector<std::uint32_t>{static_cast<std::uint32_t>(pid)}}};
    std::move(properties.begin(), properties.end(), std::back_inserter(all));
    TRY(manager.startTransientUnit(unit.name, all));
    TRY_ASSIGN(const std::string lines, readFile("/proc/" + std::to_string(pid) + "/cgroup"));
    scope.m_cgroupPath = pathIn(lines);
    if (scope.m_cgroupPath.ends_with("/" + unit.name))
        return scope;
    auto error = fail(ErrorCode::SystemFailure, "systemd has started " + unit.name +
                                                    ", but its process is in \"" + scope.m_cgroupPath + "\"");
    if (auto stopped = manager.stopUnit(unit.name); !stopped)
        error.value().addCause(stopped.error());
    return error;
}

SystemdScope::~SystemdScope() {
    if (!m_placeholder)
        return;
    sys::pidfdSendSignal(m_placeholder.get(), SIGKILL);
    siginfo_t info{};
    while (::waitid(P_PIDFD, static_cast<id_t>(m_placeholder.get()), &info, WEXITED) != 0 && errno == EINTR) {
    }
}

} // namespace escale
