// The small round sign that says what something is at, in drawings: an empty ring, one that turns, a full
// disc with a tick, a cross or two bars. Drawn, not a picture: an export stays a drawing.
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace escale::gui {

struct Colors;

enum class StateMark { Empty, Dotted, Turning, Ticked, Done, Failed, Dash, Paused, Full };

/// `turn`: of the one that turns, 0…1. Ticked is a ring with a tick, Done a disc with one.
void paintStateMark(QPainter& painter, const Colors& colors, const QRectF& area, StateMark mark,
                    const QColor& color, qreal turn = 0);

} // namespace escale::gui
