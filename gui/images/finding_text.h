// Findings about an image in words: what it is, why it matters, how to do better.
#pragma once

#include "engine/image/image_findings.h"
#include "gui/common/table.h"

#include <QString>

namespace escale::gui {

/// "A private key"
QString findingTitle(FindingCode code);
/// Why it matters.
QString findingMeaning(FindingCode code);
/// What to write instead.
QString findingAdvice(FindingCode code);
/// "Serious"
QString severityText(Severity severity);
Tone severityTone(Severity severity);

} // namespace escale::gui
