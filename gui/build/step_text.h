// A step of a build in words: its state, how long it took, what it wrote.
#pragma once

#include "gui/build/build_model.h"
#include "gui/common/table.h"

#include <QString>

namespace escale::gui {

/// "running", "cached", "failed (exit code 2)"
QString stateText(const ShownStep& step);
Tone stateTone(StepState state);
/// "0.4 s", "12 s", "3 min 20 s"
QString formatDuration(qint64 milliseconds);
/// "cached · 12 MB", "running · 12 s", "done · 3.1 s · 45 MB"
QString stepFigures(const ShownStep& step, qint64 now);
/// For a screen reader: the instruction, where it stands, and the figures.
QString spokenStep(const ShownStage& stage, const ShownStep& step, qint64 now);
QString stateText(BuildModel::State state);
/// Of Builds.List: "running", "done", …
QString buildStateText(const QString& state);
Tone buildStateTone(const QString& state);

} // namespace escale::gui
