// How much containers take on the disk, as Images.DiskUsage tells it.
#pragma once

#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_details.h"

#include <QHash>

namespace escale::docker_api {

class ContainerSizes {
public:
    ContainerSizes() = default;
    ContainerSizes(const dbus::ImageUsages& images, const dbus::ContainerUsages& containers);
    /// Counts: may take some seconds.
    static Result<ContainerSizes> ask(const Bus& bus);
    [[nodiscard]] ContainerSize of(const dbus::Container& container) const;

private:
    QHash<QString, quint64> m_writable; // by container
    QHash<QString, quint64> m_images;   // all layers, by digest
};

} // namespace escale::docker_api
