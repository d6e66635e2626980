// What the files of a cgroup say, as numbers: the same of v1 and v2. Pure; the view and the experiments
// reckon with it.
#pragma once

#include "helper/dbus/types.h"

#include <optional>

namespace escale::gui {

/// All nodes as they were at one time.
struct CgroupSnapshot {
    qint64 time = 0; // Unix, milliseconds
    dbus::CgroupNodes nodes;

    /// The container's own; null: there is none.
    [[nodiscard]] const dbus::CgroupNode* itself() const;
    [[nodiscard]] const dbus::CgroupNode* node(const QString& path) const;
};

/// Nothing: the file is not there. A limit that is not set: infinity.
struct CgroupReading {
    std::optional<double> cpuSeconds;           // used so far
    std::optional<double> cpuLimit;             // processors
    quint64 periods = 0, throttledPeriods = 0;  // so far
    double throttledSeconds = 0;                // so far, of all threads together
    double periodMilliseconds = 100;            // of the limit
    std::optional<double> memory, memoryLimit;  // bytes
    std::optional<double> anonymous, fileCache; // bytes of it
    quint64 limitHits = 0;                      // how often memory ran against the limit, so far
    quint64 reclaimed = 0;                      // pages taken back, so far; v1 does not tell
    quint64 oomKills = 0;                       // so far
    std::optional<double> pids, pidsLimit;
    quint64 pidsRefused = 0;                       // so far
    std::optional<double> bytesRead, bytesWritten; // of all disks, so far
    std::optional<double> readLimit, writeLimit;   // bytes a second, of the disk with the least
};
CgroupReading readingOf(const dbus::CgroupNode& node);

/// The value of a file, or null.
const QString* cgroupValue(const dbus::CgroupNode& node, const QString& file);
/// The number behind a word in lines of "word number"; 0 when it is missing.
quint64 numberAfter(const QString& text, const QString& word);

/// How much there is of a limit; what the drawing fills.
struct CgroupGauge {
    QString controller;  // "cpu", "memory", "pids", "io" (or "blkio" in v1)
    QString words;       // "42.1 MiB of 64 MiB"
    double level = -1;   // 0 to 1 of the limit; -1: there is none
    bool isNear = false; // it is at its limit, or nearly: what the limit does is to be seen
};
/// In their order; those whose controller is missing are left out. `before`: an earlier one, for rates; null:
/// there are none yet.
QList<CgroupGauge> gaugesOf(const dbus::CgroupNode& node, const dbus::CgroupNode* before,
                            qint64 milliseconds);

/// Where one finds a file: "/sys/fs/cgroup/memory/escale/4f…/memory.max". `isHybrid`: both versions are
/// mounted.
QString cgroupFolder(const QString& path, const QString& controller, int version, bool isHybrid);
bool isHybrid(const CgroupSnapshot& snapshot);

} // namespace escale::gui
