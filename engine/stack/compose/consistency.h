// What a whole project must be, beside the schema of its parts: what is referred to is there, nothing
// contradicts, nothing goes in a circle. Of the services that are enabled.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

void checkConsistency(Loading& loading, const Project& project);

} // namespace escale::compose
