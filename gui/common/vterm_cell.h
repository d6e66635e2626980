// libvterm's cells, and ours.
#pragma once

#include "gui/common/terminal_cell.h"

#include <vterm.h>

namespace escale::gui {

TerminalCell cellFrom(const VTermScreenCell& from);
/// The default colours are libvterm's own.
VTermScreenCell cellTo(const TerminalCell& cell, VTermColor foreground, VTermColor background);
/// Nothing was written there, and no background was set.
bool isBlank(const VTermScreenCell& cell);

} // namespace escale::gui
