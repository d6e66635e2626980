// Which of Qt's keys are a terminal's, in libvterm's names. Letters and the like are none: their text is
// typed.
#pragma once

#include <Qt>

#include <vterm_keycodes.h>

namespace escale::gui {

struct TerminalKey {
    VTermKey key = VTERM_KEY_NONE;
    Qt::KeyboardModifiers modifiers;
};

TerminalKey terminalKey(int key, Qt::KeyboardModifiers modifiers);

} // namespace escale::gui
