#include "gui/common/state_mark.h"

#include "gui/common/theme.h"

#include <QPainter>

namespace escale::gui {

void paintStateMark(QPainter& painter, const Colors& colors, const QRectF& area, StateMark mark,
                    const QColor& color, qreal turn) {
    const QRectF ring = area.adjusted(1, 1, -1, -1);
    if (mark == StateMark::Turning) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.border, 2));
        painter.drawEllipse(ring);
        painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
        return painter.drawArc(ring, static_cast<int>(-turn * 360 * 16), 110 * 16);
    }
    const bool isFull = mark == StateMark::Done || mark == StateMark::Failed || mark == StateMark::Full ||
                        mark == StateMark::Paused;
    painter.setPen(isFull ? QPen(Qt::NoPen)
                          : QPen(color, 1.6, mark == StateMark::Dotted ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(isFull ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(ring);
    painter.setPen(QPen(isFull ? colors.base : color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF middle = ring.center();
    const auto stroke = [&](const QPointF& from, const QPointF& to) {
        painter.drawLine(middle + from, middle + to);
    };
    if (mark == StateMark::Done || mark == StateMark::Ticked) {
        painter.drawPolyline(QPolygonF(
            {middle + QPointF(-2.8, 0.2), middle + QPointF(-0.8, 2.3), middle + QPointF(2.9, -2.1)}));
    } else if (mark == StateMark::Failed) {
        stroke({-2.3, -2.3}, {2.3, 2.3});
        stroke({2.3, -2.3}, {-2.3, 2.3});
    } else if (mark == StateMark::Dash) {
        stroke({-2.6, 0}, {2.6, 0});
    } else if (mark == StateMark::Paused) {
        stroke({-1.7, -2.3}, {-1.7, 2.3});
        stroke({1.7, -2.3}, {1.7, 2.3});
    }
}

} // namespace escale::gui
