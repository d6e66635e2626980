// What `docker inspect` says of a container. Pure.
#pragma once

#include "engine/base/json.h"
#include "engine/container/container.h"
#include "helper/dbus/types.h"
#include "helper/docker-api/containers/listed_container.h"
#include "helper/docker-api/containers/network_places.h"

#include <QVariantMap>

#include <cstdint>
#include <optional>

namespace escale::docker_api {

struct ContainerSize {
    std::uint64_t writable = 0; // what it has changed, bytes
    std::uint64_t whole = 0;    // with its image
};

/// All that there is to say of one.
struct ContainerFacts {
    ListedContainer container;
    ContainerOptions options; // as they are now, with the networks that it is in
    QVariantMap image;        // what Containers.Inspect tells of it
    dbus::HealthProbes probes;
    NetworkPlaces places; // borrowed from a list of networks
    std::optional<ContainerSize> size;
};

Json containerDetails(const ContainerFacts& facts);

/// Its parts.
Json containerStateJson(const dbus::Container& container, const dbus::HealthProbes& probes);
Json containerConfigJson(const ContainerFacts& facts);
Json networkSettingsJson(const ContainerFacts& facts);

} // namespace escale::docker_api
