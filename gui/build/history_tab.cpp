#include "gui/build/history_tab.h"

#include "gui/build/build_events_reader.h"
#include "gui/build/build_graph_view.h"
#include "gui/build/builds_model.h"
#include "gui/build/compare_dialog.h"
#include "gui/build/step_panel.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <fcntl.h>

namespace escale::gui {

HistoryTab::HistoryTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new BuildsModel(this))
    , m_builds(
          this,
          [this](QObject* guard, Answer<dbus::BuildList> a) { m_client.listBuilds(guard, std::move(a)); },
          [this](const Result<dbus::BuildList>& list) { takeBuilds(list); })
    , m_stack(new TableStack(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_graph(new BuildGraphView(this))
    , m_panel(new StepPanel(client, QStringLiteral("buildHistory"), this))
    , m_reader(new BuildEventsReader(this)) {
    setObjectName(QStringLiteral("buildHistory"));
    buildActions();
    buildTable();
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(8, 8, 8, 4);
    tools->setSpacing(8);
    const std::pair<QAction*, const char*> buttons[] = {{m_again, "again"},
                                                        {m_compare, "compare"},
                                                        {m_failed, "failed"},
                                                        {m_image, "image"},
                                                        {m_remove, "remove"}};
    for (const auto& [action, name] : buttons)
        tools->addWidget(actionButton(action, QStringLiteral("buildHistory.") + QLatin1String(name), this));
    tools->addStretch();
    auto* upper = card(this);
    auto* inner = new QVBoxLayout(upper);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->setSpacing(0);
    inner->addLayout(tools);
    inner->addWidget(m_stack, 1);
    m_splitter->setHandleWidth(12);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(buildDetails());
    m_splitter->setSizes({260, 340});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_error);
    column->addWidget(m_confirmation);
    column->addWidget(m_splitter, 1);
    connect(m_reader, &BuildEventsReader::events, this, &HistoryTab::takeEvents);
    connect(m_reader, &BuildEventsReader::caughtUp, this, &HistoryTab::showBuild);
    connect(m_reader, &BuildEventsReader::failed, this,
            [this](const Error& error) { m_error->show(error, tr("Read the build")); });
    connect(&m_client, &EngineClient::buildsChanged, this, [this] { m_builds.refresh(); });
    connect(&m_second, &QTimer::timeout, m_model, &BuildsModel::updateTimes);
    m_second.start(1000);
    if (m_client.state() == EngineClient::State::Ready)
        m_builds.refresh();
    takeBuilds(dbus::BuildList());
    updateActions();
}

QAction* HistoryTab::add(const char* name, const char* iconName, const QString& text, const QKeySequence& key,
                         void (HistoryTab::*run)()) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("buildHistory.action.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_stack->table().addAction(action);
    return action;
}

void HistoryTab::buildActions() {
    m_again = add("again", "restart", tr("&Build again with the same settings"),
                  QKeySequence(Qt::CTRL | Qt::Key_R), &HistoryTab::again);
    m_again->setIconText(tr("Build again"));
    m_compare = add("compare", "changes", tr("&Compare two builds"), QKeySequence(Qt::CTRL | Qt::Key_D),
                    &HistoryTab::compare);
    m_compare->setIconText(tr("Compare"));
    m_failed = add("failed", "terminal", tr("Open a &terminal in the failed step"),
                   QKeySequence(Qt::CTRL | Qt::Key_T), &HistoryTab::openFailed);
    m_failed->setIconText(tr("Failed step"));
    m_image = add("image", "images", tr("&Show the image"), QKeySequence(Qt::CTRL | Qt::Key_I),
                  &HistoryTab::showImage);
    m_image->setIconText(tr("Image"));
    m_remove = add("remove", "trash", tr("&Remove from the history…"), QKeySequence(Qt::Key_Delete),
                   &HistoryTab::askRemove);
    m_remove->setIconText(tr("Remove"));
}

void HistoryTab::buildTable() {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("buildHistory.table"));
    table.setAccessibleName(tr("Builds"));
    table.setSource(m_model, BuildsModel::Started, Qt::DescendingOrder);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setContextMenuPolicy(Qt::ActionsContextMenu);
    const std::pair<int, int> widths[] = {{BuildsModel::State, 110},   {BuildsModel::Name, 190},
                                          {BuildsModel::Started, 130}, {BuildsModel::Duration, 110},
                                          {BuildsModel::Cached, 145},  {BuildsModel::Size, 95}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    table.giveRoomTo(BuildsModel::Tags);
    connect(&table, &Table::currentIdChanged, this, &HistoryTab::takeCurrent);
    connect(table.selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryTab::updateActions);
    connect(&table, &QAbstractItemView::activated, this, &HistoryTab::again);
}

QWidget* HistoryTab::buildDetails() {
    auto* details = card(this);
    auto* row = new QSplitter(Qt::Horizontal, details);
    row->setHandleWidth(1);
    row->setProperty("divided", true);
    row->setChildrenCollapsible(false);
    m_graph->setObjectName(QStringLiteral("buildHistory.graph"));
    row->addWidget(m_graph);
    row->addWidget(m_panel);
    row->setSizes({490, 510});
    auto* inner = new QVBoxLayout(details);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(row);
    connect(m_graph, &BuildGraphView::currentChanged, this,
            [this](const QString& step) { m_panel->show(m_shown, step); });
    connect(m_panel, &StepPanel::stepRequested, m_graph, &BuildGraphView::setCurrent);
    return details;
}

void HistoryTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_builds.refresh();
}

void HistoryTab::setFilter(const QString& text) {
    m_stack->table().setFilter(text);
    m_graph->setFilter({});
}

void HistoryTab::focusContent() {
    m_stack->table().setFocus(Qt::OtherFocusReason);
}

void HistoryTab::selectBuild(const QString& id) {
    m_stack->table().selectId(id);
}

void HistoryTab::takeBuilds(const Result<dbus::BuildList>& list) {
    if (!list) {
        m_isUnread = true;
        return m_error->show(list.error(), tr("Read the list of builds"), tr("Try again"),
                             [this] { m_builds.refresh(); });
    }
    if (std::exchange(m_isUnread, false))
        m_error->dismiss();
    m_model->setBuilds(*list);
    Table& table = m_stack->table();
    m_stack->empty().set(
        QStringLiteral("clock"), tr("No builds yet"),
        tr("Every build is kept here with its log and its settings, the last hundred of them."));
    if (m_model->rowCount() > 0) {
        m_stack->showTable();
        if (!table.currentIndex().isValid())
            table.setCurrentIndex(table.proxy().index(0, 0));
    } else {
        m_stack->showEmpty();
    }
    m_splitter->widget(1)->setVisible(m_model->rowCount() > 0);
    takeCurrent();
    updateActions();
}

void HistoryTab::takeCurrent() {
    const QString id = m_stack->table().currentId();
    if (id == m_id)
        return;
    m_id = id;
    m_shown = {};
    m_reader->close();
    m_panel->reset();
    m_graph->setStages({});
    updateActions();
    if (id.isEmpty())
        return;
    m_client.openBuildEvents(id, this, [this, id](const Result<QDBusUnixFileDescriptor>& file) {
        if (id != m_id)
            return;
        if (!file)
            return m_error->show(file.error(), tr("Read the build"));
        m_reader->open(UniqueFd(::fcntl(file->fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
    });
}

void HistoryTab::takeEvents(const QList<BuildEvent>& events) {
    for (const BuildEvent& event : events)
        m_shown.apply(event);
    if (m_shown.isRunning())
        showBuild();
}

void HistoryTab::showBuild() {
    m_graph->setStages(m_shown.stages());
    m_panel->show(m_shown, m_graph->current());
    if (const QString step = StepPanel::interestingStep(m_shown); !step.isEmpty())
        m_graph->follow(step);
}

QStringList HistoryTab::selected() const {
    QStringList ids;
    for (const QModelIndex& index : m_stack->table().selectionModel()->selectedRows())
        ids.append(index.data(kIdRole).toString());
    return ids;
}

void HistoryTab::updateActions() {
    const QStringList ids = selected();
    const dbus::Build* build = ids.size() == 1 ? m_model->find(ids.first()) : nullptr;
    m_again->setEnabled(build != nullptr);
    m_compare->setEnabled(ids.size() == 2);
    m_compare->setToolTip(ids.size() == 2 ? m_compare->text().remove(u'&')
                                          : tr("Choose two builds in the list, with Ctrl held"));
    m_failed->setEnabled(build != nullptr && build->keepsFailedStep);
    m_image->setEnabled(build != nullptr && !build->image.isEmpty());
    bool anyRuns = ids.isEmpty();
    for (const QString& id : ids) {
        const dbus::Build* one = m_model->find(id);
        anyRuns = anyRuns || one == nullptr || one->state == u"running";
    }
    m_remove->setEnabled(!anyRuns);
}

void HistoryTab::again() {
    const QStringList ids = selected();
    if (ids.size() != 1)
        return;
    m_client.inspectBuild(ids.first(), this, [this](const Result<QVariantMap>& options) {
        if (!options)
            return m_error->show(options.error(), tr("Read the build's settings"));
        Q_EMIT againRequested(settingsOf(*options));
    });
}

void HistoryTab::compare() {
    const QStringList ids = selected();
    const dbus::Build* one = m_model->find(ids.value(0));
    const dbus::Build* other = m_model->find(ids.value(1));
    if (ids.size() != 2 || one == nullptr || other == nullptr)
        return;
    auto* dialog = new CompareDialog(m_client, *one, *other, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HistoryTab::openFailed() {
    if (const QStringList ids = selected(); ids.size() == 1)
        Q_EMIT failedStepRequested(ids.first());
}

void HistoryTab::showImage() {
    const dbus::Build* build = m_model->find(selected().value(0));
    if (build != nullptr)
        Q_EMIT imageRequested(builtImageId(build->tags.value(0), build->image));
}

void HistoryTab::askRemove() {
    const QStringList ids = selected();
    if (ids.isEmpty())
        return;
    m_confirmation->ask(
        tr("Remove %n build(s) from the history, with log and settings? Images and cache stay.", nullptr,
           static_cast<int>(ids.size())),
        tr("Remove"), [this, ids] {
            m_client.removeBuilds(ids, this, [this](const Result<>& removed) {
                if (!removed)
                    return m_error->show(removed.error(), tr("Remove builds"));
                m_error->dismiss();
                m_builds.refresh();
            });
        });
}

} // namespace escale::gui
