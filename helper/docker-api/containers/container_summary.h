// A container as `docker ps` shows it. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/docker-api/containers/container_details.h"
#include "helper/docker-api/containers/network_places.h"

#include <cstdint>
#include <optional>

namespace escale::docker_api {

/// `now`: Unix milliseconds.
Json containerSummary(const ListedContainer& container, const NetworkPlaces& places, std::int64_t now,
                      const std::optional<ContainerSize>& size = {});

/// "sh -c 'echo hello'": program and arguments on one line, as docker writes it.
std::string commandText(const QStringList& process);

} // namespace escale::docker_api
