// What a chart's axes and lines are computed from; no drawing here.
#pragma once

#include <QList>
#include <QPointF>

namespace escale::gui {

/// An axis from 0 to `top` in `parts` equal parts, whose figures are short.
struct ValueScale {
    double top = 1;
    int parts = 4;
};

enum class Figures { Decimal, Binary };

/// The scale that holds `value` and does not change with every sample; `least` is the least it ends at.
ValueScale scaleFor(double value, double least, Figures figures);

/// The times (Unix milliseconds) at which a time axis is labelled: whole minutes, quarters…, local time, at
/// most `most` of them.
QList<qint64> timeTicks(qint64 from, qint64 to, int most);
/// The distance of those ticks in milliseconds.
qint64 tickStep(qint64 span, int most);

/// Points in the order of x with about `most` of them left when they are more: the lowest and the highest of
/// each slice of x stay, so no peak is lost. Slices lie at multiples of their width, so a moving line does
/// not flicker.
QList<QPointF> thinned(const QList<QPointF>& points, double span, int most);

} // namespace escale::gui
