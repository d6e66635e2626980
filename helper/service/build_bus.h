// The engine's builds in the structures of the D-Bus interface.
#pragma once

#include "engine/build/cache/build_cache.h"
#include "engine/build/cache/build_records.h"
#include "helper/dbus/types.h"

namespace escale {

/// Without its job.
dbus::Build toBus(const BuildRecord& record, bool keepsFailedStep);
dbus::BuildCacheEntry toBus(const CacheEntry& entry);

} // namespace escale
