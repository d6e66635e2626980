#include "engine/cgroup/metrics.h"

#include "engine/base/file.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace escale {
namespace {

std::optional<std::uint64_t> toNumber(std::string_view text) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc())
        return std::nullopt;
    return value;
}

// The files below may be missing (older kernels, a controller not handed down): a missing one counts as 0.
std::uint64_t readNumber(const std::string& file) {
    const auto text = readFile(file);
    return text ? toNumber(*text).value_or(0) : 0; // "max": no number: 0, which means none
}

std::uint64_t readKey(const std::string& file, std::string_view key) {
    const auto text = readFile(file);
    if (!text)
        return 0;
    const auto words = splitWords(*text);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        if (words[i] == key)
            return toNumber(words[i + 1]).value_or(0);
    }
    return 0;
}

std::uint64_t without(std::uint64_t all, std::uint64_t part) {
    return all > part ? all - part : 0;
}

// v1: "8:0 Read 4096" a line, and a total at the end.
void readBlkio(const std::string& directory, CgroupMetrics& metrics) {
    auto text = readFile(directory + "/blkio.throttle.io_service_bytes_recursive");
    if (!text)
        text = readFile(directory + "/blkio.throttle.io_service_bytes");
    if (!text)
        return;
    const auto words = splitWords(*text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "Read")
            metrics.ioReadBytes += toNumber(words[i + 1]).value_or(0);
        else if (words[i] == "Write")
            metrics.ioWrittenBytes += toNumber(words[i + 1]).value_or(0);
    }
}

// v2: "8:0 rbytes=1 wbytes=2 rios=…" a line.
void readIoStat(const std::string& directory, CgroupMetrics& metrics) {
    const auto text = readFile(directory + "/io.stat");
    if (!text)
        return;
    for (const std::string_view word : splitWords(*text)) {
        if (word.starts_with("rbytes="))
            metrics.ioReadBytes += toNumber(word.substr(7)).value_or(0);
        else if (word.starts_with("wbytes="))
            metrics.ioWrittenBytes += toNumber(word.substr(7)).value_or(0);
    }
}

void readV1(const CgroupHierarchy& hierarchy, const std::string& directory, CgroupMetrics& metrics) {
    if (hierarchy.has("cpuacct"))
        metrics.cpuNanoseconds = readNumber(directory + "/cpuacct.usage");
    if (hierarchy.has("memory")) {
        metrics.memoryBytes = without(readNumber(directory + "/memory.usage_in_bytes"),
                                      readKey(directory + "/memory.stat", "total_inactive_file"));
        // v1 shows "no limit" as the largest page-aligned number.
        const auto limit = readNumber(directory + "/memory.limit_in_bytes");
        metrics.memoryLimit = limit >= (1ULL << 62) ? 0 : limit;
        metrics.oomKills = readKey(directory + "/memory.oom_control", "oom_kill");
    }
    if (hierarchy.has("blkio"))
        readBlkio(directory, metrics);
}

void readV2(const CgroupHierarchy& hierarchy, const std::string& directory, CgroupMetrics& metrics) {
    if (hierarchy.has("cpu"))
        metrics.cpuNanoseconds = readKey(directory + "/cpu.stat", "usage_usec") * 1000;
    if (hierarchy.has("memory")) {
        metrics.memoryBytes = without(readNumber(directory + "/memory.current"),
                                      readKey(directory + "/memory.stat", "inactive_file"));
        metrics.memoryLimit = readNumber(directory + "/memory.max");
        metrics.oomKills = readKey(directory + "/memory.events", "oom_kill");
    }
    if (hierarchy.has("io"))
        readIoStat(directory, metrics);
}

} // namespace

Result<CgroupMetrics> readCgroupMetrics(const CgroupLayout& layout, const std::string& path) {
    CgroupMetrics metrics;
    bool found = false;
    for (const auto& hierarchy : layout.hierarchies()) {
        const std::string directory = hierarchy.mountPoint + path;
        if (!exists(directory))
            continue;
        found = true;
        (hierarchy.version == 2 ? readV2 : readV1)(hierarchy, directory, metrics);
        if (hierarchy.has("pids")) { // the same files in both versions
            metrics.pids = readNumber(directory + "/pids.current");
            metrics.pidsLimit = readNumber(directory + "/pids.max");
        }
    }
    if (!found)
        return fail(ErrorCode::NotFound, "the cgroup " + path + " does not exist");
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
