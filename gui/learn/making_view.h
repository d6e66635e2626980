// How a container was made, step by step: three lanes over time, the same as rows, and what a step did, in
// words. Pure.
#pragma once

#include "engine/base/made_step.h"
#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "helper/dbus/types.h"

namespace escale::gui {

/// As the engine tells them; in their order.
MadeSteps madeStepsOf(const dbus::MadeSteps& told);

/// "step:12": of box and row alike, from 0.
QString stepId(std::size_t number);
/// -1: it is none.
int stepOf(const QString& id);

/// Time runs from left to right, to scale but for steps too short to be seen, which get a least width.
Drawing makingDrawing(const MadeSteps& steps, const QString& container);
QStringList makingColumns();
QList<CellsRow> makingRows(const MadeSteps& steps);

/// From the first step's begin to the last one's end, in nanoseconds.
std::int64_t makingTime(const MadeSteps& steps);
/// In HTML.
QString makingExplanation(const MadeSteps& steps, const QString& container);
QString stepExplanation(const MadeSteps& steps, std::size_t number);

} // namespace escale::gui
