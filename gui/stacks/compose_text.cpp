#include "gui/stacks/compose_text.h"

#include "gui/stacks/compose_completion.h"
#include "gui/stacks/compose_paths.h"

#include <QTextBlock>

#include <algorithm>

namespace escale::gui {

static constexpr int kIndent = 2; // spaces

ComposeText::ComposeText(bool isCompose, QWidget* parent)
    : CodeText(kIndent, QStringLiteral("composeEditor.text"), parent)
    , m_isCompose(isCompose)
    , m_highlighter(new ComposeHighlighter(document()))
    , m_surroundings(std::make_shared<const ComposeSurroundings>()) {
    m_highlighter->setSight([this] { return sight(); });
    m_highlighter->setPalette(palette());
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_outlined == changes())
            return; // colours alone
        renewOutline();
        Q_EMIT edited();
    });
    renewOutline();
}

void ComposeText::renewOutline() {
    m_outlined = changes();
    m_outline = ComposeOutline(content(), m_isCompose);
    m_highlighter->setSpans(m_outline.spans());
}

void ComposeText::setSurroundings(std::shared_ptr<const ComposeSurroundings> surroundings) {
    m_surroundings = std::move(surroundings);
}

ComposeSurroundings ComposeText::surroundings() const {
    return withNamesOf(m_outline, *m_surroundings);
}

void ComposeText::changeEvent(QEvent* event) {
    CodeText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        m_highlighter->setPalette(palette());
}

std::optional<CompletionOffer> ComposeText::offerHere() {
    const int position = textCursor().position();
    if (!m_isCompose)
        return CompletionOffer{position, {}, {}, false};
    if (const auto path = m_lister ? pathAt(m_outline, position) : std::nullopt) {
        m_lister(path->folder); // from another thread
        return std::nullopt;
    }
    return completionAt(m_outline, position, surroundings(), isAsked());
}

void ComposeText::giveEntries(const QString& folder, const QStringList& entries) {
    const int position = textCursor().position();
    const auto path = pathAt(m_outline, position);
    if (!path || path->folder != folder)
        return; // meanwhile something else was typed
    CompletionOffer offer = completionAt(m_outline, position, surroundings(), isAsked());
    CompletionOffer files = offerOf(*path, entries);
    files.words += offer.words;
    showOffer(files);
}

// While one writes the list opens with each word, and where values begin.
bool ComposeText::mayOffer(QChar typed) const {
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (typed == u' ')
        return before.endsWith(QLatin1String(": ")) || before.trimmed() == u'-';
    return typed.isLetterOrNumber() || QStringView(u"_${/.~").contains(typed);
}

// Below a key without a value further in; keys of an item below its first one.
qsizetype ComposeText::indentOfNextLine() const {
    const QTextCursor cursor = textCursor();
    QString before = cursor.block().text().left(cursor.positionInBlock());
    qsizetype indent = 0;
    while (indent < before.size() && before[indent] == u' ')
        ++indent;
    if (m_outline.lineKind(cursor.blockNumber()) == ComposeOutline::Line::Block)
        return indent;
    qsizetype key = indent;
    while (before.mid(key).startsWith(QLatin1String("- "))) {
        key += 2;
        while (key < before.size() && before[key] == u' ')
            ++key;
    }
    const QString words = before.mid(key).section(QLatin1String(" #"), 0, 0).trimmed();
    const QString last = words.section(u' ', -1);
    static const QStringList kBlocks{QStringLiteral("|"),  QStringLiteral(">"),  QStringLiteral("|-"),
                                     QStringLiteral(">-"), QStringLiteral("|+"), QStringLiteral(">+")};
    const bool isAnchored = last.startsWith(u'&') && words.contains(QLatin1String(": "));
    if (words.endsWith(u':') || kBlocks.contains(last) || isAnchored)
        return key + kIndent;
    const bool isKey =
        words.contains(QLatin1String(": ")) && !words.startsWith(u'"') && !words.startsWith(u'\'');
    return isKey ? key : indent;
}

// Several lines stand where the cursor is, as far in from each other as they were.
QString ComposeText::pasted(const QString& given) const {
    QString text = given;
    text.replace(u'\t', QString(kIndent, u' '));
    QStringList lines = text.split(u'\n');
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.selectionStart() - cursor.block().position());
    if (lines.size() < 2 || !before.trimmed().isEmpty() || !m_isCompose ||
        m_outline.lineKind(cursor.blockNumber()) == ComposeOutline::Line::Block)
        return text;
    const auto indentOf = [](const QString& line) {
        return std::find_if(line.begin(), line.end(), [](QChar c) { return c != u' '; }) - line.begin();
    };
    qsizetype rest = -1; // of the lines behind the first
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (!lines[i].trimmed().isEmpty())
            rest = rest < 0 ? indentOf(lines[i]) : std::min<qsizetype>(rest, indentOf(lines[i]));
    }
    const qsizetype first = indentOf(lines[0]);
    // A first line that was taken without its indentation stood where the others say.
    qsizetype base = rest < 0 ? first : std::min(first, rest);
    if (first == 0 && rest > 0)
        base = lines[0].trimmed().endsWith(u':') ? std::max<qsizetype>(0, rest - kIndent) : rest;
    lines[0] = lines[0].mid(first > base ? base : first);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (!lines[i].trimmed().isEmpty())
            lines[i] = before + lines[i].mid(std::min<qsizetype>(base, indentOf(lines[i])));
    }
    return lines.join(u'\n');
}

} // namespace escale::gui
