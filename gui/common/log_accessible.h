// Tells screen readers of a LogText: a read-only text whose content is the current line.
#pragma once

namespace escale::gui {

class LogText;

/// Makes Qt know it; any number of times.
void installLogAccessibility();
/// Another line is current.
void announceLogLine(LogText& text);

} // namespace escale::gui
