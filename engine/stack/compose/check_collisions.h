// What only one of a machine's containers can have: a published port, a container's name.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// Of the enabled services. Ports that collide are warnings: the services may never run together.
void checkCollisions(Loading& loading, const Project& project);

} // namespace escale::compose
