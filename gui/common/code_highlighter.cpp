#include "gui/common/code_highlighter.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace escale::gui {

static constexpr qint64 kSlice = 4; // milliseconds a turn

Underline underlineOf(QStringView line, int begin, int end, int rank) {
    const int size = static_cast<int>(line.size());
    begin = std::clamp(begin, 0, size);
    end = std::min(end, size);
    if (begin >= end) {
        end = begin;
        while (end < size && !line[end].isSpace())
            ++end;
        if (begin >= end && begin > 0)
            begin = end - 1;
    }
    while (end > begin + 1 && line[end - 1].isSpace())
        --end;
    return {begin, end - begin, rank};
}

// What a block was drawn with.
class CodeHighlighter::Drawn : public QTextBlockUserData {
public:
    LineSpans spans;
    std::vector<Underline> underlines;
    int generation = -1;
};

CodeHighlighter::CodeHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(static_cast<QObject*>(document)) {
    // Before the base's own slot, which draws what has changed: the tree is of another text then.
    connect(document, &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
        if (removed != 0 || added != 0)
            m_isCurrent = false;
    });
    setDocument(document);
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &CodeHighlighter::drawSlice);
}

void CodeHighlighter::setPalette(const QPalette& palette) {
    if (m_generation > 0 && palette == m_palette)
        return;
    m_palette = palette;
    ++m_generation;
    m_formats = formatsOf(palette);
    renew();
}

void CodeHighlighter::setSpans(std::vector<LineSpans> spans) {
    m_spans = std::move(spans);
    m_isCurrent = true;
    renew();
}

void CodeHighlighter::setUnderlines(LineUnderlines underlines) {
    m_underlines = std::move(underlines);
    // The gravest lies over the others.
    for (auto& [line, each] : m_underlines)
        std::stable_sort(each.begin(), each.end(),
                         [](const Underline& a, const Underline& b) { return a.rank > b.rank; });
    renew();
}

void CodeHighlighter::shiftUnderlines(int line, int by) {
    LineUnderlines shifted;
    for (auto& [number, underlines] : m_underlines)
        shifted[number > line ? std::max(number + by, line) : number] = std::move(underlines);
    m_underlines = std::move(shifted);
}

const LineSpans& CodeHighlighter::spansOf(int block) const {
    static const LineSpans kNone;
    const auto number = static_cast<std::size_t>(block);
    return number < m_spans.size() ? m_spans[number] : kNone;
}

const std::vector<Underline>& CodeHighlighter::underlinesOf(int block) const {
    static const std::vector<Underline> kNone;
    const auto found = m_underlines.find(block + 1);
    return found == m_underlines.end() ? kNone : found->second;
}

bool CodeHighlighter::isDrawn(const QTextBlock& block) const {
    const auto* drawn = dynamic_cast<const Drawn*>(block.userData());
    return drawn != nullptr && drawn->generation == m_generation &&
           drawn->spans == spansOf(block.blockNumber()) &&
           drawn->underlines == underlinesOf(block.blockNumber());
}

void CodeHighlighter::drawFrom(int first, int last) {
    for (QTextBlock block = document()->findBlockByNumber(first); block.isValid() && first <= last;
         block = block.next(), ++first) {
        if (!isDrawn(block))
            rehighlightBlock(block);
    }
}

void CodeHighlighter::renew() {
    const auto [first, last] = m_sight ? m_sight() : std::pair(0, 0);
    drawFrom(first, last);
    m_next = 0;
    m_slices.start();
}

void CodeHighlighter::drawSlice() {
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

void CodeHighlighter::finish() {
    while (m_slices.isActive())
        drawSlice();
}

void CodeHighlighter::highlightBlock(const QString& text) {
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
        setFormat(span.begin, span.length, m_formats[span.style]);
    for (const Underline& line : drawn->underlines) {
        for (int at = line.begin; at < std::min(line.begin + line.length, length); ++at) {
            QTextCharFormat under = format(at);
            under.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            under.setUnderlineColor(underlineColor(line.rank, m_palette));
            setFormat(at, 1, under);
        }
    }
}

} // namespace escale::gui
