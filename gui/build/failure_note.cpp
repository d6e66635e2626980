#include "gui/build/failure_note.h"

#include "gui/build/step_text.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/log_style.h"
#include "gui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kLines = 4, kLongest = 200;

// Lines of a log may be coloured; a note's are not.
static QString plain(const QString& line) {
    static const QRegularExpression kSequence(QStringLiteral("\x1b\\[[0-9;]*[A-Za-z]"));
    return QString(line).remove(kSequence).left(kLongest);
}

FailureNote::FailureNote(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(label({}, "heading", this))
    , m_lines(label({}, "", this))
    , m_hint(label({}, "muted", this))
    , m_line(new QPushButton(tr("Show the &line"), this))
    , m_terminal(new QPushButton(icon(QStringLiteral("terminal")), tr("Open a terminal in the &failed step"),
                                 this)) {
    setObjectName(QStringLiteral("buildPane.failure"));
    setProperty("role", "failure");
    m_title->setObjectName(QStringLiteral("buildPane.failureTitle"));
    m_lines->setObjectName(QStringLiteral("buildPane.failureLines"));
    m_line->setObjectName(QStringLiteral("buildPane.failureLine"));
    m_terminal->setObjectName(QStringLiteral("buildPane.failureTerminal"));
    for (QLabel* one : {m_title, m_lines, m_hint}) {
        one->setTextInteractionFlags(Qt::TextSelectableByMouse);
        one->setTextFormat(Qt::PlainText);
        one->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_title->setWordWrap(true);
    m_hint->setWordWrap(true);
    m_lines->setFont(monospace(font()));
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Dismiss"), this);
    connect(close, &QToolButton::clicked, this, &FailureNote::dismiss);
    connect(m_line, &QPushButton::clicked, this, &FailureNote::lineRequested);
    connect(m_terminal, &QPushButton::clicked, this, &FailureNote::terminalRequested);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_title);
    words->addWidget(m_lines);
    words->addWidget(m_hint);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 10, 10);
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_line, 0, Qt::AlignTop);
    row->addWidget(m_terminal, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    drawIcon();
    hide();
}

void FailureNote::show(const BuildModel& model, bool keepsStep) {
    const ShownStep* step = model.failedStep();
    if (step == nullptr)
        return dismiss();
    m_title->setText(
        tr("%1: %2, line %3").arg(step->text.simplified().left(kLongest), stateText(*step)).arg(step->line));
    QStringList lines;
    for (const QString& line : model.lastLines(step->id, kLines))
        lines.append(plain(line));
    if (lines.isEmpty())
        lines = step->error.split(u'\n').mid(0, kLines);
    m_lines->setText(lines.join(u'\n'));
    m_hint->setText(model.hint());
    m_hint->setVisible(!model.hint().isEmpty());
    m_terminal->setVisible(keepsStep);
    setAccessibleName(m_title->text() + u'\n' + m_lines->text());
    setVisible(true);
}

void FailureNote::dismiss() {
    setVisible(false);
}

void FailureNote::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
}

void FailureNote::drawIcon() {
    m_icon->setPixmap(tintedIcon(QStringLiteral("warning"), Colors::current().red, 20, devicePixelRatioF()));
}

} // namespace escale::gui
