// The order in which `docker compose config` writes the keys of a map.
#pragma once

#include "engine/stack/compose/schema_tree.h"

namespace escale::compose {

/// The map's entries as they are to be written: what the specification names in compose-go's order, then the
/// rest, as go-yaml sorts names (numbers in them by their size). `branch`: where the map is; null: nowhere
/// known.
std::vector<const NodeEntry*> inOrder(const Node& map, const SchemaBranch* branch);

} // namespace escale::compose
