#include "gui/app/jobs_drawer.h"

#include "gui/app/action_history.h"
#include "gui/app/action_row.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/icons.h"
#include "gui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace escale::gui {

static constexpr int kOpenHeight = 190;
static constexpr int kReadingHeight = 320; // while the details of one are open

JobsDrawer::JobsDrawer(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_history(new ActionHistory(client, this))
    , m_area(new QScrollArea(this)) {
    setObjectName(QStringLiteral("jobsDrawer"));
    m_content = new QWidget(m_area);
    m_content->setProperty("role", "clear");
    m_rows = new QVBoxLayout(m_content);
    m_rows->setContentsMargins(0, 6, 0, 6);
    m_rows->setSpacing(0);
    m_none = label(
        tr("Nothing was done yet. Whatever you do shows up here: how far it is, and what it is as a docker "
           "command, as a call to the engine and for the kernel."),
        "muted", m_content);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(20, 8, 20, 8);
    m_rows->addWidget(m_none);
    m_rows->addStretch();
    m_area->setWidget(m_content);
    m_area->setWidgetResizable(true);
    m_area->setAccessibleName(tr("Jobs"));
    auto* drawer = new QFrame(this);
    drawer->setObjectName(QStringLiteral("jobsDrawer.area"));
    drawer->setProperty("role", "drawer");
    drawer->setFixedHeight(kOpenHeight);
    auto* drawerColumn = new QVBoxLayout(drawer);
    drawerColumn->setContentsMargins(0, 0, 0, 0);
    drawerColumn->addWidget(m_area);
    drawer->hide();

    auto* bar = new QFrame(this);
    bar->setProperty("role", "bottomBar");
    m_toggle = flatButton(QStringLiteral("chevron-up"), tr("Show the jobs"), bar);
    m_toggle->setObjectName(QStringLiteral("jobsDrawer.toggle"));
    m_toggle->setText(tr("Jobs"));
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_summary = new ElidedLabel(bar);
    m_summary->setObjectName(QStringLiteral("jobsDrawer.summary"));
    m_summary->setMuted(true);
    m_clear = flatButton(QStringLiteral("clear"), tr("Forget what is over"), bar);
    m_clear->setObjectName(QStringLiteral("jobsDrawer.clear"));
    m_engineDot = new QLabel(bar);
    m_engine = label({}, "muted", bar);
    m_engine->setObjectName(QStringLiteral("engineState"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 3, 16, 3);
    row->setSpacing(8);
    row->addWidget(m_toggle);
    row->addWidget(m_summary, 1);
    row->addWidget(m_clear);
    row->addSpacing(8);
    row->addWidget(m_engineDot);
    row->addWidget(m_engine);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(drawer);
    column->addWidget(bar);

    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    connect(m_clear, &QToolButton::clicked, m_history, &ActionHistory::clearEnded);
    connect(m_history, &ActionHistory::added, this, &JobsDrawer::add);
    connect(m_history, &ActionHistory::removed, this, &JobsDrawer::remove);
    connect(m_history, &ActionHistory::changed, this, &JobsDrawer::updateBar);
    connect(&m_client, &EngineClient::stateChanged, this, &JobsDrawer::updateEngine);
    updateBar();
    updateEngine();
}

void JobsDrawer::setOpen(bool open) {
    findChild<QFrame*>(QStringLiteral("jobsDrawer.area"))->setVisible(open);
    m_toggle->setIcon(icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up")));
    m_toggle->setToolTip(open ? tr("Hide the jobs") : tr("Show the jobs"));
    m_toggle->setAccessibleName(m_toggle->toolTip());
    Q_EMIT openChanged(open);
}

bool JobsDrawer::isOpen() const {
    return !findChild<QFrame*>(QStringLiteral("jobsDrawer.area"))->isHidden();
}

void JobsDrawer::add(Action* action) {
    auto* row = new ActionRow(*action, m_content);
    m_rows->insertWidget(0, row); // newest on top
    m_rowOf.insert(action, row);
    connect(row, &ActionRow::openChanged, this, &JobsDrawer::fitHeight);
    m_none->hide();
}

void JobsDrawer::remove(Action* action) {
    delete m_rowOf.take(action);
    m_none->setVisible(m_rowOf.isEmpty());
    fitHeight();
}

// Higher while someone reads, as far as the window has room: it does not grow for that.
void JobsDrawer::fitHeight() {
    auto* drawer = findChild<QFrame*>(QStringLiteral("jobsDrawer.area"));
    const bool reading =
        std::any_of(m_rowOf.begin(), m_rowOf.end(), [](const ActionRow* row) { return row->isOpen(); });
    const int spare = window()->height() - window()->minimumSizeHint().height();
    drawer->setFixedHeight(reading ? std::clamp(drawer->height() + spare, kOpenHeight, kReadingHeight)
                                   : kOpenHeight);
}

void JobsDrawer::updateBar() {
    const QList<Action*>& actions = m_history->all();
    const int running = m_history->runningCount();
    m_clear->setVisible(actions.size() > running);
    if (actions.isEmpty())
        return m_summary->setText(tr("nothing runs"));
    // The newest that runs, or else the newest.
    const Action* shown = actions.last();
    for (const Action* action : actions) {
        if (action->isRunning())
            shown = action;
    }
    const QString words = shown->words();
    QString text = shown->title();
    if (!words.isEmpty())
        text = tr("%1: %2", "job: how it goes").arg(text, words);
    if (running > 1)
        text += QStringLiteral(" · ") + tr("%n more", nullptr, running - 1);
    m_summary->setText(text);
}

void JobsDrawer::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_engine != nullptr)
        updateEngine();
    QWidget::changeEvent(event);
}

void JobsDrawer::updateEngine() {
    const Colors colors = Colors::current();
    QColor color = colors.amber;
    QString words = tr("Reaching the engine…");
    if (m_client.state() == EngineClient::State::Ready) {
        color = colors.green;
        words = tr("Engine ready");
    } else if (m_client.state() == EngineClient::State::Unreachable) {
        color = colors.red;
        words = tr("Engine not reachable");
    }
    m_engineDot->setText(QStringLiteral("●"));
    // Only when it differs: a style sheet of its own polishes the widget anew, which ends in another palette
    // change.
    if (const QString sheet = QStringLiteral("color: %1").arg(color.name());
        m_engineDot->styleSheet() != sheet)
        m_engineDot->setStyleSheet(sheet);
    m_engine->setText(words);
}

} // namespace escale::gui
