// What a COPY or ADD would copy, as one digest: the same for the same names, modes, owners and contents,
// whatever their times; another one when anything of the result could be another.
#pragma once

#include "engine/base/digest.h"
#include "engine/build/build_operations.h"
#include "engine/build/source_tree.h"

namespace escale {

/// Of the request's patterns in `tree` and its inline files; addresses are not looked at. As
/// BuildOperations::digest().
Result<Digest> digestSources(SourceTree& tree, const CopyRequest& request);

} // namespace escale
