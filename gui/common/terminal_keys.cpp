#include "gui/common/terminal_keys.h"

namespace escale::gui {
namespace {

struct Pair {
    int key;
    VTermKey terminal;
};

constexpr Pair kKeys[] = {
    {Qt::Key_Return, VTERM_KEY_ENTER},
    {Qt::Key_Enter, VTERM_KEY_ENTER},
    {Qt::Key_Tab, VTERM_KEY_TAB},
    {Qt::Key_Backtab, VTERM_KEY_TAB},
    {Qt::Key_Backspace, VTERM_KEY_BACKSPACE},
    {Qt::Key_Escape, VTERM_KEY_ESCAPE},
    {Qt::Key_Up, VTERM_KEY_UP},
    {Qt::Key_Down, VTERM_KEY_DOWN},
    {Qt::Key_Left, VTERM_KEY_LEFT},
    {Qt::Key_Right, VTERM_KEY_RIGHT},
    {Qt::Key_Insert, VTERM_KEY_INS},
    {Qt::Key_Delete, VTERM_KEY_DEL},
    {Qt::Key_Home, VTERM_KEY_HOME},
    {Qt::Key_End, VTERM_KEY_END},
    {Qt::Key_PageUp, VTERM_KEY_PAGEUP},
    {Qt::Key_PageDown, VTERM_KEY_PAGEDOWN},
};

} // namespace

TerminalKey terminalKey(int key, Qt::KeyboardModifiers modifiers) {
    modifiers &= Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier;
    if (key >= Qt::Key_F1 && key <= Qt::Key_F12)
        return {static_cast<VTermKey>(VTERM_KEY_FUNCTION(key - Qt::Key_F1 + 1)), modifiers};
    for (const Pair& pair : kKeys) {
        if (pair.key != key)
            continue;
        if (key == Qt::Key_Backtab)
            return {pair.terminal, modifiers | Qt::ShiftModifier};
        // With Shift or Ctrl libvterm writes these in a form that few programs understand.
        if (pair.terminal < VTERM_KEY_UP && pair.terminal != VTERM_KEY_TAB)
            modifiers &= Qt::AltModifier;
        return {pair.terminal, modifiers};
    }
    return {};
}

} // namespace escale::gui
