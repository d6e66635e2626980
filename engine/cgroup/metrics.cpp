#include "engine/cgroup/metrics.h"

#include "engine/base/file.h"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace escale {
namespace {

// v1 shows "no limit" as the largest page-aligned number.
constexpr std::uint64_t kNoLimit = 1ULL << 62;

std::optional<std::uint64_t> toNumber(std::string_view text) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc())
        return std::nullopt; // "max", "-1"
    return value;
}

// The next word, taken from the front; empty at the end.
std::string_view takeWord(std::string_view& text) {
    constexpr std::string_view kBlanks = " \n";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    text.remove_prefix(begin);
    const auto word = text.substr(0, text.find_first_of(kBlanks));
    text.remove_prefix(word.size());
    return word;
}

struct Key {
    std::string_view name;
    std::uint64_t CgroupMetrics::*value;
    std::uint64_t factor = 1;
};

// "name number" a line.
template <std::size_t Count>
void readKeys(std::string_view text, CgroupMetrics& metrics, const Key (&keys)[Count]) {
    for (auto name = takeWord(text); !name.empty(); name = takeWord(text)) {
        const auto value = takeWord(text);
        for (const Key& key : keys) {
            if (key.name == name)
                metrics.*key.value = toNumber(value).value_or(0) * key.factor;
        }
    }
}

template <std::uint64_t CgroupMetrics::*Field>
void readOne(std::string_view text, CgroupMetrics& metrics) {
    metrics.*Field = toNumber(text).value_or(0);
}

template <std::uint64_t CgroupMetrics::*Field>
void readLimit(std::string_view text, CgroupMetrics& metrics) {
    const auto limit = toNumber(text).value_or(0);
    metrics.*Field = limit >= kNoLimit ? 0 : limit;
}

// Version 1.

void readPerCpu(std::string_view text, CgroupMetrics& metrics) {
    metrics.perCpuNanoseconds.clear();
    for (auto word = takeWord(text); !word.empty(); word = takeWord(text))
        metrics.perCpuNanoseconds.push_back(toNumber(word).value_or(0));
}

void readCpuStat1(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"nr_periods", &CgroupMetrics::cpuPeriods},
                             {"nr_throttled", &CgroupMetrics::cpuThrottledPeriods},
                             {"throttled_time", &CgroupMetrics::cpuThrottledNanoseconds}};
    readKeys(text, metrics, kKeys);
}

// The period's file comes behind the quota's.
void readQuota(std::string_view text, CgroupMetrics& metrics) {
    metrics.cpuLimit = static_cast<double>(toNumber(text).value_or(0));
}

void readPeriod(std::string_view text, CgroupMetrics& metrics) {
    const auto period = toNumber(text).value_or(0);
    metrics.cpuLimit = period > 0 ? metrics.cpuLimit / static_cast<double>(period) : 0;
}

void readMemoryStat1(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"total_rss", &CgroupMetrics::anonymousBytes},
                             {"total_cache", &CgroupMetrics::fileBytes},
                             {"total_shmem", &CgroupMetrics::sharedBytes},
                             {"total_swap", &CgroupMetrics::swapBytes},
                             {"total_inactive_file", &CgroupMetrics::inactiveFileBytes}};
    readKeys(text, metrics, kKeys);
}

void readOomKills(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"oom_kill", &CgroupMetrics::oomKills}};
    readKeys(text, metrics, kKeys);
}

// "8:0 Read 4096" a line, and a total at the end.
template <std::uint64_t CgroupMetrics::*Read, std::uint64_t CgroupMetrics::*Written>
void readBlkio(std::string_view text, CgroupMetrics& metrics) {
    metrics.*Read = metrics.*Written = 0;
    for (auto word = takeWord(text); !word.empty(); word = takeWord(text)) {
        if (word == "Read")
            metrics.*Read += toNumber(takeWord(text)).value_or(0);
        else if (word == "Write")
            metrics.*Written += toNumber(takeWord(text)).value_or(0);
    }
}

// Version 2.

void readCpuStat2(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"usage_usec", &CgroupMetrics::cpuNanoseconds, 1000},
                             {"nr_periods", &CgroupMetrics::cpuPeriods},
                             {"nr_throttled", &CgroupMetrics::cpuThrottledPeriods},
                             {"throttled_usec", &CgroupMetrics::cpuThrottledNanoseconds, 1000}};
    readKeys(text, metrics, kKeys);
}

// "200000 100000", "max 100000".
void readCpuMax(std::string_view text, CgroupMetrics& metrics) {
    readQuota(takeWord(text), metrics);
    readPeriod(takeWord(text), metrics);
}

void readMemoryStat2(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"anon", &CgroupMetrics::anonymousBytes},
                             {"file", &CgroupMetrics::fileBytes},
                             {"shmem", &CgroupMetrics::sharedBytes},
                             {"kernel", &CgroupMetrics::kernelBytes},
                             {"inactive_file", &CgroupMetrics::inactiveFileBytes}};
    readKeys(text, metrics, kKeys);
}

// "8:0 rbytes=1 wbytes=2 rios=3 wios=4 …" a line.
void readIoStat(std::string_view text, CgroupMetrics& metrics) {
    constexpr Key kKeys[] = {{"rbytes=", &CgroupMetrics::ioReadBytes},
                             {"wbytes=", &CgroupMetrics::ioWrittenBytes},
                             {"rios=", &CgroupMetrics::ioReads},
                             {"wios=", &CgroupMetrics::ioWrites}};
    for (const Key& key : kKeys)
        metrics.*key.value = 0;
    for (auto word = takeWord(text); !word.empty(); word = takeWord(text)) {
        for (const Key& key : kKeys) {
            if (word.starts_with(key.name))
                metrics.*key.value += toNumber(word.substr(key.name.size())).value_or(0);
        }
    }
}

// "some avg10=0.00 avg60=0.00 avg300=0.00 total=12", and the same for "full".
template <PressureTotals CgroupMetrics::*Field>
void readPressure(std::string_view text, CgroupMetrics& metrics) {
    constexpr std::string_view kTotal = "total=";
    std::uint64_t PressureTotals::*kind = &PressureTotals::some;
    metrics.hasPressure = true;
    for (auto word = takeWord(text); !word.empty(); word = takeWord(text)) {
        if (word == "full")
            kind = &PressureTotals::full;
        else if (word.starts_with(kTotal))
            (metrics.*Field).*kind = toNumber(word.substr(kTotal.size())).value_or(0);
    }
}

} // namespace

struct MetricsFiles {
    struct Entry {
        const char* controller;
        const char* name;
        MetricsReader::Parser parse;
        bool isLimit = false;
    };
    static std::span<const Entry> of(int version);
};

// One that is missing (an older kernel, a controller that is not handed down) leaves its fields 0.
std::span<const MetricsFiles::Entry> MetricsFiles::of(int version) {
    using M = CgroupMetrics;
    static constexpr Entry kVersion1[] = {
        {"cpuacct", "cpuacct.usage", readOne<&M::cpuNanoseconds>},
        {"cpuacct", "cpuacct.usage_percpu", readPerCpu},
        {"cpu", "cpu.stat", readCpuStat1},
        {"cpu", "cpu.cfs_quota_us", readQuota, true},
        {"cpu", "cpu.cfs_period_us", readPeriod, true},
        {"memory", "memory.usage_in_bytes", readOne<&M::memoryBytes>},
        {"memory", "memory.limit_in_bytes", readLimit<&M::memoryLimit>, true},
        {"memory", "memory.kmem.usage_in_bytes", readOne<&M::kernelBytes>},
        {"memory", "memory.stat", readMemoryStat1},
        {"memory", "memory.oom_control", readOomKills},
        {"blkio", "blkio.throttle.io_service_bytes_recursive",
         readBlkio<&M::ioReadBytes, &M::ioWrittenBytes>},
        {"blkio", "blkio.throttle.io_serviced_recursive", readBlkio<&M::ioReads, &M::ioWrites>},
        {"pids", "pids.current", readOne<&M::pids>},
        {"pids", "pids.max", readLimit<&M::pidsLimit>, true}};
    static constexpr Entry kVersion2[] = {{"cpu", "cpu.stat", readCpuStat2},
                                          {"cpu", "cpu.max", readCpuMax, true},
                                          {"cpu", "cpu.pressure", readPressure<&M::cpuPressure>},
                                          {"memory", "memory.current", readOne<&M::memoryBytes>},
                                          {"memory", "memory.max", readLimit<&M::memoryLimit>, true},
                                          {"memory", "memory.swap.current", readOne<&M::swapBytes>},
                                          {"memory", "memory.stat", readMemoryStat2},
                                          {"memory", "memory.events", readOomKills},
                                          {"memory", "memory.pressure", readPressure<&M::memoryPressure>},
                                          {"io", "io.stat", readIoStat},
                                          {"io", "io.pressure", readPressure<&M::ioPressure>},
                                          {"pids", "pids.current", readOne<&M::pids>},
                                          {"pids", "pids.max", readLimit<&M::pidsLimit>, true}};
    if (version == 1)
        return kVersion1;
    return kVersion2;
}

Result<MetricsReader> MetricsReader::open(const CgroupLayout& layout, const std::string& path) {
    MetricsReader reader;
    bool found = false;
    for (const auto& hierarchy : layout.hierarchies()) {
        const UniqueFd folder(
            ::open((hierarchy.mountPoint + path).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
        if (!folder)
            continue;
        found = true;
        for (const auto& entry : MetricsFiles::of(hierarchy.version)) {
            if (!hierarchy.has(entry.controller))
                continue;
            UniqueFd file(::openat(folder.get(), entry.name, O_RDONLY | O_CLOEXEC));
            if (!file && (errno == EMFILE || errno == ENFILE))
                return failErrno("cannot open the counters of the cgroup " + path);
            if (file)
                reader.m_sources.push_back({std::move(file), entry.parse, entry.isLimit});
        }
    }
    if (!found)
        return fail(ErrorCode::NotFound, "the cgroup " + path + " does not exist");
    return reader;
}

Result<void> MetricsReader::read(CgroupMetrics& metrics, std::span<char> buffer, Limits limits) const {
    for (const Source& source : m_sources) {
        if (source.isLimit && limits == Limits::Keep)
            continue;
        const auto size = ::pread(source.file.get(), buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == ENODEV)
            return fail(ErrorCode::NotFound, "the cgroup has gone");
        if (size > 0) // pressure may be switched off: EOPNOTSUPP
            source.parse({buffer.data(), static_cast<std::size_t>(size)}, metrics);
    }
    metrics.memoryBytes -= std::min(metrics.memoryBytes, metrics.inactiveFileBytes);
    return {};
}

Result<CgroupMetrics> readCgroupMetrics(const CgroupLayout& layout, const std::string& path) {
    TRY_ASSIGN(const auto reader, MetricsReader::open(layout, path));
    CgroupMetrics metrics;
    std::vector<char> buffer(MetricsReader::kBuffer);
    TRY(reader.read(metrics, buffer));
    return metrics;
}

Result<CgroupMetrics> readCgroupMetrics(const std::string& path) {
    // Hierarchies are mounted at boot and stay.
    static const Result<CgroupLayout> layout = CgroupLayout::detect();
    if (!layout)
        return fail(layout.error());
    return readCgroupMetrics(*layout, path);
}

} // namespace escale
