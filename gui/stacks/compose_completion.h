// What may be written at a place of a Compose file: properties that are not there yet, values, names of the
// project's other parts, variables. Pure.
#pragma once

#include "gui/common/completion_offer.h"
#include "gui/stacks/compose_position.h"
#include "gui/stacks/compose_surroundings.h"

namespace escale::gui {

/// `isAsked`: somebody wants to know what could stand there, so examples are offered, too.
CompletionOffer completionAt(const ComposeOutline& outline, int position,
                             const ComposeSurroundings& surroundings, bool isAsked);

} // namespace escale::gui
