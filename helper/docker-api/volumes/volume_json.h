// A volume as the Docker Engine API shows it.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <string>

namespace escale::docker_api {

class Bus;

/// NotFound in dockerd's words.
Result<dbus::Volume> findVolume(const Bus& bus, const std::string& name);
Error noSuchVolume(const std::string& name);

/// "Mountpoint" is the folder that a bind volume shows, else empty: the others' files are in no place that
/// the caller could look into.
Json volumeJson(const dbus::Volume& volume);

} // namespace escale::docker_api
