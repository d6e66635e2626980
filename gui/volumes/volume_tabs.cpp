#include "gui/volumes/volume_tabs.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/volume_trace.h"
#include "gui/volumes/volume_text.h"
#include "gui/volumes/volume_users_model.h"

#include <QAction>
#include <QLocale>
#include <QScrollArea>
#include <QTabBar>

namespace escale::gui {

VolumeTabs::VolumeTabs(EngineClient& client, QWidget* parent)
    : QTabWidget(parent)
    , m_files(new FilesTab(client, this))
    , m_model(new VolumeUsersModel(this))
    , m_users(new TableStack(this))
    , m_facts(new Facts(this)) {
    setObjectName(QStringLiteral("volumesPane.tabs"));
    m_files->setObjectName(QStringLiteral("volumesPane.files"));
    setDocumentMode(true);
    tabBar()->setDrawBase(false);
    buildUsers();
    addTab(m_files, tr("Files"));
    addTab(m_users, tr("Used by"));
    addTab(m_facts->inScrollArea(this), tr("Details"));
    setVolume(nullptr);
}

void VolumeTabs::buildUsers() {
    Table& table = m_users->table();
    table.setObjectName(QStringLiteral("volumesPane.users"));
    table.setAccessibleName(tr("Containers that have the volume"));
    table.setSource(m_model, VolumeUsersModel::Name);
    const std::pair<int, int> widths[] = {
        {VolumeUsersModel::Name, 220}, {VolumeUsersModel::State, 120}, {VolumeUsersModel::Access, 160}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    table.giveRoomTo(VolumeUsersModel::Target);
    const auto open = [this] {
        if (const QString id = m_users->table().currentId(); !id.isEmpty())
            Q_EMIT containerRequested(id);
    };
    auto* go = new QAction(icon(QStringLiteral("containers")), tr("&Go to the container"), &table);
    connect(go, &QAction::triggered, this, open);
    table.addAction(go);
    connect(&table, &Table::activated, this, open);
    connect(&m_users->empty(), &EmptyState::actionRequested, this, &VolumeTabs::runRequested);
}

void VolumeTabs::showUsers() {
    setCurrentWidget(m_users);
    m_users->table().setFocus(Qt::OtherFocusReason);
}

void VolumeTabs::readFiles() {
    if (m_files->isVisible())
        m_files->openFolder(m_files->folder());
}

void VolumeTabs::setVolume(const dbus::Volume* volume) {
    m_files->setVolume(volume, volume != nullptr ? unreadableText(*volume) : QString());
    m_model->setUsers(volume != nullptr ? volume->users : QList<dbus::VolumeUser>());
    const QString symbol = QStringLiteral("containers");
    if (volume == nullptr)
        m_users->empty().set(symbol, tr("No volume selected"), tr("Select one above."));
    else if (isUnused(*volume))
        m_users->empty().set(symbol, tr("No container has it"),
                             tr("Nothing happens to its files until one does, or until you remove it."),
                             tr("Run a container with it…"));
    if (volume == nullptr || isUnused(*volume))
        m_users->showEmpty();
    else
        m_users->showTable();
    setTabText(1, volume == nullptr || isUnused(*volume)
                      ? tr("Used by")
                      : tr("Used by (%1)").arg(QLocale().toString(volume->users.size())));
    if (volume != nullptr)
        showFacts(*volume);
    else
        m_facts->set({});
}

static QString pairs(const dbus::TextMap& map) {
    QStringList lines;
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        lines.append(entry.key() + u'=' + entry.value());
    return lines.join(u'\n');
}

void VolumeTabs::showFacts(const dbus::Volume& volume) {
    QList<Fact> facts{{tr("Name"), volume.name, volume.isAnonymous}};
    if (volume.isAnonymous)
        facts.append({tr("Anonymous"), madeForText(volume)});
    facts.append({tr("Kind"), volumeKindText(volume)});
    facts.append({tr("Where"), volumeKindSentence(volume)});
    facts.append(
        {tr("Content"), volume.measured == 0
                            ? contentText(volume)
                            : tr("%1, counted %2").arg(contentText(volume), formatAgo(volume.measured))});
    facts.append({tr("Created"), formatTime(volume.created)});
    facts.append({tr("Last use"), isInUse(volume) || volume.lastUsed == 0 ? lastUseText(volume)
                                                                          : formatTime(volume.lastUsed)});
    facts.append({tr("State"), volumeStateText(volume)});
    if (!volume.problem.isEmpty())
        facts.append({tr("Problem"), volume.problem});
    if (!volume.options.isEmpty())
        facts.append({tr("Options"), pairs(volume.options), true});
    if (!volume.labels.isEmpty())
        facts.append({tr("Labels"), pairs(volume.labels)});
    QVariantMap options;
    if (!volume.options.isEmpty())
        options.insert(QStringLiteral("driver-options"), QVariant::fromValue(volume.options));
    if (!volume.labels.isEmpty())
        options.insert(QStringLiteral("labels"), QVariant::fromValue(volume.labels));
    facts.append(
        {tr("Made by"), dockerVolumeLine(volume.isAnonymous ? QString() : volume.name, options), true});
    m_facts->set(facts);
}

} // namespace escale::gui
