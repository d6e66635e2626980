// Files over each other: 13-merge.md, with the exceptions for each property, !reset and !override.
#pragma once

#include "engine/stack/compose/problem.h"

namespace escale::compose {

/// `over` onto `base`, both in canonical form. `part` as of checkSchema(); places stay those of where each
/// value comes from. What one list holds twice (ports, targets of volumes, …) is left once, as the later
/// says.
/// `!reset` and `!override` are obeyed and stay written in `base`, so that it can be merged over another.
void mergeInto(Node& base, Node over, std::string_view part, Problems& problems);

/// Removes what `!reset` says and the tags themselves: after the last merge.
void applyTags(Node& node);

} // namespace escale::compose
