// Where everything of a topology stands: outside, interfaces and ports at the left, routing, networks in the
// middle, each with its containers in rows at its right. The same graph always gives the same drawing. Pure;
// lengths are those of the scene, pixels at scale 1.
#pragma once

#include "gui/networks/topology_graph.h"

#include <QHash>
#include <QPainterPath>
#include <QRectF>

namespace escale::gui {

struct TopologyLayout {
    QHash<QString, QRectF> nodes;
    QHash<QString, QPainterPath> edges; // from `from` to `to`
    QRectF bounds;
};

TopologyLayout layOut(const TopologyGraph& graph);

} // namespace escale::gui
