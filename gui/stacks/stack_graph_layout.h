// Where everything of a stack's drawing stands: services in rows, above those that they depend on; networks
// as bars at the left, with a rail above each row that has members of theirs; volumes in the last rows. The
// same graph always gives the same drawing. Pure; lengths are pixels at scale 1.
#pragma once

#include "gui/stacks/stack_graph.h"

#include <QHash>
#include <QPainterPath>
#include <QRectF>

namespace escale::gui {

struct StackLayout {
    struct Line {
        qsizetype edge = 0; // of the graph's
        QPainterPath path;
        QPointF label; // its middle, when the edge has words
    };
    QHash<QString, QRectF> nodes;
    QList<Line> lines;
    QRectF bounds;

    /// The node at that place, or nothing.
    [[nodiscard]] QString nodeAt(const QPointF& place) const;
    /// The node that lies next in that direction (Qt::Key_Left …); the first one when none is current.
    [[nodiscard]] QString nextFrom(const QString& id, int key, const StackGraph& graph) const;
};

/// `width`: what there is to be filled, if boxes of some width can.
StackLayout layOut(const StackGraph& graph, qreal width);

} // namespace escale::gui
