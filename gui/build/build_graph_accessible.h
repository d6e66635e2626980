// Tells screen readers of a BuildGraphView: each step is an item with a sentence of its own.
#pragma once

#include <QString>

namespace escale::gui {

class BuildGraphView;

/// Makes Qt know it; any number of times.
void installBuildGraphAccessibility();
/// Another step is current; empty: none.
void announceBuildStep(BuildGraphView& view, const QString& step);

} // namespace escale::gui
