// What a container is to be, as Containers.Run and Create take it.
#pragma once

#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace escale::gui {

/// The options are those of Containers.Run (helper/dbus/org.escale.Engine1.xml), with exactly the types named
/// there (memory: qulonglong, pids: qlonglong, labels: QMap<QString, QString> …).
struct RunRequest {
    QString image;
    QStringList command; // empty: the image's own
    QVariantMap options; // unset: the engine's default

    bool operator==(const RunRequest&) const = default;
};

} // namespace escale::gui
