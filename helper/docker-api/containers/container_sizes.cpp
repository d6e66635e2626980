#include "helper/docker-api/containers/container_sizes.h"

namespace escale::docker_api {

ContainerSizes::ContainerSizes(const dbus::ImageUsages& images, const dbus::ContainerUsages& containers) {
    for (const auto& image : images)
        m_images.insert(image.digest, image.size);
    for (const auto& container : containers)
        m_writable.insert(container.id, container.writable);
}

Result<ContainerSizes> ContainerSizes::ask(const Bus& bus) {
    TRY_ASSIGN(const auto usage, (bus.ask<dbus::ImageUsages, dbus::ContainerUsages, dbus::TotalUsage>(
                                     Face::Images, "DiskUsage")));
    return ContainerSizes(std::get<0>(usage), std::get<1>(usage));
}

ContainerSize ContainerSizes::of(const dbus::Container& container) const {
    const quint64 writable = m_writable.value(container.id);
    return {writable, m_images.value(container.imageDigest) + writable};
}

} // namespace escale::docker_api
