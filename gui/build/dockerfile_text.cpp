#include "gui/build/dockerfile_text.h"

#include "gui/build/editor_gutter.h"
#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kIndent = 4; // spaces
constexpr double kSmallest = 6, kLargest = 40;
constexpr int kShown = 10; // completions without scrolling
constexpr int kMostOffered = 500;
constexpr int kMeaningRole = Qt::UserRole + 1;

// The word as it is written, and what it means beside it.
class OfferDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int kPadding = 8, kBetween = 24;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QFontMetrics code(option.font), words(wordsFont(option));
        const QString meaning = index.data(kMeaningRole).toString();
        const int more = meaning.isEmpty() ? 0 : kBetween + words.horizontalAdvance(meaning);
        return {2 * kPadding + code.horizontalAdvance(index.data().toString()) + more,
                code.height() + kPadding};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Colors colors = Colors::current();
        const QRect area = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        painter->save();
        painter->fillRect(option.rect,
                          option.state.testFlag(QStyle::State_Selected) ? colors.selection : colors.base);
        painter->setFont(option.font);
        painter->setPen(colors.text);
        const QString word = index.data().toString();
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, word);
        const int taken = QFontMetrics(option.font).horizontalAdvance(word) + kBetween;
        painter->setFont(wordsFont(option));
        painter->setPen(colors.muted);
        const QRect rest = area.adjusted(taken, 0, 0, 0);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(kMeaningRole).toString(),
                                                            Qt::ElideRight, rest.width()));
        painter->restore();
    }

private:
    static QFont wordsFont(const QStyleOptionViewItem& option) { // of the interface
        QFont font = QApplication::font();
        font.setPointSizeF(std::max(kSmallest, option.font.pointSizeF() - 1));
        return font;
    }
};

} // namespace

DockerfileText::DockerfileText(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_gutter(new EditorGutter(this))
    , m_completer(new QCompleter(this))
    , m_offers(new QStandardItemModel(this)) {
    setLineWrapMode(NoWrap);
    setFont(monospace(font()));
    m_size = font().pointSizeF();
    setTabStopDistance(kIndent * QFontMetricsF(font()).horizontalAdvance(u' '));
    setCursorWidth(2);
    makeCompleter();
    connect(this, &QPlainTextEdit::blockCountChanged, this, &DockerfileText::place);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, area.y(), m_gutter->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &DockerfileText::showCurrentLine);
    connect(document(), &QTextDocument::contentsChange, this, &DockerfileText::noteChange);
    place();
    showCurrentLine();
}

void DockerfileText::makeCompleter() {
    m_completer->setModel(m_offers);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(kShown);
    QAbstractItemView* popup = m_completer->popup();
    popup->setObjectName(QStringLiteral("dockerfileEditor.completions"));
    popup->setAccessibleName(tr("Completions"));
    popup->setProperty("role", "completions");
    popup->setItemDelegate(new OfferDelegate(popup));
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            &DockerfileText::accept);
}

QString DockerfileText::content() const {
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void DockerfileText::replaceContent(const QString& text) {
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

void DockerfileText::noteChange(int position, int removed, int added) {
    if (removed == 0 && added == 0)
        return;
    ++m_changes;
    clearSteps();
    if (const int by = blockCount() - m_blocks; by != 0) {
        m_blocks = blockCount();
        // Behind the line in which the change begins; that one, too, when it begins with it.
        const QTextBlock block = document()->findBlock(position);
        Q_EMIT linesMoved(block.blockNumber() + (block.position() == position ? 0 : 1), by);
    }
}

// --- lines and their marks

int DockerfileText::currentLine() const {
    return textCursor().blockNumber() + 1;
}

void DockerfileText::showLine(int line, int column) {
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

void DockerfileText::markStep(int line, StepState state) {
    if (state == StepNone)
        m_steps.erase(line);
    else
        m_steps[line] = state;
    m_gutter->update();
}

void DockerfileText::clearSteps() {
    if (m_steps.empty())
        return;
    m_steps.clear();
    m_gutter->update();
}

DockerfileText::StepState DockerfileText::stepAt(int line) const {
    const auto found = m_steps.find(line);
    return found == m_steps.end() ? StepNone : found->second;
}

void DockerfileText::setFindingColors(std::map<int, QColor> colors) {
    m_findings = std::move(colors);
    m_gutter->update();
}

QColor DockerfileText::findingColor(int line) const {
    const auto found = m_findings.find(line);
    return found == m_findings.end() ? QColor() : found->second;
}

std::pair<int, int> DockerfileText::sight() const {
    const int first = firstVisibleBlock().blockNumber();
    return {first, first + viewport()->height() / std::max(1, fontMetrics().height()) + 1};
}

void DockerfileText::place() {
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), gutterWidth(), area.height());
}

void DockerfileText::showCurrentLine() {
    QTextEdit::ExtraSelection line;
    line.format.setBackground(Colors::of(palette()).hover);
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    setExtraSelections({line});
    m_gutter->update();
}

void DockerfileText::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    place();
}

void DockerfileText::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        showCurrentLine();
    if (event->type() == QEvent::FontChange && m_size > 0)
        place();
}

void DockerfileText::zoom(int steps) {
    m_zoom = steps == 0 ? 0 : m_zoom + steps;
    QFont changed = font();
    const double size = std::clamp(m_size + m_zoom, kSmallest, kLargest);
    m_zoom = static_cast<int>(size - m_size);
    changed.setPointSizeF(size);
    setFont(changed);
    setTabStopDistance(kIndent * QFontMetricsF(changed).horizontalAdvance(u' '));
    place();
}

void DockerfileText::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QPlainTextEdit::wheelEvent(event);
    if (const int turned = event->angleDelta().y(); turned != 0)
        zoom(turned > 0 ? 1 : -1);
    event->accept();
}

bool DockerfileText::event(QEvent* event) {
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

// --- keys

void DockerfileText::keyPressEvent(QKeyEvent* event) {
    if (handlePopupKey(event))
        return;
    const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
    if (isControl && event->key() == Qt::Key_Space)
        return complete(true);
    if (isControl && event->key() == Qt::Key_Slash)
        return toggleComment();
    if (isControl && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal))
        return zoom(1);
    if (isControl && event->key() == Qt::Key_Minus)
        return zoom(-1);
    if (isControl && event->key() == Qt::Key_0)
        return zoom(0);
    if ((event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) && handleTab(event))
        return;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !isControl)
        return breakLine();
    QPlainTextEdit::keyPressEvent(event);
    if (isReadOnly() || isControl || event->modifiers().testFlag(Qt::AltModifier))
        return;
    const QString typed = event->text();
    const bool isOpen = m_completer->popup()->isVisible();
    const bool isText = typed.size() == 1 && typed[0].isPrint();
    if (isOpen && (isText || event->key() == Qt::Key_Backspace))
        complete(m_isAsked);
    else if (isText && mayOffer(typed[0]))
        complete(false);
}

// While one writes the list opens where names begin, and after two letters of an instruction.
bool DockerfileText::mayOffer(QChar typed) const {
    const QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (before.trimmed().startsWith(u'#'))
        return false;
    if (typed == u'$' || typed == u'{' || typed == u'/')
        return true;
    if (typed == u'-')
        return before.endsWith(QLatin1String(" --"));
    if (typed == u'=' || typed == u',')
        return before.section(u' ', -1).startsWith(QLatin1String("--"));
    const QString written = before.trimmed();
    return written.size() == 2 && written[0].isLetter() && written[1].isLetter();
}

bool DockerfileText::handlePopupKey(QKeyEvent* event) {
    QAbstractItemView* popup = m_completer->popup();
    if (!popup->isVisible())
        return false;
    switch (event->key()) {
    case Qt::Key_Escape:
        closeOffer();
        return true;
    case Qt::Key_Tab:
        accept(popup->currentIndex().isValid() ? popup->currentIndex() : m_offers->index(0, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // What came by itself does not take the key from who means a new line.
        if (!popup->currentIndex().isValid()) {
            closeOffer();
            return false;
        }
        accept(popup->currentIndex());
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        closeOffer();
        return false;
    default:
        return false;
    }
}

bool DockerfileText::handleTab(QKeyEvent* event) {
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
    if (!cursor.hasSelection() && !before.trimmed().isEmpty() && !before.back().isSpace()) {
        const int position = cursor.position();
        complete(true);
        // It is shown, was taken, or the files come in a moment.
        if (m_completer->popup()->isVisible() || textCursor().position() != position || m_offer.folder)
            return true;
    }
    cursor.insertText(QString(kIndent - column % kIndent, u' '));
    setTextCursor(cursor);
    return true;
}

// A new line begins where the one before did; the second line of an instruction further in.
void DockerfileText::breakLine() {
    QTextCursor cursor = textCursor();
    const QString line = cursor.block().text();
    const QString before = line.left(cursor.positionInBlock());
    qsizetype indent = 0;
    while (indent < before.size() && before[indent] == u' ')
        ++indent;
    const QTextBlock previous = cursor.block().previous();
    const auto goesOn = [](const QString& text) { return text.trimmed().endsWith(u'\\'); };
    const bool wentOn = previous.isValid() && goesOn(previous.text());
    if (goesOn(before) && !wentOn)
        indent += kIndent;
    else if (!goesOn(before) && wentOn)
        indent = 0;
    cursor.insertText(u'\n' + QString(indent, u' '));
    setTextCursor(cursor);
    ensureCursorVisible();
}

// First and last block of what is selected, without one in which nothing is.
std::pair<int, int> DockerfileText::selectedBlocks() const {
    const QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    QTextBlock last = document()->findBlock(cursor.selectionEnd());
    if (last.blockNumber() > first.blockNumber() && last.position() == cursor.selectionEnd())
        last = last.previous();
    return {first.blockNumber(), last.blockNumber()};
}

void DockerfileText::indentSelection(bool isMore) {
    const auto [first, last] = selectedBlocks();
    QTextCursor edit = textCursor();
    edit.beginEditBlock();
    for (int i = first; i <= last; ++i) {
        const QTextBlock block = document()->findBlockByNumber(i);
        QTextCursor at(block);
        if (isMore) {
            if (!block.text().isEmpty())
                at.insertText(QString(kIndent, u' '));
            continue;
        }
        int spaces = 0;
        while (spaces < kIndent && spaces < block.text().size() && block.text()[spaces] == u' ')
            ++spaces;
        at.setPosition(block.position() + spaces, QTextCursor::KeepAnchor);
        at.removeSelectedText();
    }
    edit.endEditBlock();
}

void DockerfileText::toggleComment() {
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
bool DockerfileText::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText();
}

void DockerfileText::insertFromMimeData(const QMimeData* source) {
    QString text = source->text();
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    textCursor().insertText(text);
    ensureCursorVisible();
}

// --- completion

void DockerfileText::complete(bool isAsked) {
    if (isReadOnly())
        return;
    CompletionOffer offer = completionAt(content(), textCursor().position(), m_images);
    m_isAsked = isAsked;
    if (!offer.folder || !m_lister)
        return showOffer(offer, isAsked);
    // The list stays as it is until the files are there: they come from another thread.
    m_offer = offer;
    m_lister(*offer.folder);
}

void DockerfileText::giveFiles(const QString& folder, const QStringList& entries) {
    const int end = textCursor().position();
    if (m_offer.folder != folder || m_offer.begin + static_cast<int>(m_offer.written.size()) != end)
        return; // meanwhile something else was typed
    showOffer(withFiles(m_offer, entries), m_isAsked);
}

void DockerfileText::showOffer(const CompletionOffer& offer, bool isAsked) {
    m_offer = offer;
    if (offer.words.isEmpty())
        return closeOffer();
    if (isAsked && offer.words.size() == 1 && !m_completer->popup()->isVisible() &&
        !offer.written.isEmpty()) {
        m_offers->clear();
        m_offers->appendRow(new QStandardItem(offer.words.front().text));
        return accept(m_offers->index(0, 0));
    }
    m_offers->clear();
    for (const CompletionWord& word : offer.words) {
        if (m_offers->rowCount() >= kMostOffered)
            break;
        auto* item = new QStandardItem(word.text);
        item->setData(word.meaning, kMeaningRole);
        item->setToolTip(word.meaning);
        item->setData(word.meaning.isEmpty() ? word.text : word.text + QStringLiteral(": ") + word.meaning,
                      Qt::AccessibleTextRole);
        item->setEditable(false);
        m_offers->appendRow(item);
    }
    QAbstractItemView* popup = m_completer->popup();
    popup->setFont(font());
    QTextCursor begin = textCursor();
    begin.setPosition(offer.begin);
    QRect where = cursorRect(begin);
    where.translate(gutterWidth(), 0);
    int width = 0;
    for (int row = 0; row < m_offers->rowCount(); ++row)
        width =
            std::max(width, popup->sizeHintForIndex(m_completer->completionModel()->index(row, 0)).width());
    where.setWidth(width + popup->verticalScrollBar()->sizeHint().width() + 4);
    m_completer->complete(where);
    popup->setCurrentIndex(isAsked ? m_completer->completionModel()->index(0, 0) : QModelIndex());
}

void DockerfileText::closeOffer() {
    m_completer->popup()->hide();
    m_offer.folder.reset();
}

void DockerfileText::accept(const QModelIndex& index) {
    const QString word = index.data().toString();
    closeOffer();
    if (word.isEmpty())
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(m_offer.begin);
    cursor.setPosition(textCursor().position(), QTextCursor::KeepAnchor);
    const bool isInstruction = findKeyword(word.toStdString()).has_value();
    cursor.insertText(isInstruction ? word + u' ' : word);
    setTextCursor(cursor);
    // What can be written next is known already: a value, what is in the folder.
    if (word.endsWith(u'=') || word.endsWith(u'/'))
        complete(false);
}

QStringList DockerfileText::offered() const {
    QStringList words;
    for (int row = 0; m_completer->popup()->isVisible() && row < m_offers->rowCount(); ++row)
        words.append(m_offers->item(row)->text());
    return words;
}

} // namespace escale::gui
