// docker run's option mount in the form and on the command line; what it means is the engine's
// (engine/volume/mount_spec.h). Pure.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

struct RowShape;

/// A row of cells for each: kind, source, path inside, access, and the rest as docker writes it.
RowShape mountShape();
RowShape secretShape();

/// "web:/data:ro" of -v, and the value of --mount, as the form's text; a path that is not absolute counts
/// from the person's home. InvalidArgument.
Result<QString> mountOfVolumeFlag(const QString& text);
Result<QString> mountOfMountFlag(const QString& text);
/// The shortest words of the command line that say the same: {"-v", "web:/data"}, {"--mount", "type=…"}.
QStringList mountWords(const QString& text);

struct MountPlace {
    QString target, source, kind; // kind: "volume", "bind", "tmpfs"
    bool readOnly = false;
};
/// Where it is mounted; nothing of a text that cannot be read.
MountPlace mountPlace(const QString& text);

/// The anonymous volumes of a container as mounts that name them.
QStringList anonymousMounts(const dbus::VolumeList& volumes, const QString& container);
/// The mounts with these, wherever they leave a place free, or name no volume for it.
QStringList withVolumes(const QStringList& mounts, const QStringList& volumes);

namespace rules {
QString mount(const QString& text);
QString volumesFrom(const QString& text);
QString secret(const QString& text);
} // namespace rules

} // namespace escale::gui
