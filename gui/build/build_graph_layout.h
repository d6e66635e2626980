// Where everything of a build's graph stands: each stage a lane with its steps below each other, stages that
// need others at the right of them. The same stages always give the same drawing. Pure; lengths are pixels at
// scale 1.
#pragma once

#include "gui/build/build_model.h"

#include <QHash>
#include <QList>
#include <QPainterPath>
#include <QRectF>

namespace escale::gui {

struct BuildGraphLayout {
    struct Edge {
        QString from, to; // steps, of two stages
        QPainterPath path;
    };
    QHash<QString, QRectF> steps;
    QHash<QString, QRectF> stages; // lanes, with their heads
    QList<Edge> edges;
    QRectF bounds;
    int columns = 0;

    /// The step at that place, or nothing.
    [[nodiscard]] QString stepAt(const QPointF& place) const;
    /// The step that lies next in that direction (Qt::Key_Left …); the first one when none is current.
    [[nodiscard]] QString nextFrom(const QString& id, int key, const QList<ShownStage>& stages) const;
};

/// Of a lane without its steps.
inline constexpr qreal kStageHead = 46;

/// `width`: what there is to be filled, if lanes of some width can.
BuildGraphLayout layOutBuild(const QList<ShownStage>& stages, qreal width);

} // namespace escale::gui
