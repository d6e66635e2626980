// Two processes, and what the first one can see of the other and do to it. Pure.
#pragma once

#include "engine/inspect/sight.h"
#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/namespaces_model.h"

#include <vector>

namespace escale::gui {

struct SightsInput {
    NamespacesModel model; // from whom one chooses
    quint32 from = 0, to = 0;
    std::vector<Sight> sights; // sightsBetween() both
};

/// Boxes: "from", "to", "q:0" (a question), "p:48213" (a process to choose).
Drawing drawSights(const SightsInput& input);
QStringList sightColumns();
QList<CellsRow> sightRows(const SightsInput& input);
QString sightsExplanation(const QString& id, const SightsInput& input);

/// All processes that can be chosen, in the order of the drawing.
dbus::InspectedProcesses allProcesses(const NamespacesModel& model);
/// "nginx of web" of one of the model's.
QString processTitle(quint32 pid, const NamespacesModel& model);

} // namespace escale::gui
