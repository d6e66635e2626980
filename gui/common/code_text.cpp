#include "gui/common/code_text.h"

#include "gui/common/code_gutter.h"
#include "gui/common/completion_list.h"
#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QHelpEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace escale::gui {

static constexpr double kSmallest = 6, kLargest = 40; // of fonts, points

CodeText::CodeText(int indent, const QString& name, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_indent(indent)
    , m_gutter(new CodeGutter(this))
    , m_list(new CompletionList(this, name)) {
    setObjectName(name);
    setLineWrapMode(NoWrap);
    setFont(monospace(font()));
    m_size = font().pointSizeF();
    setTabStopDistance(m_indent * QFontMetricsF(font()).horizontalAdvance(u' '));
    setCursorWidth(2);
    connect(m_list, &CompletionList::accepted, this, &CodeText::accept);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeText::place);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, area.y(), m_gutter->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeText::showCurrentLine);
    connect(document(), &QTextDocument::contentsChange, this, &CodeText::noteChange);
    place();
    showCurrentLine();
}

QString CodeText::content() const {
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void CodeText::replaceContent(const QString& text) {
    const QString old = content();
    qsizetype begin = 0, end = 0;
    const qsizetype most = std::min(old.size(), text.size());
    while (begin < most && old[begin] == text[begin])
        ++begin;
    while (end < most - begin && old[old.size() - 1 - end] == text[text.size() - 1 - end])
        ++end;
    if (begin + end == old.size() && begin + end == text.size())
        return;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(static_cast<int>(begin));
    cursor.setPosition(static_cast<int>(old.size() - end), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(begin, text.size() - end - begin));
    cursor.endEditBlock();
}

// --- what changed

void CodeText::noteChange(int position, int removed, int added) {
    if (removed == 0 && added == 0)
        return;
    ++m_changes;
    textWasChanged();
    if (const int by = blockCount() - m_blocks; by != 0) {
        m_blocks = blockCount();
        // Behind the line in which the change begins; that one, too, when it begins with it.
        const QTextBlock block = document()->findBlock(position);
        Q_EMIT linesMoved(block.blockNumber() + (block.position() == position ? 0 : 1), by);
    }
}

// --- lines and their marks

int CodeText::currentLine() const {
    return textCursor().blockNumber() + 1;
}

void CodeText::showLine(int line, int column) {
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

void CodeText::setMarks(std::map<int, QColor> colors) {
    m_marks = std::move(colors);
    m_gutter->update();
}

QColor CodeText::markAt(int line) const {
    const auto found = m_marks.find(line);
    return found == m_marks.end() ? QColor() : found->second;
}

void CodeText::updateGutter() {
    m_gutter->update();
}

std::pair<int, int> CodeText::sight() const {
    const int first = firstVisibleBlock().blockNumber();
    return {first, first + viewport()->height() / std::max(1, fontMetrics().height()) + 1};
}

void CodeText::place() {
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), gutterWidth(), area.height());
}

void CodeText::showCurrentLine() {
    QTextEdit::ExtraSelection line;
    line.format.setBackground(Colors::of(palette()).hover);
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    setExtraSelections({line});
    m_gutter->update();
}

void CodeText::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    place();
}

void CodeText::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        showCurrentLine();
    if (event->type() == QEvent::FontChange && m_size > 0)
        place();
}

void CodeText::zoom(int steps) {
    m_zoom = steps == 0 ? 0 : m_zoom + steps;
    QFont changed = font();
    const double size = std::clamp(m_size + m_zoom, kSmallest, kLargest);
    m_zoom = static_cast<int>(size - m_size);
    changed.setPointSizeF(size);
    setFont(changed);
    setTabStopDistance(m_indent * QFontMetricsF(changed).horizontalAdvance(u' '));
    place();
}

void CodeText::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QPlainTextEdit::wheelEvent(event);
    if (const int turned = event->angleDelta().y(); turned != 0)
        zoom(turned > 0 ? 1 : -1);
    event->accept();
}

bool CodeText::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPoint place = viewport()->mapFrom(this, help->pos());
    const QTextCursor cursor = cursorForPosition(place);
    const QRect where = cursorRect(cursor);
    const bool isOnText = place.x() >= 0 && place.y() <= where.bottom() &&
                          place.x() <= where.right() + fontMetrics().averageCharWidth();
    const QString tip = isOnText && m_tips ? m_tips(cursor.position()) : QString();
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

void CodeText::showTipHere() {
    const QString tip = m_tips ? m_tips(textCursor().position()) : QString();
    const QRect where = cursorRect().translated(gutterWidth(), 0);
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(mapToGlobal(where.topLeft()), tip, this); // it stands below the place
}

void CodeText::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_list->close();
}

// --- keys

void CodeText::keyPressEvent(QKeyEvent* event) {
    if (handlePopupKey(event) || handleCommand(event))
        return;
    const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
    if ((event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) && handleTab(event))
        return;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !isControl)
        return breakLine();
    QPlainTextEdit::keyPressEvent(event);
    if (isReadOnly() || isControl || event->modifiers().testFlag(Qt::AltModifier))
        return;
    const QString typed = event->text();
    const bool isText = typed.size() == 1 && typed[0].isPrint();
    if (m_list->isOpen() && (isText || event->key() == Qt::Key_Backspace))
        complete(m_isAsked);
    else if (isText && mayOffer(typed[0]))
        complete(false);
}

bool CodeText::handleCommand(QKeyEvent* event) {
    const Qt::KeyboardModifiers held = event->modifiers() & ~Qt::KeypadModifier;
    if (held == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveLines(event->key() == Qt::Key_Up);
        return true;
    }
    if (!held.testFlag(Qt::ControlModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_Space:
        complete(true);
        return true;
    case Qt::Key_Slash:
        toggleComment();
        return true;
    case Qt::Key_D:
        duplicateLines();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1);
        return true;
    case Qt::Key_Minus:
        zoom(-1);
        return true;
    case Qt::Key_0:
        zoom(0);
        return true;
    default:
        return false;
    }
}

bool CodeText::handlePopupKey(QKeyEvent* event) {
    if (!m_list->isOpen())
        return false;
    switch (event->key()) {
    case Qt::Key_Escape:
        m_list->close();
        return true;
    case Qt::Key_Tab:
        if (const CompletionWord* word = m_list->chosen() != nullptr ? m_list->chosen() : m_list->first())
            accept(CompletionWord(*word));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // What came by itself does not take the key from who means a new line.
        if (const CompletionWord* word = m_list->chosen()) {
            accept(CompletionWord(*word));
            return true;
        }
        m_list->close();
        return false;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        m_list->close();
        return false;
    default:
        return false;
    }
}

bool CodeText::handleTab(QKeyEvent* event) {
    QTextCursor cursor = textCursor();
    const bool isBack = event->key() == Qt::Key_Backtab;
    const bool isMany = cursor.hasSelection() && document()->findBlock(cursor.selectionStart()) !=
                                                     document()->findBlock(cursor.selectionEnd());
    if (isReadOnly() || event->modifiers().testFlag(Qt::ControlModifier))
        return false;
    if (isMany) {
        indentSelection(!isBack);
        return true;
    }
    if (isBack) {
        if (!cursor.block().text().startsWith(u' '))
            return false; // goes to the widget before
        indentSelection(false);
        return true;
    }
    const int column = cursor.positionInBlock();
    const QString before = cursor.block().text().left(column);
    if (doesTabComplete() && !cursor.hasSelection() && !before.trimmed().isEmpty() &&
        !before.back().isSpace()) {
        const int position = cursor.position();
        complete(true);
        // It is shown, was taken, or comes in a moment.
        if (m_list->isOpen() || textCursor().position() != position || m_isComing)
            return true;
    }
    cursor.insertText(QString(m_indent - column % m_indent, u' '));
    setTextCursor(cursor);
    return true;
}

void CodeText::breakLine() {
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    cursor.insertText(u'\n' + QString(indentOfNextLine(), u' '));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeText::duplicateLines() {
    if (isReadOnly())
        return;
    const auto [first, last] = selectedBlocks();
    const QTextBlock end = document()->findBlockByNumber(last);
    QTextCursor copy(document()->findBlockByNumber(first));
    copy.setPosition(end.position() + end.length() - 1, QTextCursor::KeepAnchor);
    const QString lines = copy.selectedText();
    copy.setPosition(copy.selectionEnd());
    copy.insertText(QChar(QChar::ParagraphSeparator) + lines);
}

void CodeText::moveLines(bool isUp) {
    const auto [first, last] = selectedBlocks();
    if (isReadOnly() || (isUp ? first == 0 : last + 1 >= blockCount()))
        return;
    const QTextBlock begin = document()->findBlockByNumber(isUp ? first - 1 : first);
    const QTextBlock middle = document()->findBlockByNumber(isUp ? first : last + 1);
    const QTextBlock end = document()->findBlockByNumber(isUp ? last : last + 1);
    QTextCursor cursor = textCursor();
    // Both parts change their places: where the cursor and its anchor go is known beforehand.
    const int upper = middle.position() - begin.position();
    const int lower = end.position() + end.length() - middle.position();
    const int by = isUp ? -upper : lower;
    const int anchor = cursor.anchor() + by, position = cursor.position() + by;
    QTextCursor edit(document());
    edit.setPosition(begin.position());
    edit.setPosition(end.position() + end.length() - 1, QTextCursor::KeepAnchor);
    const QString lines = edit.selectedText();
    edit.insertText(lines.mid(upper) + QChar(QChar::ParagraphSeparator) + lines.left(upper - 1));
    const int most = document()->characterCount() - 1;
    cursor.setPosition(std::clamp(anchor, 0, most));
    cursor.setPosition(std::clamp(position, 0, most), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
}

// First and last block of what is selected, without one in which nothing is.
std::pair<int, int> CodeText::selectedBlocks() const {
    const QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    QTextBlock last = document()->findBlock(cursor.selectionEnd());
    if (last.blockNumber() > first.blockNumber() && last.position() == cursor.selectionEnd())
        last = last.previous();
    return {first.blockNumber(), last.blockNumber()};
}

void CodeText::indentSelection(bool isMore) {
    const auto [first, last] = selectedBlocks();
    QTextCursor edit = textCursor();
    edit.beginEditBlock();
    for (int i = first; i <= last; ++i) {
        const QTextBlock block = document()->findBlockByNumber(i);
        QTextCursor at(block);
        if (isMore) {
            if (!block.text().isEmpty())
                at.insertText(QString(m_indent, u' '));
            continue;
        }
        int spaces = 0;
        while (spaces < m_indent && spaces < block.text().size() && block.text()[spaces] == u' ')
            ++spaces;
        at.setPosition(block.position() + spaces, QTextCursor::KeepAnchor);
        at.removeSelectedText();
    }
    edit.endEditBlock();
}

void CodeText::toggleComment() {
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    const auto [first, last] = selectedBlocks();
    bool areComments = true, any = false;
    for (int i = first; i <= last; ++i) {
        const QString text = document()->findBlockByNumber(i).text().trimmed();
        any = any || !text.isEmpty();
        areComments = areComments && (text.isEmpty() || text.startsWith(u'#'));
    }
    cursor.beginEditBlock();
    for (int i = first; i <= last; ++i) {
        const QTextBlock block = document()->findBlockByNumber(i);
        const QString text = block.text();
        if (any && text.trimmed().isEmpty())
            continue;
        int indent = 0;
        while (indent < text.size() && text[indent].isSpace())
            ++indent;
        QTextCursor at(block);
        at.setPosition(block.position() + indent);
        if (areComments && any) {
            const int length = text.mid(indent, 2) == QLatin1String("# ") ? 2 : 1;
            at.setPosition(block.position() + indent + length, QTextCursor::KeepAnchor);
            at.removeSelectedText();
        } else {
            at.insertText(QStringLiteral("# "));
        }
    }
    cursor.endEditBlock();
}

// Text alone is taken: no pictures, no HTML; and no line ends of other systems.
bool CodeText::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText();
}

void CodeText::insertFromMimeData(const QMimeData* source) {
    QString text = source->text();
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    textCursor().insertText(pasted(text));
    ensureCursorVisible();
}

// --- completion

void CodeText::complete(bool isAsked) {
    if (isReadOnly())
        return;
    m_isAsked = isAsked;
    m_isComing = false;
    if (const std::optional<CompletionOffer> offer = offerHere())
        showOffer(*offer);
    else
        m_isComing = true; // the list stays as it is until then
}

void CodeText::showOffer(const CompletionOffer& offer) {
    m_offer = offer;
    m_isComing = false;
    if (offer.words.isEmpty())
        return m_list->close();
    if (m_isAsked && offer.words.size() == 1 && !m_list->isOpen() && !offer.written.isEmpty())
        return accept(CompletionWord(offer.words.front()));
    QTextCursor begin = textCursor();
    begin.setPosition(offer.begin);
    m_list->show(offer.words, cursorRect(begin).translated(gutterWidth(), 0), m_isAsked || offer.isCertain);
}

void CodeText::accept(const CompletionWord& word) {
    m_list->close();
    QString text = word.insert.isEmpty() ? word.text : word.insert;
    const qsizetype mark = text.indexOf(kCursorMark);
    text.remove(kCursorMark);
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.setPosition(m_offer.begin);
    cursor.setPosition(textCursor().position(), QTextCursor::KeepAnchor);
    cursor.insertText(text);
    cursor.endEditBlock();
    if (mark >= 0)
        cursor.setPosition(m_offer.begin + static_cast<int>(mark));
    setTextCursor(cursor);
    ensureCursorVisible();
    if (word.isContinued)
        complete(false);
}

QStringList CodeText::offered() const {
    QStringList words;
    if (m_list->isOpen()) {
        for (const CompletionWord& word : m_list->words())
            words.append(word.text);
    }
    return words;
}

} // namespace escale::gui
