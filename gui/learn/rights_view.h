// What one process may do at all: its capabilities, where they count, and what its seccomp filter says to
// each system call; as a check-list. Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/rights_text.h"
#include "helper/dbus/types.h"

#include <optional>

namespace escale::gui {

struct RightsInput {
    dbus::InspectedProcess process;
    QString title;                                 // "nginx of web"
    qreal room = 1000;                             // how wide it may become
    bool hasOwnUsers = false;                      // its user namespace is not the machine's
    std::optional<dbus::SyscallVerdicts> verdicts; // of the filter that it is under; none read: none
};

/// May it use a capability?
struct RightAnswer {
    enum class Answer {
        Yes,         // and it counts on the machine
        YesInside,   // in its own user namespace, and what belongs to it
        Missing,     // not in its effective set
        NotCounting, // it has it, but the kernel asks in the machine's user namespace
        Filtered,    // it has it, but seccomp refuses the call
    };
    Answer answer = Answer::Missing;
    QString call; // of Filtered

    [[nodiscard]] bool isYes() const { return answer == Answer::Yes || answer == Answer::YesInside; }
};
RightAnswer answerOf(const CapabilityText& capability, const RightsInput& input);

/// Boxes and rows: "cap:25", "call:clock_settime", "fact:seccomp", "fact:privileges", "fact:users".
Drawing drawRights(const RightsInput& input);
QStringList rightsColumns();
/// All capabilities, and all system calls of this machine.
QList<CellsRow> rightsRows(const RightsInput& input);
QString rightsExplanation(const QString& id, const RightsInput& input);

} // namespace escale::gui
