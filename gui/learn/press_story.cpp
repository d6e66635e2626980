#include "gui/learn/press_story.h"

#include "gui/common/format.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kFallen = 1 << 20; // bytes of page cache that are no accident
constexpr double kFull = 0.8;       // of its limit
constexpr qint64 kApart = 1500;     // milliseconds between two marks of the same words

QString memoryText(double bytes) {
    return formatMemory(static_cast<quint64>(std::max(0.0, bytes)));
}

QString rateText(double bytes) {
    return formatRate(static_cast<quint64>(std::max(0.0, bytes)));
}

QString figure(double value) {
    return QLocale().toString(value, 'f', 2);
}

} // namespace

void PressStory::clear() {
    *this = PressStory();
}

void PressStory::begin(PressKind kind, qint64 time) {
    m_pressed = kind;
    m_isPressing = true;
    m_takenBack = 0;
    m_marks[static_cast<int>(kind)].clear();
    m_begin = m_now;
    m_waitsForFirst = !m_now;
    mark(kind, time, tr("begin"), false);
}

void PressStory::end() {
    m_isPressing = false;
}

void PressStory::take(qint64 time, const CgroupReading& reading) {
    if (m_now && time <= m_nowTime)
        return;
    m_before = std::exchange(m_now, reading);
    m_beforeTime = std::exchange(m_nowTime, time);
    if (std::exchange(m_waitsForFirst, false))
        m_begin = m_now;
    if (m_before && m_begin)
        findMarks(time, reading);
}

void PressStory::mark(PressKind kind, qint64 time, const QString& words, bool isBad) {
    QList<ChartMark>& marks = m_marks[static_cast<int>(kind)];
    const auto same =
        std::find_if(marks.rbegin(), marks.rend(), [&](const ChartMark& one) { return one.words == words; });
    if (same != marks.rend() && time - same->time < kApart)
        return;
    marks.append({time, words, isBad});
}

void PressStory::findMarks(qint64 time, const CgroupReading& reading) {
    const auto isFirst = [&](PressKind kind, const QString& words) {
        const QList<ChartMark>& marks = m_marks[static_cast<int>(kind)];
        return std::none_of(marks.begin(), marks.end(),
                            [&](const ChartMark& one) { return one.words == words; });
    };
    const QString throttled = tr("throttled");
    if (reading.throttledPeriods > m_before->throttledPeriods && isFirst(PressKind::Cpu, throttled))
        mark(PressKind::Cpu, time, throttled, true);
    const double fallen = m_before->fileCache.value_or(0) - reading.fileCache.value_or(0);
    // Not every kernel counts it: a full cgroup whose page cache falls says it, too.
    const bool isFull = m_before->memory.value_or(0) >= kFull * limit(PressKind::Memory);
    const bool isAtLimit = reading.limitHits > m_before->limitHits ||
                           reading.reclaimed > m_before->reclaimed || (isFull && fallen > kFallen);
    if (isAtLimit && fallen > 0)
        m_takenBack += fallen;
    const QString reclaim = tr("reclaim");
    if (isAtLimit && (fallen > kFallen || reading.limitHits > m_before->limitHits) &&
        isFirst(PressKind::Memory, reclaim))
        mark(PressKind::Memory, time, reclaim, false);
    if (reading.oomKills > m_before->oomKills)
        mark(PressKind::Memory, time, tr("OOM"), true);
    if (reading.pidsRefused > m_before->pidsRefused)
        mark(PressKind::Processes, time, tr("refused"), true);
    const QString waits = tr("waits");
    const QList<double> disk = values(PressKind::Disk);
    if (disk.size() == 2 && !std::isinf(limit(PressKind::Disk)) && disk[1] >= 0.8 * limit(PressKind::Disk) &&
        isFirst(PressKind::Disk, waits))
        mark(PressKind::Disk, time, waits, true);
}

QList<double> PressStory::values(PressKind kind) const {
    if (!m_now)
        return {};
    const double seconds = m_before ? static_cast<double>(m_nowTime - m_beforeTime) / 1000 : 0;
    const auto rate = [&](const std::optional<double>& later, const std::optional<double>& earlier) {
        return seconds > 0 ? std::max(0.0, (later.value_or(0) - earlier.value_or(0)) / seconds) : 0.0;
    };
    switch (kind) {
    case PressKind::Cpu:
        if (!m_before || !m_now->cpuSeconds)
            return {};
        return {100 * rate(m_now->cpuSeconds, m_before->cpuSeconds),
                100 * rate(m_now->throttledSeconds, m_before->throttledSeconds)};
    case PressKind::Memory: {
        if (!m_now->memory)
            return {};
        const double anonymous = m_now->anonymous.value_or(0);
        const double file = m_now->fileCache.value_or(0);
        return {anonymous, file, std::max(0.0, *m_now->memory - anonymous - file)};
    }
    case PressKind::Processes:
        return m_now->pids ? QList<double>{*m_now->pids} : QList<double>();
    case PressKind::Disk:
        break;
    }
    if (!m_before || !m_now->bytesWritten)
        return {};
    return {rate(m_now->bytesRead, m_before->bytesRead), rate(m_now->bytesWritten, m_before->bytesWritten)};
}

double PressStory::limit(PressKind kind) const {
    if (!m_now)
        return kNone;
    switch (kind) {
    case PressKind::Cpu:
        return m_now->cpuLimit.value_or(kNone) * 100;
    case PressKind::Memory:
        return m_now->memoryLimit.value_or(kNone);
    case PressKind::Processes:
        return m_now->pidsLimit.value_or(kNone);
    case PressKind::Disk:
        break;
    }
    return m_now->writeLimit.value_or(kNone);
}

QStringList PressStory::sentences(PressKind kind) const {
    if (!m_now)
        return {};
    switch (kind) {
    case PressKind::Cpu:
        return cpuSentences();
    case PressKind::Memory:
        return memorySentences();
    case PressKind::Processes:
        return processesSentences();
    case PressKind::Disk:
        break;
    }
    return diskSentences();
}

QStringList PressStory::cpuSentences() const {
    QStringList told;
    if (!m_now->cpuSeconds)
        return {tr("This machine does not count processor time by cgroup.")};
    const double limit = m_now->cpuLimit.value_or(kNone);
    const CgroupReading& then = isPressed(PressKind::Cpu) ? *m_begin : m_before ? *m_before : *m_now;
    const quint64 periods = m_now->periods - std::min(m_now->periods, then.periods);
    const quint64 throttled =
        m_now->throttledPeriods - std::min(m_now->throttledPeriods, then.throttledPeriods);
    const QList<double> now = values(PressKind::Cpu);
    if (!now.isEmpty())
        told.append(
            std::isinf(limit)
                ? tr("It uses %1 processors. There is no limit: it may have all of this machine.")
                      .arg(figure(now[0] / 100))
                : tr("It uses %1 processors; its limit is %2.").arg(figure(now[0] / 100), figure(limit)));
    if (throttled > 0)
        told.append(tr("The kernel has stopped it in %1 of %2 periods of %3 ms: its quota was used up, and "
                       "all its processes had to wait for the next one (throttling).")
                        .arg(throttled)
                        .arg(periods)
                        .arg(m_now->periodMilliseconds));
    else if (!std::isinf(limit))
        told.append(tr("It was not stopped in any period: it wants less than its limit."));
    return told;
}

QStringList PressStory::memorySentences() const {
    if (!m_now->memory)
        return {tr("This machine does not count memory by cgroup.")};
    QStringList told;
    const double limit = m_now->memoryLimit.value_or(kNone);
    const QString cache = memoryText(m_now->fileCache.value_or(0));
    told.append(std::isinf(limit)
                    ? tr("It has %1, of which %2 are copies of files (page cache). There is no limit.")
                          .arg(memoryText(*m_now->memory), cache)
                    : tr("It has %1 of %2, of which %3 are copies of files (page cache).")
                          .arg(memoryText(*m_now->memory), memoryText(limit), cache));
    if (!isPressed(PressKind::Memory))
        return told;
    const quint64 hits = m_now->limitHits - std::min(m_now->limitHits, m_begin->limitHits);
    const quint64 kills = m_now->oomKills - std::min(m_now->oomKills, m_begin->oomKills);
    if (hits > 0)
        told.append(tr("It ran against the limit %n time(s). Each time the kernel takes back what it can get "
                       "again (reclaim): page cache first.",
                       nullptr, static_cast<int>(std::min<quint64>(hits, 1'000'000))));
    else if (m_takenBack > kFallen)
        told.append(
            tr("It was full, so the kernel takes back what it can get again (reclaim): page cache first."));
    if (m_takenBack > kFallen)
        told.append(tr("So far it has taken back %1 of it.").arg(memoryText(m_takenBack)));
    if (kills > 0)
        told.append(
            tr("Nothing was left to take back: the kernel has ended the process that had most, by SIGKILL "
               "(OOM killer). The others live on, and so does the container."));
    return told;
}

QStringList PressStory::processesSentences() const {
    if (!m_now->pids)
        return {tr("This machine does not count processes by cgroup.")};
    QStringList told;
    const double limit = m_now->pidsLimit.value_or(kNone);
    told.append(std::isinf(limit) ? tr("It has %n processes and threads. There is no limit.", nullptr,
                                       static_cast<int>(*m_now->pids))
                                  : tr("It has %1 of %2 processes and threads.")
                                        .arg(static_cast<int>(*m_now->pids))
                                        .arg(static_cast<int>(limit)));
    const CgroupReading& then = isPressed(PressKind::Processes) ? *m_begin : *m_now;
    const quint64 refused = m_now->pidsRefused - std::min(m_now->pidsRefused, then.pidsRefused);
    if (refused > 0)
        told.append(tr("%n time(s) a further one was refused: fork() has failed with EAGAIN. Those that are "
                       "there go on; nothing is ended.",
                       nullptr, static_cast<int>(std::min<quint64>(refused, 1'000'000))));
    return told;
}

QStringList PressStory::diskSentences() const {
    if (!m_now->bytesWritten)
        return {tr("This machine does not count the disk by cgroup.")};
    QStringList told;
    const QList<double> now = values(PressKind::Disk);
    const double limit = m_now->writeLimit.value_or(kNone);
    if (!now.isEmpty())
        told.append(tr("It reads %1 and writes %2.").arg(rateText(now[0]), rateText(now[1])));
    if (std::isinf(limit))
        told.append(tr("There is no limit: it gets what the disk can do. One is given when a container is "
                       "made (--device-write-bps)."));
    else
        told.append(
            tr("It may write %1: when it has, the next operation has to wait until time has caught up.")
                .arg(rateText(limit)));
    return told;
}

} // namespace escale::gui
