#include "gui/containers/run_time_mounts.h"

#include "gui/containers/files_model.h"
#include "gui/containers/mount_option.h"
#include "helper/dbus/types.h"

#include <QDir>

#include <algorithm>

namespace escale::gui {

QStringList runTimeMounts(const QVariantMap& options) {
    QStringList paths{QStringLiteral("/proc"),         QStringLiteral("/sys"),
                      QStringLiteral("/dev"),          QStringLiteral("/etc/hosts"),
                      QStringLiteral("/etc/hostname"), QStringLiteral("/etc/resolv.conf")};
    if (options.value(QStringLiteral("init")).toBool())
        paths.append(QStringLiteral("/sbin/docker-init"));
    for (const QString& path : options.value(QStringLiteral("tmpfs")).value<dbus::TextMap>().keys())
        paths.append(QDir::cleanPath(path));
    for (const QString& text : options.value(QStringLiteral("mounts")).toStringList()) {
        if (const MountPlace place = mountPlace(text); !place.target.isEmpty())
            paths.append(QDir::cleanPath(place.target));
    }
    return paths;
}

QSet<QString> mountsIn(const QStringList& mounts, const QString& folder) {
    QSet<QString> names;
    for (const QString& path : mounts) {
        if (parentPath(path) == folder)
            names.insert(path.section(u'/', -1));
    }
    return names;
}

bool isBelowMount(const QStringList& mounts, const QString& folder) {
    return std::any_of(mounts.begin(), mounts.end(), [&folder](const QString& path) {
        return folder == path || folder.startsWith(path + u'/');
    });
}

} // namespace escale::gui
