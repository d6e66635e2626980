// The linter's findings in the language of the interface.
#pragma once

#include "engine/build/lint/lint.h"
#include "gui/common/table.h"

#include <QString>
#include <QUrl>

namespace escale::gui {

/// What it says; ShellCheck and the parser speak English.
QString findingMessage(const LintFinding& finding);
QString findingWhy(const LintFinding& finding);
/// What its quick fix does; empty without one.
QString findingFix(const LintFinding& finding);
/// "DL3008"; "Syntax" of a problem that is no rule's.
QString findingCode(const LintFinding& finding);
/// Where its rule is explained: hadolint's, ShellCheck's and BuildKit's pages; empty for our own.
QUrl findingLink(const LintFinding& finding);
QString lintSeverityText(LintSeverity severity);
Tone lintSeverityTone(LintSeverity severity);
/// As rich text for a tooltip.
QString findingTip(const LintFinding& finding);

} // namespace escale::gui
