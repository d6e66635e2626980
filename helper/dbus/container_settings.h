// What Containers.Overview tells: what of a container stays as it was made, for many at once. Beside types.h,
// which so many files need.
#pragma once

#include "helper/dbus/types.h"

namespace escale::dbus {

struct ContainerSettings {
    QString id;
    QStringList process;      // program and arguments; the image's where the caller gave none
    QStringList exposedPorts; // of its image: "80/tcp"
    QString network;          // as it was asked for: "bridge", "host", "container:ID" …
    QStringList mounts;       // "type=volume,source=web,target=/data"
    TextMap imageLabels;
};
using ContainerSettingsList = QList<ContainerSettings>;

QDBusArgument& operator<<(QDBusArgument& out, const ContainerSettings& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ContainerSettings& value);

} // namespace escale::dbus

Q_DECLARE_METATYPE(escale::dbus::ContainerSettings)
