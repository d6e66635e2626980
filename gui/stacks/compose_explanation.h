// What stands at a place of a Compose file, explained as rich text: a property by the schema, a variable by
// its value and where that comes from, a name by what it is the name of. Pure.
#pragma once

#include "gui/stacks/compose_outline.h"
#include "gui/stacks/compose_surroundings.h"

namespace escale::gui {

/// Empty: nothing is known of it. `loaded`: the project, as far as it is; may be null.
QString explanationAt(const ComposeOutline& outline, int position, const ComposeSurroundings& surroundings,
                      const compose::Loaded* loaded);

} // namespace escale::gui
