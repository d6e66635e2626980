#include "gui/containers/containers_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/containers/container_tabs.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/containers_table.h"
#include "gui/containers/state_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kStatsInterval = 1000;  // milliseconds
static constexpr int kTimesInterval = 10000; // "3 minutes ago" moves on

ContainersPane::ContainersPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new ContainersModel(this))
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ContainerList> a) {
              m_client.listContainers(guard, std::move(a));
          },
          [this](const Result<dbus::ContainerList>& list) { takeList(list); }) {
    setObjectName(QStringLiteral("containersPane"));
    buildActions();
    buildLayout();
    m_clock.start();
    m_statsTimer.setInterval(kStatsInterval);
    m_timesTimer.setInterval(kTimesInterval);
    connect(&m_statsTimer, &QTimer::timeout, this, &ContainersPane::pollStats);
    connect(&m_timesTimer, &QTimer::timeout, m_model, &ContainersModel::refreshTimes);
    connect(&m_client, &EngineClient::containersChanged, this, [this] { m_reader.refresh(); });
    connect(&m_stack->table(), &Table::currentIdChanged, this, &ContainersPane::takeCurrent);
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, &ContainersPane::imagesRequested);
    m_stack->empty().set(QStringLiteral("containers"), tr("Reading the containers…"), {});
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

ContainersPane::~ContainersPane() = default;

void ContainersPane::buildActions() {
    m_start =
        addPaneAction("run", tr("St&art"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { start(); });
    m_stop = addPaneAction("stop", tr("&Stop"), QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { stop(); });
    m_remove = addPaneAction("trash", tr("&Remove…"), QKeySequence(Qt::Key_Delete), [this] { remove(); });
    m_copyId = addPaneAction("copy", tr("&Copy id"), {}, [this] {
        if (const dbus::Container* container = current())
            QApplication::clipboard()->setText(container->id);
    });
}

void ContainersPane::buildLayout() {
    m_tools = toolRow({actionButton(m_start, QStringLiteral("containersPane.start"), this),
                       actionButton(m_stop, QStringLiteral("containersPane.stop"), this),
                       actionButton(m_remove, QStringLiteral("containersPane.remove"), this)},
                      this);
    m_error = new ErrorBanner(this);
    m_confirmation = new Confirmation(this);
    m_table = new ContainersTable(m_model);
    m_stack = new TableStack(m_table, this);
    Table& table = *m_table;
    table.setObjectName(QStringLiteral("containersPane.table"));
    table.setAccessibleName(tr("Containers"));
    table.addActions({m_start, m_stop, m_remove, m_copyId});

    m_tabs = new ContainerTabs(m_client, this);
    auto* lower = card(this);
    lower->setObjectName(QStringLiteral("containersPane.lower"));
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(1, 1, 1, 1);
    lowerColumn->addWidget(m_tabs);
    m_splitter = new QSplitter(this);
    stackUp({m_error, m_confirmation}, m_splitter, m_stack, lower);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({240, 380});
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
    return tr("Filter containers");
}
void ContainersPane::setFilter(const QString& text) {
    m_stack->table().setFilter(text);
}
void ContainersPane::focusContent() {
    m_stack->table().setFocus(Qt::OtherFocusReason);
}

void ContainersPane::select(const QString& id) {
    m_wanted = id;
    m_stack->table().selectId(id);
}

const dbus::Container* ContainersPane::current() const {
    return m_model->find(m_stack->table().currentId());
}

void ContainersPane::takeList(const Result<dbus::ContainerList>& list) {
    if (!list) {
        m_error->show(list.error(), tr("Read the list of containers"), tr("Try again"),
                      [this] { m_reader.refresh(); });
        return;
    }
    m_model->setContainers(*list);
    Table& table = m_stack->table();
    if (list->isEmpty()) {
        m_stack->empty().set(
            QStringLiteral("containers"), tr("No containers yet"),
            tr("Choose an image and press Run: a container starts from it and shows up here."),
            tr("Show the images"));
        m_stack->showEmpty();
    } else {
        m_stack->showTable();
        if (!m_wanted.isEmpty() && m_model->find(m_wanted) != nullptr) {
            table.selectId(m_wanted);
            m_wanted.clear();
        } else if (!table.currentIndex().isValid()) {
            m_table->selectFirst();
        }
    }
    m_splitter->widget(1)->setVisible(!list->isEmpty());
    takeCurrent();
    Q_EMIT summaryChanged();
}

void ContainersPane::takeCurrent() {
    m_tabs->setContainer(current());
    updateActions();
}

void ContainersPane::updateActions() {
    const dbus::Container* container = current();
    const bool free = container != nullptr && !m_busy.contains(container->id);
    m_start->setEnabled(free && !isRunning(*container));
    m_stop->setEnabled(free && isRunning(*container));
    m_remove->setEnabled(free);
    m_copyId->setEnabled(container != nullptr);
}

// Once a second, and only while someone looks: the columns and the charts are fed by one call.
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
        m_model->setStats(*stats, m_clock.nsecsElapsed());
        const QString id = m_stack->table().currentId();
        if (const auto sample = m_model->usage(id))
            m_tabs->addUsage(static_cast<double>(m_clock.elapsed()) / 1000.0, *sample);
    });
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

void ContainersPane::stop() {
    const dbus::Container* container = current();
    if (container == nullptr)
        return;
    const QString id = container->id;
    const QString what = tr("Stop %1").arg(container->name);
    m_busy.insert(id);
    updateActions();
    m_client.stop(id, this, [this, id, what](const Result<Job*>& job) { follow(id, what, job); });
}

void ContainersPane::start() {
    const dbus::Container* container = current();
    if (container == nullptr)
        return;
    const QString id = container->id;
    const QString what = tr("Start %1").arg(container->name);
    m_busy.insert(id);
    updateActions();
    m_client.start(id, this, [this, id, what](const Result<Job*>& job) { follow(id, what, job); });
}

void ContainersPane::remove() {
    const dbus::Container* container = current();
    if (container == nullptr)
        return;
    const QString id = container->id;
    const QString name = container->name;
    const bool force = isRunning(*container);
    const QString question =
        force ? tr("“%1” is running. Kill it and remove it with all files written in it?").arg(name)
              : tr("Remove “%1” with all files written in it?").arg(name);
    m_confirmation->ask(question, force ? tr("Kill and remove") : tr("Remove"), [this, id, name, force] {
        m_busy.insert(id);
        updateActions();
        m_client.removeContainer(id, force, this, [this, id, name](const Result<Job*>& job) {
            follow(id, tr("Remove %1").arg(name), job);
        });
    });
}

void ContainersPane::follow(const QString& id, const QString& what, const Result<Job*>& job) {
    const auto release = [this, id] {
        m_busy.remove(id);
        updateActions();
    };
    if (!job) {
        release();
        return m_error->show(job.error(), what);
    }
    Job* running = *job;
    const auto end = [this, running, what, release] {
        release();
        if (!running->isDone())
            m_error->show(running->isCancelled() ? Error{ErrorCode::Cancelled, {}, {}, {}} : running->error(),
                          what);
    };
    if (!running->isRunning())
        return end();
    connect(running, &Job::ended, this, end);
}

} // namespace escale::gui
