#include "gui/common/log_view.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QStyle>
#include <QToolButton>

namespace escale::gui {

// A turn of the event loop draws for at most so long, in milliseconds, so that keys and clicks get their
// turn.
static constexpr int kSliceTime = 8;
static constexpr std::size_t kSliceLines = 256;
static constexpr std::size_t kThrottleAbove = 4096;

LogView::LogView(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this)) {
    m_text->setObjectName(QStringLiteral("logView.text"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setMaximumBlockCount(kMostLines);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(monospace(m_text->font()));
    m_text->document()->setDocumentMargin(10);
    m_text->setAccessibleName(tr("Log"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    updateFormats();
    buildTools();

    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &LogView::drawSlice);
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_scrolling)
            setFollowing(value >= m_text->verticalScrollBar()->maximum());
    });
}

void LogView::buildTools() {
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("logView.find"));
    m_find->setPlaceholderText(tr("Find in the log"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(280);
    m_find->addAction(icon(QStringLiteral("search"), QPalette::PlaceholderText), QLineEdit::LeadingPosition);
    m_count = label({}, "muted", this);

    const auto toggle = [this](const char* name, const char* iconName, const QString& words, bool on) {
        QToolButton* button = flatButton(QString::fromLatin1(iconName), words, this);
        button->setObjectName(QStringLiteral("logView.") + QString::fromLatin1(name));
        button->setCheckable(true);
        button->setChecked(on);
        return button;
    };
    m_onlyMatching = toggle("onlyMatching", "filter", tr("Only lines that match"), false);
    m_times = toggle("times", "clock", tr("Time stamps"), false);
    m_wrap = toggle("wrap", "wrap", tr("Wrap long lines"), false);
    m_follow = toggle("follow", "follow", tr("Follow the end"), true);
    m_pause = toggle("pause", "pause", tr("Pause"), false);
    m_copy = flatButton(QStringLiteral("copy"), tr("Copy"), this);
    m_copy->setObjectName(QStringLiteral("logView.copy"));
    m_clear = flatButton(QStringLiteral("clear"), tr("Clear"), this);
    m_clear->setObjectName(QStringLiteral("logView.clear"));

    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(4);
    tools->addWidget(m_find, 1);
    tools->addWidget(m_onlyMatching);
    tools->addSpacing(8);
    tools->addWidget(m_count);
    tools->addStretch(1);
    for (QToolButton* button : {m_times, m_wrap, m_follow, m_pause, m_copy, m_clear})
        tools->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_text, 1);

    connect(m_find, &QLineEdit::returnPressed, this,
            [this] { find(QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier)); });
    connect(m_find, &QLineEdit::textChanged, this, [this] {
        if (m_onlyMatching->isChecked())
            redraw();
        else
            find(false);
    });
    connect(m_onlyMatching, &QToolButton::toggled, this, &LogView::redraw);
    connect(m_times, &QToolButton::toggled, this, &LogView::redraw);
    connect(m_wrap, &QToolButton::toggled, this, [this](bool on) {
        m_text->setLineWrapMode(on ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(m_follow, &QToolButton::clicked, this, [this](bool on) { setFollowing(on); });
    connect(m_pause, &QToolButton::toggled, this, [this](bool paused) {
        m_pause->setIcon(icon(paused ? QStringLiteral("run") : QStringLiteral("pause")));
        m_pause->setToolTip(paused ? tr("Go on") : tr("Pause"));
        m_pause->setAccessibleName(m_pause->toolTip());
        if (paused)
            m_turn.stop();
        else
            m_turn.start();
        Q_EMIT throttle(paused || m_throttled);
    });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        if (m_text->textCursor().hasSelection())
            m_text->copy();
        else
            QApplication::clipboard()->setText(m_text->toPlainText());
    });
    connect(m_clear, &QToolButton::clicked, this, &LogView::clear);
    auto* shortcut = new QShortcut(QKeySequence(tr("Ctrl+Shift+F", "shortcut: find in the log")), this);
    connect(shortcut, &QShortcut::activated, this, [this] { m_find->setFocus(Qt::ShortcutFocusReason); });
}

void LogView::append(const QList<LogLine>& lines) {
    for (const LogLine& line : lines)
        m_lines.push_back(line);
    while (m_lines.size() > kMostLines) {
        m_lines.pop_front();
        if (m_next > 0)
            --m_next;
    }
    if (m_pause->isChecked())
        return;
    if (!m_throttled && m_lines.size() - m_next > kThrottleAbove) {
        m_throttled = true;
        Q_EMIT throttle(true);
    }
    if (!m_turn.isActive())
        m_turn.start();
}

void LogView::clear() {
    m_lines.clear();
    redraw();
    Q_EMIT clearRequested();
}

void LogView::setPlaceholder(const QString& text) {
    m_text->setPlaceholderText(text);
}

void LogView::redraw() {
    m_text->clear();
    m_next = 0;
    m_firstBlock = true;
    m_count->clear();
    m_turn.start();
}

bool LogView::matches(const LogLine& line) const {
    return !m_onlyMatching->isChecked() || line.text.contains(m_find->text(), Qt::CaseInsensitive);
}

QString LogView::rendered(const LogLine& line) const {
    if (!m_times->isChecked())
        return line.text;
    const QDateTime time =
        QDateTime::fromString(line.time.left(23) + QLatin1Char('Z'), Qt::ISODateWithMs).toLocalTime();
    return time.toString(QStringLiteral("HH:mm:ss.zzz  ")) + line.text;
}

void LogView::drawSlice() {
    QElapsedTimer clock;
    clock.start();
    const bool atEnd = m_following;
    m_scrolling = true;
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    while (m_next < m_lines.size() && clock.elapsed() < kSliceTime) {
        // One insertion a run of lines of the same stream: much cheaper than one a line.
        QString run;
        const bool isError = m_lines[m_next].isError;
        for (std::size_t count = 0; count < kSliceLines && m_next < m_lines.size(); ++count, ++m_next) {
            const LogLine& line = m_lines[m_next];
            if (line.isError != isError)
                break;
            if (!matches(line))
                continue;
            if (!m_firstBlock)
                run += QLatin1Char('\n');
            m_firstBlock = false;
            run += rendered(line);
        }
        cursor.insertText(run, isError ? m_errorFormat : m_outputFormat);
    }
    cursor.endEditBlock();
    if (atEnd)
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    m_scrolling = false;
    m_count->setText(m_lines.empty() ? QString() : tr("%n line(s)", nullptr, lineCount()));
    if (m_throttled && m_lines.size() - m_next < kThrottleAbove / 4) {
        m_throttled = false;
        Q_EMIT throttle(false);
    }
    if (isIdle())
        m_turn.stop();
}

void LogView::setFollowing(bool following) {
    m_following = following;
    m_follow->setChecked(following);
    if (following) {
        m_scrolling = true;
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
        m_scrolling = false;
    }
}

void LogView::find(bool backward) {
    const QString text = m_find->text();
    bool found = true;
    if (!text.isEmpty()) {
        const QTextDocument::FindFlags flags =
            backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
        found = m_text->find(text, flags);
        if (!found) { // once round
            const QTextCursor before = m_text->textCursor();
            m_text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
            found = m_text->find(text, flags);
            if (!found)
                m_text->setTextCursor(before);
        }
    }
    m_find->setProperty("invalid", !found);
    m_find->style()->unpolish(m_find);
    m_find->style()->polish(m_find);
}

void LogView::updateFormats() {
    const Colors colors = Colors::current();
    m_outputFormat.setForeground(colors.text);
    m_errorFormat.setForeground(colors.red);
}

void LogView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        updateFormats();
        redraw();
    }
    QWidget::changeEvent(event);
}

} // namespace escale::gui
