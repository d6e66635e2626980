#include "gui/build/dockerfile_highlighter.h"

#include "gui/common/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace escale::gui {

static constexpr qint64 kSlice = 4; // milliseconds a turn
static constexpr int kStyles = static_cast<int>(SyntaxStyle::Continuation) + 1;

QColor syntaxColor(SyntaxStyle style, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    const bool dark = isDark(palette);
    const QColor purple = dark ? QColor(0xc7, 0x9b, 0xf2) : QColor(0x7b, 0x32, 0xa8);
    const QColor teal = dark ? QColor(0x5f, 0xc9, 0xd6) : QColor(0x0b, 0x6e, 0x7d);
    switch (style) {
    case SyntaxStyle::Directive:
    case SyntaxStyle::Variable:
        return purple;
    case SyntaxStyle::Comment:
    case SyntaxStyle::Continuation:
        return colors.muted;
    case SyntaxStyle::Keyword:
        return colors.accent;
    case SyntaxStyle::Unknown:
        return colors.red;
    case SyntaxStyle::Flag:
    case SyntaxStyle::Name:
        return teal;
    case SyntaxStyle::Image:
    case SyntaxStyle::Text:
        return colors.green;
    case SyntaxStyle::Stage:
    case SyntaxStyle::Document:
        return colors.amber;
    case SyntaxStyle::Operator:
        break;
    }
    return colors.accent;
}

QColor severityColor(LintSeverity severity, const QPalette& palette) {
    const Colors colors = Colors::of(palette);
    switch (severity) {
    case LintSeverity::Error:
        return colors.red;
    case LintSeverity::Warning:
        return colors.amber;
    case LintSeverity::Info:
        return colors.accent;
    default:
        return colors.muted;
    }
}

// What a block was drawn with.
class DockerfileHighlighter::Drawn : public QTextBlockUserData {
public:
    LineSpans spans;
    std::vector<Underline> underlines;
    int generation = -1;
};

DockerfileHighlighter::DockerfileHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(static_cast<QObject*>(document)) {
    // Before the base's own slot, which draws what has changed: the tree is of another text then.
    connect(document, &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
        if (removed != 0 || added != 0)
            m_isCurrent = false;
    });
    setDocument(document);
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &DockerfileHighlighter::drawSlice);
    setPalette(QApplication::palette());
}

void DockerfileHighlighter::setPalette(const QPalette& palette) {
    if (m_generation > 0 && palette == m_palette)
        return;
    m_palette = palette;
    ++m_generation;
    m_formats.clear();
    for (int i = 0; i < kStyles; ++i) {
        const auto style = static_cast<SyntaxStyle>(i);
        QTextCharFormat format;
        format.setForeground(syntaxColor(style, palette));
        if (style == SyntaxStyle::Keyword || style == SyntaxStyle::Stage)
            format.setFontWeight(QFont::DemiBold);
        if (style == SyntaxStyle::Comment)
            format.setFontItalic(true);
        m_formats.append(format);
    }
    renew();
}

void DockerfileHighlighter::setSource(const DockerfileSourcePtr& source) {
    m_spans = syntaxSpans(*source);
    m_isCurrent = true;
    renew();
}

void DockerfileHighlighter::setFindings(const DockerfileSource& source,
                                        const std::vector<LintFinding>& findings) {
    m_underlines.clear();
    for (const LintFinding& finding : findings) {
        const int line = finding.range.begin.line;
        const QStringView text = source.line(line);
        int begin = source.column(finding.range.begin);
        // Of what goes over several lines the first is underlined; a place is a word at least.
        int end =
            finding.range.end.line == line ? source.column(finding.range.end) : static_cast<int>(text.size());
        if (begin >= end) {
            end = begin;
            while (end < text.size() && !text[end].isSpace())
                ++end;
            if (begin >= end && begin > 0)
                begin = end - 1;
        }
        while (end > begin + 1 && (text[end - 1].isSpace() || text[end - 1] == u'\\'))
            --end;
        m_underlines[line].push_back({begin, end - begin, finding.severity});
    }
    // The gravest lies over the others.
    for (auto& [line, underlines] : m_underlines)
        std::stable_sort(underlines.begin(), underlines.end(),
                         [](const Underline& a, const Underline& b) { return a.severity > b.severity; });
    renew();
}

void DockerfileHighlighter::shiftFindings(int line, int by) {
    std::map<int, std::vector<Underline>> shifted;
    for (auto& [number, underlines] : m_underlines)
        shifted[number > line ? std::max(number + by, line) : number] = std::move(underlines);
    m_underlines = std::move(shifted);
}

const LineSpans& DockerfileHighlighter::spansOf(int block) const {
    static const LineSpans kNone;
    const auto number = static_cast<std::size_t>(block);
    return number < m_spans.size() ? m_spans[number] : kNone;
}

const std::vector<DockerfileHighlighter::Underline>& DockerfileHighlighter::underlinesOf(int block) const {
    static const std::vector<Underline> kNone;
    const auto found = m_underlines.find(block + 1);
    return found == m_underlines.end() ? kNone : found->second;
}

bool DockerfileHighlighter::isDrawn(const QTextBlock& block) const {
    const auto* drawn = dynamic_cast<const Drawn*>(block.userData());
    return drawn != nullptr && drawn->generation == m_generation &&
           drawn->spans == spansOf(block.blockNumber()) &&
           drawn->underlines == underlinesOf(block.blockNumber());
}

void DockerfileHighlighter::drawFrom(int first, int last) {
    for (QTextBlock block = document()->findBlockByNumber(first); block.isValid() && first <= last;
         block = block.next(), ++first) {
        if (!isDrawn(block))
            rehighlightBlock(block);
    }
}

void DockerfileHighlighter::renew() {
    const auto [first, last] = m_sight ? m_sight() : std::pair(0, 0);
    drawFrom(first, last);
    m_next = 0;
    m_slices.start();
}

void DockerfileHighlighter::drawSlice() {
    QElapsedTimer time;
    time.start();
    QTextBlock block = document()->findBlockByNumber(m_next);
    for (; block.isValid(); block = block.next(), ++m_next) {
        if (isDrawn(block))
            continue;
        rehighlightBlock(block);
        if (time.elapsed() >= kSlice) {
            ++m_next;
            return;
        }
    }
    m_slices.stop();
}

void DockerfileHighlighter::finish() {
    while (m_slices.isActive())
        drawSlice();
}

void DockerfileHighlighter::highlightBlock(const QString& text) {
    const QTextBlock block = currentBlock();
    auto* drawn = dynamic_cast<Drawn*>(currentBlockUserData());
    if (drawn == nullptr) {
        drawn = new Drawn;
        setCurrentBlockUserData(drawn); // takes it
    }
    // Between a key and the tree of the new text the line keeps its colours.
    if (m_isCurrent) {
        drawn->spans = spansOf(block.blockNumber());
        drawn->underlines = underlinesOf(block.blockNumber());
        drawn->generation = m_generation;
    } else {
        drawn->generation = -1;
    }
    const int length = static_cast<int>(text.size());
    for (const StyledSpan& span : drawn->spans)
        setFormat(span.begin, span.length, m_formats[static_cast<int>(span.style)]);
    for (const Underline& line : drawn->underlines) {
        for (int at = line.begin; at < std::min(line.begin + line.length, length); ++at) {
            QTextCharFormat under = format(at);
            under.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            under.setUnderlineColor(severityColor(line.severity, m_palette));
            setFormat(at, 1, under);
        }
    }
}

} // namespace escale::gui
