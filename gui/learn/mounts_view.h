// The mounts that a container sees as a tree, what each is in words, which of them others hide, and which
// file systems of the machine they come from. Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "helper/dbus/types.h"

namespace escale::gui {

struct MountsInput {
    QString container;       // its name
    dbus::MountList mounts;  // as its first process sees them
    dbus::MountList machine; // as this window does; may be empty
};

/// "m:ID" of the container's; "h:ID" of the machine's.
QString mountBox(const dbus::MountFacts& mount);
/// What it is for, one clause: "the image's 6 layers, the container's own on top".
QString mountOrigin(const dbus::MountFacts& mount);
/// Which of the machine's mounts shows the same file system; null: none, it was made for the container.
const dbus::MountFacts* mountBehind(const dbus::MountFacts& mount, const MountsInput& input);

Drawing drawMounts(const MountsInput& input);
QStringList mountColumns();
QList<CellsRow> mountRows(const MountsInput& input);
QString mountsExplanation(const QString& id, const MountsInput& input);

} // namespace escale::gui
