// What the cells of the containers' tree say, for a container's row and for a stack's. The model hands it
// out.
#pragma once

#include "gui/containers/container_node.h"

#include <QVariant>

namespace escale::gui {

/// The text of a column (ContainersModel::Column).
QString cellText(const ContainerNode& node, int column);
/// For a tool tip; empty: the cell's own text when it does not fit.
QString cellToolTip(const ContainerNode& node, int column);
/// A row in one sentence, for a screen reader.
QString spokenRow(const ContainerNode& node);
/// How long something has run: "12 s", "3 min", "2 h 05 min", "4 d 3 h". Milliseconds.
QString formatUpTime(qint64 milliseconds);

} // namespace escale::gui
