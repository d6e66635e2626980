#include "gui/common/chart_scale.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

ValueScale decimalScale(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const auto& [step, parts] : {std::pair(1.0, 5), {2.0, 4}, {5.0, 5}}) {
        if (value <= step * power * (1 + 1e-9))
            return {step * power, parts};
    }
    return {10 * power, 5};
}

ValueScale binaryScale(double value) {
    const double power = std::exp2(std::floor(std::log2(value)));
    for (const auto& [step, parts] : {std::pair(1.0, 4), {1.5, 3}}) {
        if (value <= step * power * (1 + 1e-9))
            return {step * power, parts};
    }
    return {2 * power, 4};
}

} // namespace

ValueScale scaleFor(double value, double least, Figures figures) {
    const double held = std::max(value, least);
    return figures == Figures::Binary ? binaryScale(held) : decimalScale(held);
}

qint64 tickStep(qint64 span, int most) {
    for (const qint64 seconds : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800}) {
        if (span / (seconds * 1000) < most)
            return seconds * 1000;
    }
    return 3'600'000;
}

QList<qint64> timeTicks(qint64 from, qint64 to, int most) {
    const qint64 step = tickStep(to - from, most);
    const qint64 zone = QDateTime::fromMSecsSinceEpoch(to).offsetFromUtc() * qint64(1000);
    QList<qint64> ticks;
    for (qint64 tick = (from + zone + step - 1) / step * step - zone; tick <= to; tick += step)
        ticks.append(tick);
    return ticks;
}

QList<QPointF> thinned(const QList<QPointF>& points, double span, int most) {
    if (points.size() <= most)
        return points;
    const double width = span / (most / 2);
    QList<QPointF> kept;
    kept.reserve(most + 4);
    qsizetype low = 0;
    qsizetype high = 0;
    double slice = std::floor(points.first().x() / width);
    const auto take = [&] {
        kept.append(points[std::min(low, high)]);
        if (low != high)
            kept.append(points[std::max(low, high)]);
    };
    for (qsizetype i = 1; i < points.size(); ++i) {
        const double own = std::floor(points[i].x() / width);
        if (own != slice) {
            take();
            slice = own;
            low = high = i;
            continue;
        }
        if (points[i].y() < points[low].y())
            low = i;
        if (points[i].y() > points[high].y())
            high = i;
    }
    take();
    return kept;
}

} // namespace escale::gui
