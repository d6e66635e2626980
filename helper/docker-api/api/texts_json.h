// Labels, options and the like as JSON objects.
#pragma once

#include "engine/base/json.h"
#include "helper/dbus/types.h"

namespace escale::docker_api {

/// An object, also of none; its members are in the order of the map.
Json textsJson(const dbus::TextMap& texts);

} // namespace escale::docker_api
