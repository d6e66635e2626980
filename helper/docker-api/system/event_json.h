// What happened, as `docker events` shows it, and which of it a client wants to see. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"
#include "helper/docker-api/api/filters.h"

namespace escale::docker_api {

Json eventJson(const dbus::Event& event);

/// As dockerd: of one key any, of several keys all. container, image, network, volume: a name, an id or its
/// beginning; event: "health_status", "exec_create" and "exec_start" stand for what begins so.
bool isWanted(const dbus::Event& event, const Filters& filters);

} // namespace escale::docker_api
