// A container as lists show it: what Containers.List and Containers.Settings tell of it.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/container_settings.h"

#include <QList>

namespace escale::docker_api {

class Bus;

/// Its labels are the image's, too.
struct ListedContainer : dbus::Container {
    QStringList process;      // program and arguments
    QStringList exposedPorts; // of its image: "80/tcp"
    QString network;          // as it was made
    QStringList mounts;       // "type=volume,source=web,target=/data"
};
using ListedContainers = QList<ListedContainer>;

ListedContainer listed(const dbus::Container& container, const dbus::ContainerSettings& settings);

/// The caller's, the newest first.
Result<ListedContainers> allContainers(const Bus& bus);
/// Those that count as running: of the others nothing more is asked.
Result<ListedContainers> runningContainers(const Bus& bus);
/// What stays of one; empty when it is gone.
Result<dbus::ContainerSettings> settingsOf(const Bus& bus, const QString& id);

} // namespace escale::docker_api
