// The user and group ids of a container as bands: from what they are inside to what they are on this machine.
// Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/namespaces_model.h"

namespace escale::gui {

struct UserIdsInput {
    QString container; // its name
    dbus::NamespaceFacts facts;
    dbus::InspectedProcesses processes; // of the container: their ids are marked
    quint32 windowUser = 0, windowGroup = 0;
};

/// Boxes: "range:u:0" (a user id range by its first id inside), "range:u:0:out", "gap:u:in:65536", "id:u:0"
/// (a marked id, by what it is on this machine), "id:u:0:out"; "g" for groups.
Drawing drawUserIds(const UserIdsInput& input);
QStringList userIdColumns();
QList<CellsRow> userIdRows(const UserIdsInput& input);
QString userIdsExplanation(const QString& id, const UserIdsInput& input);

} // namespace escale::gui
