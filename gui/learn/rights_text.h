// All capabilities, capabilities(7), and the system calls that matter, in words: what each allows. One table,
// here and nowhere else.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct CapabilityText {
    unsigned number = 0; // its bit
    int group = 0;       // capabilityGroups()
    QString may;         // "set the clock"
    QString detail;      // one or two sentences
    QStringList calls;   // without which it is worth nothing
    /// The kernel asks for it in the machine's own user namespace: one that has it in another may nothing
    /// more.
    bool isMachines = false;
};
/// In groups, in the order in which they are shown.
QList<CapabilityText> capabilityTexts();
QStringList capabilityGroups();

struct CallText {
    QString name; // "clock_settime"
    QString may;  // "set a clock"
};
/// Those that a filter is made for.
QList<CallText> callTexts();

} // namespace escale::gui
