#include "gui/learn/cgroup_reading.h"

#include "gui/common/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CgroupReading)
};

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kVersion1None = 9.2e18; // PAGE_COUNTER_MAX in bytes: about 2^63
constexpr double kNear = 0.9;

std::optional<double> number(const dbus::CgroupNode& node, const char* file, double scale = 1) {
    const QString* value = cgroupValue(node, QString::fromLatin1(file));
    if (value == nullptr)
        return std::nullopt;
    bool isNumber = false;
    const double read = value->section(QLatin1Char(' '), 0, 0).toDouble(&isNumber);
    if (!isNumber)
        return value->startsWith(QLatin1String("max")) ? std::optional(kNone) : std::nullopt;
    return read < 0 || read >= kVersion1None ? kNone : read * scale;
}

quint64 after(const dbus::CgroupNode& node, const char* file, const char* word) {
    const QString* value = cgroupValue(node, QString::fromLatin1(file));
    return value == nullptr ? 0 : numberAfter(*value, QString::fromLatin1(word));
}

bool has(const dbus::CgroupNode& node, const char* file) {
    return cgroupValue(node, QString::fromLatin1(file)) != nullptr;
}

void readCpu(const dbus::CgroupNode& node, CgroupReading& reading) {
    if (const auto used = number(node, "cpuacct.usage", 1e-9))
        reading.cpuSeconds = used;
    else if (has(node, "cpu.stat") && has(node, "cpu.max"))
        reading.cpuSeconds = static_cast<double>(after(node, "cpu.stat", "usage_usec")) * 1e-6;
    if (const QString* max = cgroupValue(node, QStringLiteral("cpu.max"))) {
        const double period = max->section(QLatin1Char(' '), 1, 1).toDouble();
        const double quota = number(node, "cpu.max").value_or(kNone);
        reading.cpuLimit = period > 0 ? quota / period : kNone;
        reading.periodMilliseconds = period > 0 ? period / 1000 : 100;
    } else if (const auto quota = number(node, "cpu.cfs_quota_us")) {
        const double period = number(node, "cpu.cfs_period_us").value_or(0);
        reading.cpuLimit = period > 0 ? *quota / period : kNone;
        reading.periodMilliseconds = period > 0 ? period / 1000 : 100;
    }
    reading.periods = after(node, "cpu.stat", "nr_periods");
    reading.throttledPeriods = after(node, "cpu.stat", "nr_throttled");
    reading.throttledSeconds = static_cast<double>(after(node, "cpu.stat", "throttled_usec")) * 1e-6 +
                               static_cast<double>(after(node, "cpu.stat", "throttled_time")) * 1e-9;
}

void readMemory(const dbus::CgroupNode& node, CgroupReading& reading) {
    reading.memory = number(node, "memory.current");
    reading.memoryLimit = number(node, "memory.max");
    if (!reading.memory) {
        reading.memory = number(node, "memory.usage_in_bytes");
        reading.memoryLimit = number(node, "memory.limit_in_bytes");
    }
    if (const QString* stat = cgroupValue(node, QStringLiteral("memory.stat"))) {
        const bool isVersion2 = has(node, "memory.current");
        const auto part = [&](const char* now, const char* before) {
            return std::optional(
                static_cast<double>(numberAfter(*stat, QString::fromLatin1(isVersion2 ? now : before))));
        };
        reading.anonymous = part("anon", "total_rss");
        reading.fileCache = part("file", "total_cache");
        reading.reclaimed = numberAfter(*stat, QStringLiteral("pgsteal"));
    }
    // v1 counts at the limit that it asks first: where memory and swap have the same one, that of both.
    reading.limitHits = after(node, "memory.events", "max") +
                        static_cast<quint64>(number(node, "memory.failcnt").value_or(0) +
                                             number(node, "memory.memsw.failcnt").value_or(0));
    reading.oomKills =
        after(node, "memory.events", "oom_kill") + after(node, "memory.oom_control", "oom_kill");
}

// "254:0 rbytes=1 wbytes=2 …" a line.
double sumOf(const QString& text, const QString& key) {
    double sum = 0;
    for (const QString& word : text.split(QRegularExpression(QStringLiteral("\\s+")))) {
        if (word.startsWith(key))
            sum += word.mid(key.size()).toDouble();
    }
    return sum;
}

// "254:0 Write 2" a line.
double sumOfVersion1(const QString& text, const QString& what) {
    double sum = 0;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (words.size() == 3 && words[1] == what)
            sum += words[2].toDouble();
    }
    return sum;
}

std::optional<double> leastOf(const QString& text, const QString& key) {
    double least = kNone;
    for (const QString& word : text.split(QRegularExpression(QStringLiteral("\\s+")))) {
        bool isNumber = false;
        const double value = word.mid(key.size()).toDouble(&isNumber);
        if (word.startsWith(key) && isNumber)
            least = std::min(least, value);
    }
    return least;
}

// "254:0 1048576" a line.
std::optional<double> leastOfVersion1(const dbus::CgroupNode& node, const char* file) {
    const QString* text = cgroupValue(node, QString::fromLatin1(file));
    if (text == nullptr)
        return std::nullopt;
    double least = kNone;
    for (const QString& line : text->split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        least = std::min(least, line.section(QLatin1Char(' '), 1, 1).toDouble());
    return least;
}

void readIo(const dbus::CgroupNode& node, CgroupReading& reading) {
    if (const QString* stat = cgroupValue(node, QStringLiteral("io.stat"))) {
        reading.bytesRead = sumOf(*stat, QStringLiteral("rbytes="));
        reading.bytesWritten = sumOf(*stat, QStringLiteral("wbytes="));
        const QString* max = cgroupValue(node, QStringLiteral("io.max"));
        reading.readLimit = leastOf(max == nullptr ? QString() : *max, QStringLiteral("rbps="));
        reading.writeLimit = leastOf(max == nullptr ? QString() : *max, QStringLiteral("wbps="));
        return;
    }
    const QString* bytes = cgroupValue(node, QStringLiteral("blkio.throttle.io_service_bytes_recursive"));
    if (bytes == nullptr)
        bytes = cgroupValue(node, QStringLiteral("blkio.throttle.io_service_bytes"));
    if (bytes != nullptr) {
        reading.bytesRead = sumOfVersion1(*bytes, QStringLiteral("Read"));
        reading.bytesWritten = sumOfVersion1(*bytes, QStringLiteral("Write"));
    }
    reading.readLimit = leastOfVersion1(node, "blkio.throttle.read_bps_device");
    reading.writeLimit = leastOfVersion1(node, "blkio.throttle.write_bps_device");
}

QString memoryText(double bytes) {
    return formatMemory(static_cast<quint64>(std::max(0.0, bytes)));
}

QString processors(double count) {
    return QLocale().toString(count, 'f', 2);
}

QString countText(double count) {
    return QLocale().toString(count, 'f', 0);
}

CgroupGauge gauge(const char* controller, double used, double limit, const QString& usedText,
                  const QString& limitText) {
    CgroupGauge made{QString::fromLatin1(controller), {}, -1, false};
    if (std::isinf(limit)) {
        made.words = Words::tr("%1 · no limit").arg(usedText);
        return made;
    }
    made.words = Words::tr("%1 of %2").arg(usedText, limitText);
    made.level = limit > 0 ? std::clamp(used / limit, 0.0, 1.0) : 1;
    made.isNear = made.level >= kNear;
    return made;
}

} // namespace

const dbus::CgroupNode* CgroupSnapshot::itself() const {
    const auto found = std::find_if(nodes.begin(), nodes.end(), [](const dbus::CgroupNode& node) {
        return node.relation == QLatin1String("itself");
    });
    return found == nodes.end() ? nullptr : &*found;
}

const dbus::CgroupNode* CgroupSnapshot::node(const QString& path) const {
    const auto found = std::find_if(nodes.begin(), nodes.end(),
                                    [&](const dbus::CgroupNode& node) { return node.path == path; });
    return found == nodes.end() ? nullptr : &*found;
}

const QString* cgroupValue(const dbus::CgroupNode& node, const QString& file) {
    const QString* value = nullptr;
    for (const dbus::CgroupFile& one : node.files) {
        // Where both versions are mounted v1 has the controllers; v2 has a cpu.stat nevertheless.
        if (one.file == file && (value == nullptr || one.version == 1))
            value = &one.value;
    }
    return value;
}

quint64 numberAfter(const QString& text, const QString& word) {
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (line.startsWith(word + QLatin1Char(' ')))
            return line.mid(word.size() + 1).toULongLong();
    }
    return 0;
}

CgroupReading readingOf(const dbus::CgroupNode& node) {
    CgroupReading reading;
    readCpu(node, reading);
    readMemory(node, reading);
    reading.pids = number(node, "pids.current");
    reading.pidsLimit = number(node, "pids.max");
    reading.pidsRefused = after(node, "pids.events", "max");
    readIo(node, reading);
    return reading;
}

QList<CgroupGauge> gaugesOf(const dbus::CgroupNode& node, const dbus::CgroupNode* before,
                            qint64 milliseconds) {
    const CgroupReading now = readingOf(node);
    const CgroupReading then = before == nullptr ? now : readingOf(*before);
    const double seconds =
        before == nullptr || milliseconds <= 0 ? 0 : static_cast<double>(milliseconds) / 1000;
    const auto rate = [&](const std::optional<double>& later, const std::optional<double>& earlier) {
        return seconds > 0 ? std::max(0.0, (later.value_or(0) - earlier.value_or(0)) / seconds) : 0.0;
    };
    QList<CgroupGauge> gauges;
    if (now.cpuSeconds) {
        const double used = rate(now.cpuSeconds, then.cpuSeconds);
        const double limit = now.cpuLimit.value_or(kNone);
        gauges.append(
            gauge("cpu", used, limit, processors(used), Words::tr("%1 processors").arg(processors(limit))));
        gauges.last().isNear = gauges.last().isNear || now.throttledPeriods > then.throttledPeriods;
    }
    if (now.memory) {
        const double limit = now.memoryLimit.value_or(kNone);
        gauges.append(gauge("memory", *now.memory, limit, memoryText(*now.memory),
                            std::isinf(limit) ? QString() : memoryText(limit)));
    }
    if (now.pids)
        gauges.append(gauge("pids", *now.pids, now.pidsLimit.value_or(kNone), countText(*now.pids),
                            countText(now.pidsLimit.value_or(0))));
    if (now.bytesWritten) {
        const double read = rate(now.bytesRead, then.bytesRead);
        const double written = rate(now.bytesWritten, then.bytesWritten);
        const double limit = now.writeLimit.value_or(kNone);
        const bool isVersion1 = !has(node, "io.stat");
        gauges.append(gauge(isVersion1 ? "blkio" : "io", written, limit,
                            Words::tr("writes %1").arg(formatRate(static_cast<quint64>(written))),
                            std::isinf(limit) ? QString() : formatRate(static_cast<quint64>(limit))));
        if (std::isinf(limit) && read > 0)
            gauges.last().words =
                Words::tr("reads %1, writes %2 · no limit")
                    .arg(formatRate(static_cast<quint64>(read)), formatRate(static_cast<quint64>(written)));
    }
    return gauges;
}

QString cgroupFolder(const QString& path, const QString& controller, int version, bool isHybrid) {
    const QString top = QStringLiteral("/sys/fs/cgroup");
    if (version == 1)
        return top + QLatin1Char('/') + controller + path;
    return top + (isHybrid ? QStringLiteral("/unified") : QString()) + path;
}

bool isHybrid(const CgroupSnapshot& snapshot) {
    bool seen[3] = {};
    for (const dbus::CgroupNode& node : snapshot.nodes) {
        for (const dbus::CgroupFile& file : node.files)
            seen[std::min<quint32>(file.version, 2)] = true;
    }
    return seen[1] && seen[2];
}

} // namespace escale::gui
