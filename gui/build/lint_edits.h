// What the linter says of a text, and texts with what it proposes done. Pure; any thread.
#pragma once

#include "engine/build/lint/lint.h"
#include "gui/build/dockerfile_source.h"

namespace escale::gui {

/// All but ShellCheck's; problems of the syntax too, whose rule is empty.
std::vector<LintFinding> findingsOf(const DockerfileSource& source, const LintSettings& settings,
                                    const LintContext& context);

/// With all quick fixes made, as often as that leaves fewer findings.
QString withAllFixes(const QString& text, const LintSettings& settings, const LintContext& context);

/// With a comment that silences the rule for the finding's instruction; before the first one, for the file.
QString withIgnoreComment(const DockerfileSource& source, const LintFinding& finding);

} // namespace escale::gui
