// Containers as lists show them: what Containers.Overview tells.
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

/// With the networks that they are in, of one moment.
struct ContainerOverview {
    ListedContainers containers; // the newest first
    dbus::NetworkList networks;  // all of the caller's; endpoints: of these containers
};
/// The caller's.
Result<ContainerOverview> allContainers(const Bus& bus);
/// Those that count as running.
Result<ContainerOverview> runningContainers(const Bus& bus);
/// The one with this id; none when it is gone.
Result<ContainerOverview> oneContainer(const Bus& bus, const QString& id);

} // namespace escale::docker_api
