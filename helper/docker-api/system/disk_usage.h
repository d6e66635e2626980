// What takes room on the disk: `docker system df`.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "helper/dbus/types.h"

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> diskUsage(Exchange& exchange, const Bus& bus); // GET /system/df

// Its parts, as lists; pure.
Json imagesUsageJson(const dbus::ImageList& images, const dbus::ImageUsages& usages);
Json volumesUsageJson(const dbus::VolumeList& volumes);
Json buildCacheJson(const dbus::BuildCache& cache);

} // namespace escale::docker_api
