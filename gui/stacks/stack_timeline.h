// Who did what when, and who waited for whom, as rows of bars: one a container, network, volume or image.
// Pure.
#pragma once

#include "gui/stacks/stack_progress.h"

#include <QList>
#include <QString>

namespace escale::gui {

struct TimelineBar {
    enum class Kind { Waiting, Working, Done, Failed, LeftOut };
    Kind kind = Kind::Working;
    qint64 from = 0, to = 0; // Unix milliseconds
    QString text;            // "start db-1", "waits for db: healthy"
    bool isOpen = false;     // it goes on
};

struct TimelineRow {
    QString id;      // the same from one telling to the next
    QString name;    // "db-1"
    QString service; // empty: a network or volume
    QList<TimelineBar> bars;
    QString error;
};

struct Timeline {
    qint64 from = 0, to = 0; // of all of it
    QList<TimelineRow> rows;
};

/// `now`: where what goes on ends, Unix milliseconds.
Timeline timelineOf(const StackProgress& progress, qint64 now);

/// In one sentence, for a screen reader.
QString spokenRow(const Timeline& timeline, const TimelineRow& row);
/// A round step for the axis: at least `least` milliseconds.
qint64 tickOf(qint64 least);

} // namespace escale::gui
