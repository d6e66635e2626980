// Node → YAML: what `docker compose config` prints. Keys of maps whose order means nothing are sorted as it
// sorts them.
#pragma once

#include "engine/stack/compose/node.h"

#include <string>

namespace escale::compose {

/// A whole file. What is written reads back as the same tree but for the order of keys: texts that YAML would
/// read as something else are in quotes, those of several lines are blocks.
std::string writeYaml(const Node& node);

} // namespace escale::compose
