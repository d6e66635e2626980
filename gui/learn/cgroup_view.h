// The Limits page as data: the cgroups above the container's, its own with a gauge a controller and the files
// behind it, and those below. Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/cgroup_reading.h"

namespace escale::gui {

struct CgroupView {
    Drawing drawing;
    QList<CellsRow> rows; // the ids of the drawing's boxes, and files that are not drawn
};

/// Ids: the path of a cgroup, "PATH|CONTROLLER", "PATH|VERSION|FILE".
QString cgroupFileId(const QString& path, const dbus::CgroupFile& file);
QString controllerId(const QString& path, const QString& controller);

/// `before`: the reading before, for rates; may be empty. `name`: of the container.
CgroupView cgroupView(const CgroupSnapshot& now, const CgroupSnapshot& before, const QString& name);
/// In HTML; of an id of the above, or of the whole when it is empty.
QString cgroupExplanation(const CgroupSnapshot& now, const CgroupSnapshot& before, const QString& name,
                          const QString& id);

} // namespace escale::gui
