// Draws a stack: for the window and for a file that others can see. Pure but for the palette.
#pragma once

#include "engine/base/result.h"
#include "gui/stacks/stack_graph_layout.h"

#include <QColor>
#include <QImage>

class QPainter;

namespace escale::gui {

struct StackLook {
    QString current; // a node
    QString filter;  // what does not hold it steps back
    qreal turn = 0;  // of the mark of what is worked on: 0…1
    bool hasFocus = false;
};

void paintStack(QPainter& painter, const StackGraph& graph, const StackLayout& layout, const StackLook& look);

QColor stackStateColor(StackNode::State state);

/// A whole SVG document, with the names as text.
QByteArray stackSvg(const StackGraph& graph, const QString& title);
QImage stackImage(const StackGraph& graph);
/// SVG for a name that ends in ".svg", PNG for any other.
Result<> exportStack(const StackGraph& graph, const QString& title, const QString& file);

} // namespace escale::gui
