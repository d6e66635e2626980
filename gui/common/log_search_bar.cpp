#include "gui/common/log_search_bar.h"

#include "gui/common/buttons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace escale::gui {

LogSearchBar::LogSearchBar(QWidget* parent)
    : QWidget(parent)
    , m_text(searchField(QStringLiteral("logView.find"), this))
    , m_count(label({}, "muted", this))
    , m_error(label({}, "error", this)) {
    setObjectName(QStringLiteral("logView.search"));
    m_text->setPlaceholderText(tr("Find in the log"));
    m_text->setAccessibleName(tr("Find in the log"));
    m_text->setMinimumWidth(120);
    m_text->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("logView.matches"));
    m_error->setObjectName(QStringLiteral("logView.searchError"));
    m_error->setWordWrap(true);
    m_error->hide();

    const auto option = [this](const char* name, const QString& iconName, const QString& words) {
        QToolButton* button = flatButton(iconName, words, this);
        button->setObjectName(QStringLiteral("logView.") + QString::fromLatin1(name));
        button->setCheckable(true);
        connect(button, &QToolButton::toggled, this, &LogSearchBar::read);
        return button;
    };
    m_case = option("matchCase", QStringLiteral("case"), tr("Match case"));
    m_words = option("wholeWords", QStringLiteral("word"), tr("Whole words"));
    m_regex = option("regex", QStringLiteral("regex"), tr("Regular expression"));
    m_only = option("onlyMatching", QStringLiteral("filter"), tr("Only lines that match"));
    m_previous = flatButton(QStringLiteral("chevron-up"), tr("Previous match (Shift+F3)"), this);
    m_previous->setObjectName(QStringLiteral("logView.previous"));
    m_next = flatButton(QStringLiteral("chevron-down"), tr("Next match (F3)"), this);
    m_next->setObjectName(QStringLiteral("logView.next"));
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Close the search (Escape)"), this);
    close->setObjectName(QStringLiteral("logView.closeSearch"));

    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_text, 1);
    row->addSpacing(4);
    for (QToolButton* button : {m_case, m_words, m_regex})
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(m_only);
    row->addSpacing(8);
    row->addWidget(m_count);
    row->addSpacing(4);
    for (QToolButton* button : {m_previous, m_next, close})
        row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 8);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_error);

    connect(m_text, &QLineEdit::textChanged, this, &LogSearchBar::read);
    connect(m_previous, &QToolButton::clicked, this, &LogSearchBar::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &LogSearchBar::nextRequested);
    connect(close, &QToolButton::clicked, this, &LogSearchBar::closed);
    setCount(0, 0, true);
}

bool LogSearchBar::onlyMatching() const {
    return m_only->isChecked();
}

void LogSearchBar::setText(const QString& text) {
    m_text->setText(text);
}

void LogSearchBar::activate() {
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void LogSearchBar::read() {
    m_pattern = LogPattern(m_text->text(), {m_case->isChecked(), m_words->isChecked(), m_regex->isChecked()});
    say();
    Q_EMIT changed();
}

void LogSearchBar::say() {
    const QString error = m_pattern.error();
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    m_text->setAccessibleDescription(error);
    setLook(m_text, "invalid", !error.isEmpty());
}

void LogSearchBar::setCount(qint64 current, qint64 count, bool isDone) {
    const QLocale locale;
    // While lines are being looked at, there may be more.
    const QString all = locale.toString(count) + (isDone ? QString() : QStringLiteral("…"));
    if (m_pattern.isEmpty())
        m_count->clear();
    else if (count == 0)
        m_count->setText(isDone ? tr("Not found") : tr("Searching…"));
    else if (current > 0)
        m_count->setText(tr("%1 of %2", "match 3 of 120").arg(locale.toString(current), all));
    else
        m_count->setText(tr("%1 found", "matches").arg(all));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
    m_only->setEnabled(m_only->isChecked() || !m_pattern.isEmpty());
}

void LogSearchBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

bool LogSearchBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers().testFlag(Qt::ShiftModifier))
                Q_EMIT previousRequested();
            else
                Q_EMIT nextRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace escale::gui
