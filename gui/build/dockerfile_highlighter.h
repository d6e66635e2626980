// Colours a Dockerfile from its syntax tree, and underlines what the linter found. The tree comes from
// whoever parses; lines whose colours are others are drawn again: those in sight at once, the rest in slices,
// so that no turn of the event loop is long.
#pragma once

#include "engine/build/lint/lint.h"
#include "gui/build/syntax_spans.h"

#include <QPalette>
#include <QSyntaxHighlighter>
#include <QTimer>

#include <functional>
#include <map>

class QTextDocument;

namespace escale::gui {

/// The colour of a style on a palette: one that can be read on its base.
QColor syntaxColor(SyntaxStyle style, const QPalette& palette);
/// That findings of this severity are underlined in, and marked in beside the text.
QColor severityColor(LintSeverity severity, const QPalette& palette);

class DockerfileHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit DockerfileHighlighter(QTextDocument* document);

    void setSource(const DockerfileSourcePtr& source);
    /// Findings are about the source they were found in: the last one, or one that is some keys older.
    void setFindings(const DockerfileSource& source, const std::vector<LintFinding>& findings);
    /// Lines were added below `line` (from 1), or taken away.
    void shiftFindings(int line, int by);
    void setPalette(const QPalette& palette);
    /// The blocks in sight, the first and the last.
    void setSight(std::function<std::pair<int, int>()> sight) { m_sight = std::move(sight); }
    /// Everything that waits, now: for tests and pictures.
    void finish();

protected:
    void highlightBlock(const QString& text) override;

private:
    struct Underline {
        int begin = 0, length = 0;
        LintSeverity severity = LintSeverity::Info;
        bool operator==(const Underline&) const = default;
    };
    class Drawn;
    [[nodiscard]] bool isDrawn(const QTextBlock& block) const;
    [[nodiscard]] const LineSpans& spansOf(int block) const;
    [[nodiscard]] const std::vector<Underline>& underlinesOf(int block) const;
    void drawFrom(int first, int last);
    void renew();
    void drawSlice();

    std::vector<LineSpans> m_spans;
    std::map<int, std::vector<Underline>> m_underlines; // by line, from 1
    bool m_isCurrent = false;                           // m_spans are of the text that is there
    QList<QTextCharFormat> m_formats;                   // by style
    QPalette m_palette;
    int m_generation = 0; // of the palette
    std::function<std::pair<int, int>()> m_sight;
    QTimer m_slices;
    int m_next = 0; // the block that the next slice begins with
};

} // namespace escale::gui
