// A place in a Compose file, in words.
#pragma once

#include "engine/stack/compose/load_project.h"

#include <QString>

namespace escale::gui {

/// "compose.yaml:12", with the folder when it is another than the project's; empty for nowhere.
QString placeText(const compose::Loaded& loaded, const compose::Place& place);

} // namespace escale::gui
