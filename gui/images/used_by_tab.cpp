#include "gui/images/used_by_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/containers/state_text.h"
#include "gui/images/images_model.h"

#include <QVBoxLayout>

namespace escale::gui {

void UsersModel::setContainers(dbus::ContainerList containers) {
    beginResetModel();
    m_rows = std::move(containers);
    endResetModel();
}

int UsersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int UsersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UsersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Container");
    case State:
        return tr("State");
    case Image:
        return tr("Made of");
    case Created:
        return tr("Created");
    default:
        return {};
    }
}

QVariant UsersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::Container& container = m_rows[index.row()];
    const int column = index.column();
    if (role == kIdRole)
        return container.id;
    if (role == kSortRole && column == Created)
        return container.created;
    if (role == kToneRole && column == State)
        return static_cast<int>(stateTone(container));
    if (role == Qt::ToolTipRole && column == Created)
        return formatTime(container.created);
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    switch (column) {
    case Name:
        return container.name;
    case State:
        return stateText(container);
    case Image:
        return familiarName(container.image);
    case Created:
        return formatAgo(container.created);
    default:
        return {};
    }
}

UsedByTab::UsedByTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new UsersModel(this))
    , m_stack(new TableStack(this))
    , m_error(new ErrorBanner(this))
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ContainerList> a) {
              m_client.listContainers(guard, std::move(a));
          },
          [this](const Result<dbus::ContainerList>& list) {
              if (!list)
                  return m_error->show(list.error(), tr("Read the list of containers"), tr("Try again"),
                                       [this] { refresh(); });
              m_error->dismiss();
              take(*list);
          }) {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("usedBy.table"));
    table.setAccessibleName(tr("Containers of the image"));
    table.setSource(m_model, UsersModel::Name);
    const std::pair<int, int> widths[] = {
        {UsersModel::Name, 240}, {UsersModel::State, 200}, {UsersModel::Image, 300}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    connect(&table, &QAbstractItemView::activated, this, [this] {
        if (const QString id = m_stack->table().currentId(); !id.isEmpty())
            Q_EMIT containerRequested(id);
    });
    connect(&m_client, &EngineClient::containersChanged, this, &UsedByTab::refresh);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_error);
    column->addWidget(m_stack, 1);
    showState();
}

void UsedByTab::setImage(const dbus::Image* image) {
    m_digest = image != nullptr ? image->digest : QString();
    showUsers();
    refresh();
}

// Containers come and go while another tab is looked at: they are read when this one is.
void UsedByTab::refresh() {
    if (isVisible() && !m_digest.isEmpty() && m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

void UsedByTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void UsedByTab::take(const dbus::ContainerList& containers) {
    m_known = true;
    m_containers = containers;
    showUsers();
}

void UsedByTab::showUsers() {
    dbus::ContainerList users;
    for (const dbus::Container& container : m_containers) {
        if (container.imageDigest == m_digest)
            users.append(container);
    }
    const QString current = m_stack->table().currentId();
    m_model->setContainers(users);
    m_stack->table().selectId(current);
    if (!m_stack->table().currentIndex().isValid() && !users.isEmpty())
        m_stack->table().setCurrentIndex(m_stack->table().proxy().index(0, 0));
    showState();
}

void UsedByTab::showState() {
    if (m_model->rowCount() > 0)
        return m_stack->showTable();
    EmptyState& empty = m_stack->empty();
    const QString symbol = QStringLiteral("containers");
    if (m_digest.isEmpty())
        empty.set(symbol, tr("No image selected"), tr("Select one above."));
    else if (!m_known)
        empty.set(symbol, tr("Reading the containers…"), {});
    else
        empty.set(symbol, tr("No container uses this image"),
                  tr("It can be removed without a container missing it."));
    m_stack->showEmpty();
}

} // namespace escale::gui
