// Colours a Dockerfile from its syntax tree, and underlines what the linter found.
#pragma once

#include "engine/build/lint/lint.h"
#include "gui/build/syntax_spans.h"

namespace escale::gui {

/// The colour of a style on a palette: one that can be read on its base.
QColor syntaxColor(SyntaxStyle style, const QPalette& palette);
/// That findings of this severity are underlined in, and marked in beside the text.
QColor severityColor(LintSeverity severity, const QPalette& palette);

class DockerfileHighlighter : public CodeHighlighter {
    Q_OBJECT
public:
    explicit DockerfileHighlighter(QTextDocument* document);

    void setSource(const DockerfileSourcePtr& source);
    /// Findings are about the source they were found in: the last one, or one that is some keys older.
    void setFindings(const DockerfileSource& source, const std::vector<LintFinding>& findings);

protected:
    [[nodiscard]] QList<QTextCharFormat> formatsOf(const QPalette& palette) const override;
    [[nodiscard]] QColor underlineColor(int rank, const QPalette& palette) const override;
};

} // namespace escale::gui
