// The steps of making a container in words for people who learn it: what each does, why a container needs it,
// and which system calls that takes. Pure.
#pragma once

#include "engine/base/made_step.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace escale::gui {

/// What a step is about: the colour of its bar.
enum class MadeSubject { Files, Network, Limits, Rights, Process, Other };

/// "mounts and files"
QString subjectText(MadeSubject subject);
int subjectHue(MadeSubject subject);
MadeSubject subjectOf(const MadeStep& step);

/// Every operation that there are words for (engine/base/made_step.h).
std::vector<std::string> explainedOperations();
/// "Mount erofs at /run/…/layers/3"
QString stepTitle(const MadeStep& step);
/// Why a container needs it.
QString stepReason(const MadeStep& step);
/// "open_tree(2)", "move_mount(2)": what it comes to; the first one tells most.
QStringList stepCalls(const MadeStep& step);
/// "the engine"
QString madeByText(MadeBy by);
/// It was there already, from an earlier container.
bool isReused(const MadeStep& step);
/// "12 µs", "3.4 ms"
QString durationText(std::int64_t nanoseconds);
/// "3.4 ms", "reused", or a dash when it was not measured.
QString stepDuration(const MadeStep& step);

} // namespace escale::gui
