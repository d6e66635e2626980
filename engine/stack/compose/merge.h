// Files over each other: 13-merge.md, with the exceptions for each property, !reset and !override.
#pragma once

#include "engine/stack/compose/problem.h"

namespace escale::compose {

/// `over` onto `base`, both in canonical form. `part` as of checkSchema(); places stay those of where each
/// value comes from.
void mergeInto(Node& base, Node over, std::string_view part, Problems& problems);

} // namespace escale::compose
