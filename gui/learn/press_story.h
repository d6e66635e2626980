// What happens while somebody presses against a limit, told from readings of the cgroup: values for a chart,
// marks on it, and sentences. Pure.
#pragma once

#include "gui/common/chart_line.h"
#include "gui/learn/cgroup_reading.h"

#include <QCoreApplication>
#include <QStringList>

namespace escale::gui {

enum class PressKind { Cpu, Memory, Processes, Disk };
inline constexpr PressKind kPressKinds[] = {PressKind::Cpu, PressKind::Memory, PressKind::Processes,
                                            PressKind::Disk};

class PressStory {
    Q_DECLARE_TR_FUNCTIONS(PressStory)
public:
    /// Another container: nothing is known of it.
    void clear();
    /// From here on somebody presses.
    void begin(PressKind kind, qint64 time);
    /// Nobody presses any more.
    void end();
    /// Each reading, whether somebody presses or not; times grow (Unix milliseconds).
    void take(qint64 time, const CgroupReading& reading);

    [[nodiscard]] bool isPressing() const { return m_isPressing; }
    [[nodiscard]] bool hasReading() const { return m_now.has_value(); }
    [[nodiscard]] const CgroupReading& reading() const { return *m_now; }
    /// Of the last reading: processors in percent (used, held back); bytes (of processes, page cache, the
    /// rest); processes; bytes a second (read, written). Empty: not known yet.
    [[nodiscard]] QList<double> values(PressKind kind) const;
    /// In the unit of the values; infinity: none.
    [[nodiscard]] double limit(PressKind kind) const;
    [[nodiscard]] const QList<ChartMark>& marks(PressKind kind) const {
        return m_marks[static_cast<int>(kind)];
    }
    /// What one sees of it, since the pressing began or in the last second.
    [[nodiscard]] QStringList sentences(PressKind kind) const;

private:
    void mark(PressKind kind, qint64 time, const QString& words, bool isBad);
    void findMarks(qint64 time, const CgroupReading& reading);
    [[nodiscard]] QStringList cpuSentences() const;
    [[nodiscard]] QStringList memorySentences() const;
    [[nodiscard]] QStringList processesSentences() const;
    [[nodiscard]] QStringList diskSentences() const;
    [[nodiscard]] bool isPressed(PressKind kind) const { return m_pressed == kind && m_begin.has_value(); }

    std::optional<CgroupReading> m_begin, m_before, m_now; // when the pressing began; the last two
    PressKind m_pressed = PressKind::Cpu;
    bool m_isPressing = false, m_waitsForFirst = false;
    qint64 m_beforeTime = 0, m_nowTime = 0;
    double m_takenBack = 0; // bytes of page cache since the pressing began
    QList<ChartMark> m_marks[4];
};

} // namespace escale::gui
