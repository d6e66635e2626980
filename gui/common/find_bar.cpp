#include "gui/common/find_bar.h"

#include "gui/common/buttons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

namespace escale::gui {

FindBar::FindBar(const QString& name, const QString& words, QPlainTextEdit* text, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_field(searchField(name + QStringLiteral(".find"), this))
    , m_words(label({}, "muted", this)) {
    m_field->setAccessibleName(words);
    m_field->setPlaceholderText(tr("Find"));
    m_words->setObjectName(name + QStringLiteral(".found"));
    auto* previous = flatButton(QStringLiteral("chevron-up"), tr("Previous place (Shift+Enter)"), this);
    auto* next = flatButton(QStringLiteral("chevron-down"), tr("Next place (Enter)"), this);
    auto* closing = flatButton(QStringLiteral("close"), tr("Close (Esc)"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_words);
    for (QToolButton* button : {previous, next, closing})
        row->addWidget(button);
    connect(m_field, &QLineEdit::textChanged, this, [this] { find(false, true); });
    connect(previous, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(next, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(closing, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::activate() {
    if (m_text == nullptr)
        return;
    const QString selected = m_text->textCursor().selectedText();
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_field->setText(selected);
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::findNext(bool isBackwards) {
    find(isBackwards, false);
}

// What is found while one types begins where the last one began.
void FindBar::find(bool isBackwards, bool fromHere) {
    const QString wanted = m_field->text();
    m_words->clear();
    if (wanted.isEmpty() || m_text == nullptr)
        return;
    QTextDocument::FindFlags flags;
    if (isBackwards)
        flags |= QTextDocument::FindBackward;
    QTextCursor from = m_text->textCursor();
    if (fromHere)
        from.setPosition(from.selectionStart());
    QTextCursor found = m_text->document()->find(wanted, from, flags);
    if (found.isNull()) {
        from.movePosition(isBackwards ? QTextCursor::End : QTextCursor::Start);
        found = m_text->document()->find(wanted, from, flags);
        m_words->setText(found.isNull() ? tr("Not found") : tr("From the other end on"));
    }
    if (!found.isNull()) {
        m_text->setTextCursor(found);
        m_text->ensureCursorVisible();
    }
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return close();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return findNext(event->modifiers().testFlag(Qt::ShiftModifier));
    QWidget::keyPressEvent(event);
}

void FindBar::close() {
    hide();
    if (m_text != nullptr)
        m_text->setFocus(Qt::OtherFocusReason);
}

} // namespace escale::gui
