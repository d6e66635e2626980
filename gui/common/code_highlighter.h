// Colours a text by spans that whoever parses it gives, and underlines places. Lines whose colours are others
// are drawn again: those in sight at once, the rest in slices, so that no turn of the event loop is long.
#pragma once

#include <QPalette>
#include <QSyntaxHighlighter>
#include <QTimer>

#include <functional>
#include <map>
#include <vector>

class QTextDocument;

namespace escale::gui {

/// UTF-16 units of its line, from 0. `style`: of the language.
struct StyledSpan {
    int begin = 0;
    int length = 0;
    int style = 0;
    bool operator==(const StyledSpan&) const = default;
};
/// A later one lies over those before it.
using LineSpans = std::vector<StyledSpan>;

struct Underline {
    int begin = 0, length = 0; // as of a span
    int rank = 0;              // 0 is the gravest, and lies over the others
    bool operator==(const Underline&) const = default;
};
using LineUnderlines = std::map<int, std::vector<Underline>>; // by line, from 1

/// Where to underline something said of [begin, end) of a line: a word at least, and not what is blank.
Underline underlineOf(QStringView line, int begin, int end, int rank);

class CodeHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit CodeHighlighter(QTextDocument* document);

    /// Of the text that is there now, one for each line.
    void setSpans(std::vector<LineSpans> spans);
    void setUnderlines(LineUnderlines underlines);
    /// Lines were added below `line` (from 1), or taken away.
    void shiftUnderlines(int line, int by);
    void setPalette(const QPalette& palette);
    /// The blocks in sight, the first and the last.
    void setSight(std::function<std::pair<int, int>()> sight) { m_sight = std::move(sight); }
    /// Everything that waits, now: for tests and pictures.
    void finish();

protected:
    /// What the language's styles look like, by their numbers, and what is underlined in which colour.
    [[nodiscard]] virtual QList<QTextCharFormat> formatsOf(const QPalette& palette) const = 0;
    [[nodiscard]] virtual QColor underlineColor(int rank, const QPalette& palette) const = 0;
    void highlightBlock(const QString& text) override;

private:
    class Drawn;
    [[nodiscard]] bool isDrawn(const QTextBlock& block) const;
    [[nodiscard]] const LineSpans& spansOf(int block) const;
    [[nodiscard]] const std::vector<Underline>& underlinesOf(int block) const;
    void drawFrom(int first, int last);
    void renew();
    void drawSlice();

    std::vector<LineSpans> m_spans;
    LineUnderlines m_underlines;
    bool m_isCurrent = false;         // m_spans are of the text that is there
    QList<QTextCharFormat> m_formats; // by style
    QPalette m_palette;
    int m_generation = 0; // of the palette
    std::function<std::pair<int, int>()> m_sight;
    QTimer m_slices;
    int m_next = 0; // the block that the next slice begins with
};

} // namespace escale::gui
