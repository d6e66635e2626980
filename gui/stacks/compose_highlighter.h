// Colours a Compose file from its outline, and underlines what the loader says of it.
#pragma once

#include "engine/stack/compose/problem.h"
#include "gui/stacks/compose_outline.h"

namespace escale::gui {

/// The colour of a style on a palette: one that can be read on its base.
QColor composeColor(ComposeStyle style, const QPalette& palette);
QColor problemColor(compose::Problem::Severity severity, const QPalette& palette);

class ComposeHighlighter : public CodeHighlighter {
    Q_OBJECT
public:
    explicit ComposeHighlighter(QTextDocument* document);

protected:
    [[nodiscard]] QList<QTextCharFormat> formatsOf(const QPalette& palette) const override;
    [[nodiscard]] QColor underlineColor(int rank, const QPalette& palette) const override;
};

} // namespace escale::gui
