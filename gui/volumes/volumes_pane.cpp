#include "gui/volumes/volumes_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/job_panel.h"
#include "gui/common/table.h"
#include "gui/common/transfer_bar.h"
#include "gui/common/warning_note.h"
#include "gui/containers/action_notice.h"
#include "gui/volumes/volume_actions.h"
#include "gui/volumes/volume_tabs.h"
#include "gui/volumes/volume_text.h"
#include "gui/volumes/volumes_model.h"

#include <QAction>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

VolumesPane::VolumesPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new VolumesModel(this))
    , m_volumes(
          this,
          [this](QObject* guard, Answer<dbus::VolumeList> a) { m_client.listVolumes(guard, std::move(a)); },
          [this](const Result<dbus::VolumeList>& list) { takeVolumes(list); })
    , m_proxy(new VolumesProxy)
    , m_table(new Table(m_proxy, this))
    , m_stack(new TableStack(m_table, this))
    , m_splitter(new QSplitter(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_notice(new ActionNotice(this))
    , m_jobs(new JobPanel(QStringLiteral("volumesPane"), this))
    , m_transfer(new TransferBar(this)) {
    setObjectName(QStringLiteral("volumesPane"));
    buildActions();
    buildTable();
    buildLayout();
    connect(&m_client, &EngineClient::volumesChanged, this, [this] { m_volumes.refresh(); });
    // Which containers have it, and whether they run, stands in the list, too.
    connect(&m_client, &EngineClient::containersChanged, this, [this] { m_volumes.refresh(); });
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, [this] {
        const bool filtered = m_model->rowCount() > 0;
        m_actions->action(filtered ? VolumeActions::UnusedOnly : VolumeActions::Create)->trigger();
    });
    connect(&m_stack->empty(), &EmptyState::secondRequested, m_actions->action(VolumeActions::Restore),
            &QAction::trigger);
    showState();
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready)
        m_volumes.refresh();
}

VolumesPane::~VolumesPane() = default;

void VolumesPane::buildActions() {
    m_actions = new VolumeActions(
        {m_client, *m_model, *m_error, *m_confirmation, *m_notice, *m_jobs, *m_transfer, this});
    connect(m_actions, &VolumeActions::selectRequested, this, &VolumesPane::select);
    connect(m_actions, &VolumeActions::containerRequested, this, &VolumesPane::containerRequested);
    connect(m_actions, &VolumeActions::usersRequested, this, [this] { m_tabs->showUsers(); });
    connect(m_actions, &VolumeActions::unusedOnlyToggled, this, [this](bool only) {
        m_proxy->setUnusedOnly(only);
        showState();
    });
}

void VolumesPane::buildTable() {
    m_stack->empty().setObjectName(QStringLiteral("volumesPane.empty"));
    m_table->setObjectName(QStringLiteral("volumesPane.table"));
    m_table->setAccessibleName(tr("Volumes"));
    m_table->setSource(m_model, VolumesModel::Name);
    const std::pair<int, int> widths[] = {{VolumesModel::Kind, 190},
                                          {VolumesModel::Size, 100},
                                          {VolumesModel::UsedBy, 200},
                                          {VolumesModel::LastUsed, 130},
                                          {VolumesModel::State, 140}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->giveRoomTo(VolumesModel::Name);
    m_table->addActions(m_actions->all());
    connect(m_table, &Table::currentIdChanged, this, &VolumesPane::takeCurrent);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        const dbus::Volume* volume = m_model->find(index.data(kIdRole).toString());
        if (index.column() == VolumesModel::Size && volume != nullptr && volume->measured == 0)
            m_actions->count({volume->name});
    });
}

void VolumesPane::buildLayout() {
    // Few of them: in French they are long. Removal is in the menus, and on its key.
    QToolButton* unused = actionButton(m_actions->action(VolumeActions::UnusedOnly),
                                       QStringLiteral("volumesPane.unused"), this);
    unused->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_tools = toolRow(
        {unused,
         actionButton(m_actions->action(VolumeActions::Backup), QStringLiteral("volumesPane.backup"), this),
         actionButton(m_actions->action(VolumeActions::Restore), QStringLiteral("volumesPane.restore"), this),
         actionButton(m_actions->action(VolumeActions::Create), QStringLiteral("volumesPane.create"), this,
                      true)},
        this);
    auto* lower = card(this);
    m_tabs = new VolumeTabs(m_client, lower);
    m_warning = new WarningNote(QStringLiteral("volumesPane"), lower);
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_warning);
    column->addWidget(m_tabs, 1);
    connect(m_tabs, &VolumeTabs::containerRequested, this, &VolumesPane::containerRequested);
    connect(m_tabs, &VolumeTabs::runRequested, m_actions->action(VolumeActions::RunWith), &QAction::trigger);
    stackUp({m_error, m_confirmation, m_notice, m_jobs, m_transfer}, m_splitter, m_stack, lower);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({240, 380});
}

QString VolumesPane::title() const {
    return tr("Volumes");
}

QString VolumesPane::summary() const {
    if (m_model->rowCount() == 0)
        return {};
    return tr("%n volume(s)", nullptr, m_model->rowCount());
}

QString VolumesPane::filterHint() const {
    return tr("Filter volumes");
}

void VolumesPane::setFilter(const QString& text) {
    m_table->setFilter(text);
    showState();
}

void VolumesPane::focusContent() {
    m_table->setFocus(Qt::OtherFocusReason);
}

void VolumesPane::select(const QString& volume) {
    if (m_model->find(volume) != nullptr)
        m_table->selectId(volume);
    else
        m_awaited = volume;
    m_tabs->readFiles(); // it may hold others now
}

void VolumesPane::takeVolumes(const Result<dbus::VolumeList>& list) {
    if (!list) {
        m_error->show(list.error(), tr("Read the list of volumes"), tr("Try again"),
                      [this] { m_volumes.refresh(); });
        return;
    }
    m_listed = true;
    m_model->setVolumes(*list);
    if (!m_awaited.isEmpty() && m_model->find(m_awaited) != nullptr)
        m_table->selectId(std::exchange(m_awaited, {}));
    else if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_table->proxy().index(0, 0));
    showState();
    takeCurrent();
    Q_EMIT summaryChanged();
}

void VolumesPane::showState() {
    const QString symbol = QStringLiteral("volumes");
    EmptyState& empty = m_stack->empty();
    if (!m_listed)
        empty.set(symbol, tr("Reading the volumes…"), {});
    else if (m_model->rowCount() == 0)
        empty.set(symbol, tr("No volumes yet"),
                  tr("A volume keeps files when containers go: databases, uploads, what programs must not "
                     "forget. Make one here, or name one when you run a container."),
                  tr("New volume…"), tr("Restore a back-up…"));
    else if (m_actions->action(VolumeActions::UnusedOnly)->isChecked())
        empty.set(symbol, tr("Every volume has a container"), tr("Nothing lies about unused."),
                  tr("Show all"));
    else
        empty.set(symbol, tr("No volume matches the filter"), tr("Write less into it."));
    if (m_table->proxy().rowCount() > 0)
        m_stack->showTable();
    else
        m_stack->showEmpty();
    m_splitter->widget(1)->setVisible(m_model->rowCount() > 0);
}

void VolumesPane::takeCurrent() {
    const dbus::Volume* volume = m_model->find(m_table->currentId());
    m_tabs->setVolume(volume);
    m_actions->setCurrent(volume != nullptr ? volume->name : QString());
    const bool warns = volume != nullptr && !volume->problem.isEmpty();
    m_warning->tell(warns ? problemText(*volume) + QStringLiteral(". ") + problemHint(*volume) : QString());
}

} // namespace escale::gui
