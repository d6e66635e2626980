// Tells screen readers of a TopologyView: each node is a part with a sentence of its own.
#pragma once

#include <QString>

namespace escale::gui {

class TopologyView;

/// Makes Qt know it; any number of times.
void installTopologyAccessibility();
/// Another node or edge is current; empty: the whole.
void announceTopology(TopologyView& view, const QString& id);

} // namespace escale::gui
