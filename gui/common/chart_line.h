// What one line of a chart looks like, and how its values are written.
#pragma once

#include <QColor>
#include <QString>

#include <functional>

namespace escale::gui {

struct ChartLine {
    enum class Tint { Accent, Amber, Green, Muted };
    /// Stacked lines lie on each other in their order, each filled.
    enum class Shape { Line, Filled, Stacked };

    QString name;
    Tint tint = Tint::Accent;
    Shape shape = Shape::Line;

    /// In the palette in force.
    [[nodiscard]] QColor color() const;
};

/// Something that happened at a time, as a line with its words at the foot.
struct ChartMark {
    qint64 time = 0; // Unix milliseconds
    QString words;
    bool isBad = false;
    bool operator==(const ChartMark&) const = default;
};

using ValueText = std::function<QString(double)>;

} // namespace escale::gui
