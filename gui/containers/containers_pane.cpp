#include "gui/containers/containers_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/container_actions.h"
#include "gui/containers/container_changes.h"
#include "gui/containers/container_tabs.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/containers_feed.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/containers_table.h"
#include "gui/containers/state_note.h"

#include <QAction>
#include <QDesktopServices>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kStatsInterval = 1000;  // milliseconds
static constexpr int kTimesInterval = 10000; // "3 min" moves on

ContainersPane::ContainersPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new ContainersModel(this))
    , m_feed(new ContainersFeed(client, *m_model, this))
    , m_table(new ContainersTable(m_model))
    , m_stack(new TableStack(m_table, this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_undo(new ContainerUndo(client, *m_model, *m_error, this))
    , m_actions(new ContainerActions(client, *m_model, *m_error, *m_confirmation, *m_undo, this))
    , m_changes(new ContainerChanges(client, *m_error, *m_confirmation, *m_undo, this)) {
    setObjectName(QStringLiteral("containersPane"));
    buildList();
    buildTools();
    buildLayout();
    m_statsTimer.setInterval(kStatsInterval);
    m_timesTimer.setInterval(kTimesInterval);
    connect(&m_statsTimer, &QTimer::timeout, this, &ContainersPane::pollStats);
    connect(&m_timesTimer, &QTimer::timeout, m_model, &ContainersModel::refreshTimes);
    connect(m_feed, &ContainersFeed::taken, this, &ContainersPane::takeList);
    connect(m_feed, &ContainersFeed::failed, this, &ContainersPane::takeError);
    connect(m_model, &ContainersModel::renameRequested, m_actions, &ContainerActions::rename);
    connect(m_actions, &ContainerActions::editNameRequested, m_table, &ContainersTable::editName);
    connect(m_actions, &ContainerActions::debugRequested, this, [this](const QString& id) {
        m_table->selectId(id);
        m_tabs->askDebug();
    });
    connect(m_actions, &ContainerActions::editRequested, m_changes, &ContainerChanges::edit);
    connect(m_actions, &ContainerActions::imageUpdateRequested, m_changes, &ContainerChanges::updateImage);
    connect(m_changes, &ContainerChanges::busyChanged, m_actions, &ContainerActions::setBusy);
    connect(m_changes, &ContainerChanges::busyChanged, this, &ContainersPane::closeIfWanted,
            Qt::QueuedConnection); // what came of it is told first
    connect(m_changes, &ContainerChanges::made, this, &ContainersPane::select);
    connect(m_actions, &ContainerActions::portRequested, this, &ContainersPane::openPort);
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready)
        m_feed->refresh();
}

ContainersPane::~ContainersPane() = default;

void ContainersPane::buildList() {
    m_table->setObjectName(QStringLiteral("containersPane.table"));
    m_table->setAccessibleName(tr("Containers"));
    m_table->addActions(m_actions->all());
    connect(m_table, &Table::currentIdChanged, this, &ContainersPane::takeCurrent);
    connect(m_table, &ContainersTable::selectedIdsChanged, this, &ContainersPane::takeSelection);
    connect(m_table, &ContainersTable::portClicked, this, &ContainersPane::openPort);
    m_compose = addPaneAction("stacks", tr("Make a Compose fi&le…"), {},
                              [this] { Q_EMIT composeRequested(m_table->selectedIds()); });
    m_learn = addPaneAction("learn", tr("See what it is made of"), {},
                            [this] { Q_EMIT learnRequested(m_table->selectedIds().value(0)); });
    m_table->addActions({m_compose, m_learn});
    m_stack->empty().set(QStringLiteral("containers"), tr("Reading the containers…"), {});
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, &ContainersPane::imagesRequested);
}

// The most used ones as buttons; all of them behind the last one.
void ContainersPane::buildTools() {
    using Kind = ContainerActions::Kind;
    auto* more = flatButton(QStringLiteral("more"), tr("More actions"), this);
    more->setObjectName(QStringLiteral("containersPane.more"));
    auto* menu = new QMenu(more);
    menu->addActions(m_actions->all());
    menu->addSeparator();
    menu->addActions({m_compose, m_learn});
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_tools = toolRow(
        {actionButton(m_actions->action(Kind::Start), QStringLiteral("containersPane.start"), this),
         actionButton(m_actions->action(Kind::Stop), QStringLiteral("containersPane.stop"), this),
         actionButton(m_actions->action(Kind::Remove), QStringLiteral("containersPane.remove"), this), more},
        this);
}

void ContainersPane::buildLayout() {
    m_note = new StateNote(this);
    m_tabs = new ContainerTabs(m_client, *m_undo, this);
    auto* lower = card(this);
    lower->setObjectName(QStringLiteral("containersPane.lower"));
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(1, 1, 1, 1);
    lowerColumn->setSpacing(0);
    lowerColumn->addWidget(m_note);
    lowerColumn->addWidget(m_tabs);
    m_splitter = new QSplitter(this);
    stackUp({m_error, m_confirmation, m_undo->notice()}, m_splitter, m_stack, lower);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({300, 360});
}

QString ContainersPane::title() const {
    return tr("Containers");
}

QString ContainersPane::summary() const {
    if (m_model->count() == 0)
        return {};
    return tr("%n container(s)", nullptr, m_model->count()) + QStringLiteral(" · ") +
           tr("%n running", nullptr, m_model->runningCount());
}

QString ContainersPane::filterHint() const {
    return tr("Filter: state:running image:nginx label:x");
}

void ContainersPane::setFilter(const QString& text) {
    m_filter = text.trimmed();
    m_table->setFilter(text);
    showWhatThereIs();
    if (!m_table->currentIndex().isValid())
        m_table->selectId(m_last);
    if (!m_table->currentIndex().isValid())
        m_table->selectFirst();
    takeCurrent();
    takeSelection();
}

void ContainersPane::focusContent() {
    m_table->setFocus(Qt::OtherFocusReason);
}

void ContainersPane::select(const QString& id) {
    m_wanted = id;
    m_table->selectId(id);
}

void ContainersPane::takeError(const Error& error) {
    m_error->show(error, tr("Read the list of containers"), tr("Try again"), [this] { m_feed->refresh(); });
}

void ContainersPane::takeList() {
    if (!m_listed)
        m_changes->lookForLeftovers();
    m_listed = true;
    showWhatThereIs();
    if (!m_wanted.isEmpty() && m_model->find(m_wanted) != nullptr) {
        m_table->selectId(m_wanted);
        m_wanted.clear();
    } else if (!m_table->currentIndex().isValid()) {
        m_table->selectFirst();
    }
    takeCurrent();
    takeSelection();
    m_undo->refresh();
    Q_EMIT summaryChanged();
}

// The list, or why there is none and what to do about it.
void ContainersPane::showWhatThereIs() {
    const bool none = m_model->rowCount() == 0;
    const bool hidden = m_table->proxy().rowCount() == 0; // all of them, or there are none
    m_splitter->widget(1)->setVisible(m_listed && !hidden);
    if (!m_listed)
        return;
    if (none)
        m_stack->empty().set(
            QStringLiteral("containers"), tr("No containers yet"),
            tr("Choose an image and press Run: a container starts from it and shows up here."),
            tr("Show the images"));
    else if (hidden)
        m_stack->empty().set(QStringLiteral("filter"), tr("No container matches “%1”").arg(m_filter),
                             tr("Words are looked for in names, images and states. Keys narrow it down: "
                                "name: image: stack: state: "
                                "health: label: port: and a minus before a term takes the opposite."));
    if (hidden)
        m_stack->showEmpty();
    else
        m_stack->showTable();
}

void ContainersPane::takeCurrent() {
    const dbus::Container* container = m_model->find(m_table->currentId());
    m_note->setContainer(container);
    m_tabs->setContainer(container);
    if (container != nullptr)
        m_last = container->id;
}

void ContainersPane::takeSelection() {
    m_actions->setSelection(m_table->selectedIds());
    m_compose->setEnabled(!m_table->selectedIds().isEmpty());
    m_learn->setEnabled(m_table->selectedIds().size() == 1);
}

// Once a second, and only while someone looks.
void ContainersPane::pollStats() {
    const QStringList ids = m_model->runningIds();
    if (ids.isEmpty() || m_polling || m_client.state() != EngineClient::State::Ready ||
        window()->isMinimized())
        return;
    m_polling = true;
    m_client.stats(ids, this, [this](const Result<dbus::StatsList>& stats) {
        m_polling = false;
        if (!stats)
            return; // shown by the list's own error, or over with the next second
        m_model->setStats(*stats);
    });
}

bool ContainersPane::mayClose() {
    const QString name = m_changes->replacing();
    m_closeLater = false;
    if (name.isEmpty())
        return true;
    m_error->show(Error{ErrorCode::InUse,
                        tr("“%1” is being replaced, which would be left half done").arg(name).toStdString(),
                        tr("Wait until it is done, or cancel it.").toStdString(),
                        {}},
                  tr("Close the window"), tr("Close when it is done"), [this] { m_closeLater = true; });
    return false;
}

// An error is to be read first.
void ContainersPane::closeIfWanted() {
    if (!m_changes->replacing().isEmpty())
        return;
    if (std::exchange(m_closeLater, false) && m_error->isHidden())
        Q_EMIT closeRequested();
}

void ContainersPane::openPort(const QUrl& url) {
    if (!QDesktopServices::openUrl(url))
        m_error->show(Error{ErrorCode::NotFound,
                            tr("no program for web pages was found").toStdString(),
                            tr("Install a browser, or make one the default.").toStdString(),
                            {}},
                      tr("Open %1").arg(url.toString()));
}

void ContainersPane::showEvent(QShowEvent* event) {
    Pane::showEvent(event);
    m_model->refreshTimes();
    m_statsTimer.start();
    m_timesTimer.start();
    pollStats();
}

void ContainersPane::hideEvent(QHideEvent* event) {
    m_statsTimer.stop();
    m_timesTimer.stop();
    Pane::hideEvent(event);
}

} // namespace escale::gui
