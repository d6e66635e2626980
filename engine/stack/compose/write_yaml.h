// Node → YAML: what `docker compose config` prints. Keys of maps whose order means nothing are sorted as it
// sorts them.
#pragma once

#include "engine/stack/compose/node.h"

#include <string>

namespace escale::compose {

std::string writeYaml(const Node& node);

} // namespace escale::compose
