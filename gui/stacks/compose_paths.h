// Files that a Compose file names: where a path is being written, and what its folder holds.
#pragma once

#include "gui/common/completion_offer.h"
#include "gui/stacks/compose_position.h"

#include <optional>

namespace escale::gui {

struct PathPlace {
    int begin = 0;   // of the path, in the text
    QString written; // up to the place
    QString folder;  // that is to be listed, as it is written: "", "./", "../conf/"
};
/// Nullopt: what is being written there is no path. Pure.
std::optional<PathPlace> pathAt(const ComposeOutline& outline, int position);

/// Entries of a folder as they are written behind it, folders with "/" at their ends; relative ones are of
/// `base`. At most `most`; none when it cannot be read. Blocking.
QStringList entriesOf(const QString& base, const QString& folder, int most);

/// What fits of them. Pure.
CompletionOffer offerOf(const PathPlace& place, const QStringList& entries);

} // namespace escale::gui
