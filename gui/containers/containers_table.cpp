#include "gui/containers/containers_table.h"

#include "gui/common/settings.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/containers_proxy.h"
#include "gui/containers/name_delegate.h"
#include "gui/containers/ports_delegate.h"
#include "gui/containers/sparkline_delegate.h"

#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>

namespace escale::gui {

static constexpr float kLeastCpu = 10;         // percent
static constexpr float kLeastMemory = 1 << 20; // bytes
static constexpr int kSaveDelay = 500;         // milliseconds; a drag changes widths many times
static const QString kColumnsKey = QStringLiteral("containers");

ContainersTable::ContainersTable(ContainersModel* model, QWidget* parent)
    : Table(new ContainersProxy, parent)
    , m_model(*model)
    , m_containersProxy(static_cast<ContainersProxy*>(&proxy())) {
    setItemsExpandable(true);
    setIndentation(18);
    setTreePosition(ContainersModel::Name);
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true); // the hand over ports
    setItemDelegateForColumn(ContainersModel::Name, new NameDelegate(this));
    setItemDelegateForColumn(ContainersModel::Ports, new PortsDelegate(this));
    setItemDelegateForColumn(ContainersModel::Cpu,
                             new SparklineDelegate(kLeastCpu, QStringLiteral("000.0 %"), this));
    setItemDelegateForColumn(ContainersModel::Memory,
                             new SparklineDelegate(kLeastMemory, QStringLiteral("000.0 MiB"), this));
    connect(&proxy(), &QAbstractItemModel::rowsInserted, this, &ContainersTable::expandNew);
    connect(this, &QTreeView::collapsed, this,
            [this](const QModelIndex& index) { m_shut.insert(index.data(kIdRole).toString()); });
    connect(this, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_shut.remove(index.data(kIdRole).toString()); });
    // Without stacks there is nothing to open, and no room is kept for it.
    const auto decorate = [this] { setRootIsDecorated(m_model.hasStacks()); };
    connect(model, &QAbstractItemModel::rowsInserted, this, decorate);
    connect(model, &QAbstractItemModel::rowsRemoved, this, decorate);
    setSource(model, ContainersModel::Name);
    decorate();
    expandNew({}, 0, proxy().rowCount() - 1);
    buildHeader();
}

ContainersTable::~ContainersTable() {
    if (m_saveColumns.isActive())
        saveColumns();
}

void ContainersTable::buildHeader() {
    const std::pair<int, int> widths[] = {{ContainersModel::Name, 190},   {ContainersModel::Image, 150},
                                          {ContainersModel::State, 190},  {ContainersModel::Ports, 112},
                                          {ContainersModel::UpTime, 85},  {ContainersModel::Cpu, 120},
                                          {ContainersModel::Memory, 140}, {ContainersModel::Address, 110}};
    header()->setStretchLastSection(false); // while one is hidden: else its width goes on counting
    for (const auto& [column, width] : widths)
        setColumnWidth(column, width);
    header()->setSectionHidden(ContainersModel::Address, true);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(true);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setToolTip(tr("Drag to reorder; right-click to choose the columns"));
    header()->restoreState(Settings::columns(kColumnsKey));
    connect(header(), &QWidget::customContextMenuRequested, this, &ContainersTable::showColumnMenu);
    m_saveColumns.setSingleShot(true);
    m_saveColumns.setInterval(kSaveDelay);
    connect(&m_saveColumns, &QTimer::timeout, this, &ContainersTable::saveColumns);
    const auto later = [this] { m_saveColumns.start(); };
    connect(header(), &QHeaderView::sectionMoved, this, later);
    connect(header(), &QHeaderView::sectionResized, this, later);
    connect(header(), &QHeaderView::sortIndicatorChanged, this, later);
}

void ContainersTable::saveColumns() {
    Settings::setColumns(kColumnsKey, header()->saveState());
}

// The name stays: a row without it says nothing.
void ContainersTable::showColumnMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = ContainersModel::Name + 1; column < ContainersModel::ColumnCount; ++column) {
        QAction* action =
            menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { setColumnHidden(column, !shown); });
    }
    menu->popup(header()->mapToGlobal(position));
}

void ContainersTable::setFilter(const QString& text) {
    m_containersProxy->setFilter(ContainerFilter(text));
}

void ContainersTable::selectId(const QString& id) {
    const QModelIndex index = m_containersProxy->mapFromSource(m_model.indexOf(id));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index); // opens its stack
}

void ContainersTable::selectFirst() {
    QModelIndex index = proxy().index(0, 0);
    if (index.data(kStackRole).toBool() && isExpanded(index))
        index = proxy().index(0, 0, index);
    if (index.isValid())
        setCurrentIndex(index);
}

// Stacks are open until somebody shuts one, also after a filter has hidden them.
void ContainersTable::expandNew(const QModelIndex& parent, int first, int last) {
    if (parent.isValid())
        return;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = proxy().index(row, 0);
        if (index.data(kStackRole).toBool() && !m_shut.contains(index.data(kIdRole).toString()))
            expand(index);
    }
}

// By ranges, not by rows: all of 10,000 can be selected.
QStringList ContainersTable::selectedIds() const {
    QStringList ids;
    QSet<QString> known;
    const auto add = [&](const QModelIndex& index) {
        const QString& id = m_model.node(m_containersProxy->mapToSource(index)).container.id;
        if (!id.isEmpty() && !known.contains(id)) {
            known.insert(id);
            ids.append(id);
        }
    };
    if (selectionModel() == nullptr)
        return ids;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const QModelIndex index = m_containersProxy->index(row, 0, range.parent());
            add(index);
            for (int child = 0; child < m_containersProxy->rowCount(index); ++child)
                add(m_containersProxy->index(child, 0, index));
        }
    }
    return ids;
}

void ContainersTable::editName() {
    const QModelIndex index = currentIndex().siblingAtColumn(ContainersModel::Name);
    if (index.isValid() && index.flags().testFlag(Qt::ItemIsEditable))
        edit(index);
}

void ContainersTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    Table::selectionChanged(selected, deselected);
    Q_EMIT selectedIdsChanged();
}

QUrl ContainersTable::portAt(const QPoint& position) const {
    const QModelIndex index = indexAt(position);
    if (!index.isValid() || index.column() != ContainersModel::Ports)
        return {};
    const auto ports = index.data(kPortsRole).value<QList<PublishedPort>>();
    QStringList labels;
    for (const PublishedPort& port : ports)
        labels.append(port.label());
    const int at = PortsDelegate::portAt(position, visualRect(index), font(), labels);
    return at < 0 ? QUrl() : ports[at].url();
}

void ContainersTable::mouseReleaseEvent(QMouseEvent* event) {
    Table::mouseReleaseEvent(event);
    const QUrl url = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier
                         ? portAt(event->pos())
                         : QUrl();
    if (url.isValid())
        Q_EMIT portClicked(url);
}

void ContainersTable::mouseMoveEvent(QMouseEvent* event) {
    Table::mouseMoveEvent(event);
    if (portAt(event->pos()).isValid())
        viewport()->setCursor(Qt::PointingHandCursor);
    else
        viewport()->unsetCursor();
}

} // namespace escale::gui
