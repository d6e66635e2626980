#include "gui/images/layer_tree_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/containers/files_model.h"

#include <sys/stat.h>

namespace escale::gui {

struct LayerTreeModel::Item {
    LayerStack::NodeId node = LayerStack::kRoot;
    Item* parent = nullptr;
    int row = 0;
    bool isFilled = false; // its rows have been made
    std::vector<std::unique_ptr<Item>> children;
};

static QString toText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

LayerTreeModel::LayerTreeModel(QObject* parent)
    : QAbstractItemModel(parent) {
    renew();
}

LayerTreeModel::~LayerTreeModel() = default;

QString LayerTreeModel::changeText(LayerChange change) {
    switch (change) {
    case LayerChange::Added:
        return tr("Added");
    case LayerChange::Changed:
        return tr("Changed");
    case LayerChange::Removed:
        return tr("Removed");
    case LayerChange::Unchanged:
        break;
    }
    return tr("Unchanged");
}

static Tone toneOf(LayerChange change) {
    switch (change) {
    case LayerChange::Added:
        return Tone::Good;
    case LayerChange::Changed:
        return Tone::Busy;
    case LayerChange::Removed:
        return Tone::Bad;
    case LayerChange::Unchanged:
        break;
    }
    return Tone::Idle;
}

void LayerTreeModel::setContents(ImageContentsPointer contents) {
    beginResetModel();
    m_selection.reset(); // it looks into what goes now
    m_contents = std::move(contents);
    m_query.layer = 0;
    renew();
    endResetModel();
}

void LayerTreeModel::setQuery(const LayerQuery& query) {
    beginResetModel();
    m_query = query;
    renew();
    endResetModel();
}

void LayerTreeModel::renew() {
    m_root = std::make_unique<Item>();
    m_selection.reset();
    if (!m_contents || m_query.layer >= m_contents->stack.layerCount()) {
        m_root->isFilled = true;
        return;
    }
    m_selection.emplace(m_contents->stack, m_query);
    fill(*m_root);
}

void LayerTreeModel::fill(Item& item) const {
    item.isFilled = true;
    for (const LayerStack::NodeId child : m_selection->children(item.node)) {
        auto made = std::make_unique<Item>();
        made->node = child;
        made->parent = &item;
        made->row = static_cast<int>(item.children.size());
        made->isFilled = !m_selection->hasChildren(child);
        item.children.push_back(std::move(made));
    }
}

std::uint64_t LayerTreeModel::totalSize() const {
    return m_selection ? m_selection->size(LayerStack::kRoot) : 0;
}

LayerTreeModel::Item* LayerTreeModel::itemAt(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Item*>(index.internalPointer()) : m_root.get();
}

LayerStack::NodeId LayerTreeModel::nodeAt(const QModelIndex& index) const {
    return itemAt(index)->node;
}

QModelIndex LayerTreeModel::indexOf(LayerStack::NodeId node) {
    if (!m_selection || node == LayerStack::kRoot || !m_selection->isShown(node))
        return {};
    const QModelIndex folder = indexOf(m_contents->stack.node(node).parent);
    if (canFetchMore(folder))
        fetchMore(folder);
    const auto& rows = itemAt(folder)->children;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [node](const auto& each) { return each->node == node; });
    return found == rows.end() ? QModelIndex() : index((*found)->row, 0, folder);
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex LayerTreeModel::parent(const QModelIndex& index) const {
    Item* folder = index.isValid() ? itemAt(index)->parent : nullptr;
    return folder == nullptr || folder == m_root.get() ? QModelIndex() : createIndex(folder->row, 0, folder);
}

int LayerTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(itemAt(parent)->children.size());
}

int LayerTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool LayerTreeModel::hasChildren(const QModelIndex& parent) const {
    return parent.column() <= 0 && (!itemAt(parent)->isFilled || !itemAt(parent)->children.empty());
}

bool LayerTreeModel::canFetchMore(const QModelIndex& parent) const {
    return parent.column() <= 0 && !itemAt(parent)->isFilled;
}

void LayerTreeModel::fetchMore(const QModelIndex& parent) {
    Item& item = *itemAt(parent);
    if (item.isFilled)
        return;
    const auto count = static_cast<int>(m_selection->children(item.node).size());
    beginInsertRows(parent, 0, count - 1);
    fill(item);
    endInsertRows();
}

QString LayerTreeModel::text(const Item& item, int column) const {
    const LayerEntry* entry = m_selection->entry(item.node);
    switch (column) {
    case Name: {
        const QString name = toText(m_contents->stack.name(item.node));
        return S_ISLNK(entry->mode) ? name + QStringLiteral(" → ") + toText(entry->target) : name;
    }
    case Change:
        return changeText(m_selection->change(item.node));
    case Size:
        return S_ISREG(entry->mode) || S_ISDIR(entry->mode) ? formatBytes(m_selection->size(item.node))
                                                            : QString();
    case Mode:
        return modeText(entry->mode);
    case Owner:
        return QStringLiteral("%1:%2").arg(entry->owner).arg(entry->group);
    default:
        return {};
    }
}

QVariant LayerTreeModel::sortValue(const Item& item, int column) const {
    const LayerEntry* entry = m_selection->entry(item.node);
    switch (column) {
    case Name:
        return item.row; // the engine's order
    case Change:
        return static_cast<int>(m_selection->change(item.node));
    case Size:
        return QVariant::fromValue<quint64>(m_selection->size(item.node));
    case Mode:
        return entry->mode & 07777U;
    case Owner:
        return QVariant::fromValue<quint64>((quint64{entry->owner} << 32) | entry->group);
    default:
        return {};
    }
}

QVariant LayerTreeModel::foreground(const Item& item, int column) const {
    const LayerChange change = m_selection->change(item.node);
    if (change == LayerChange::Removed || (column != Name && column != Size) ||
        (column == Name && change == LayerChange::Unchanged && !m_selection->isFolder(item.node)))
        return QBrush(Colors::current().muted);
    return {};
}

QVariant LayerTreeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_selection)
        return {};
    const Item& item = *itemAt(index);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(item, column);
    case kSortRole:
        return sortValue(item, column);
    case kIdRole:
        return toText(m_contents->stack.path(item.node));
    case kToneRole:
        return column == Change ? QVariant(static_cast<int>(toneOf(m_selection->change(item.node))))
                                : QVariant();
    case kMonospaceRole:
        return column == Mode;
    case FilesModel::kFolderRole:
        return m_selection->isFolder(item.node);
    case FilesModel::kIconRole:
        return fileIconName(m_selection->entry(item.node)->mode);
    case Qt::ForegroundRole:
        return foreground(item, column);
    case Qt::FontRole: {
        // Not by colour alone: what is gone is struck out.
        QFont font;
        font.setStrikeOut(true);
        return column == Name && m_selection->change(item.node) == LayerChange::Removed ? QVariant(font)
                                                                                        : QVariant();
    }
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return column == Name ? QVariant(toText(m_contents->stack.path(item.node))) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Name ? QVariant(text(item, Name) + QStringLiteral(", ") + text(item, Change))
                              : QVariant();
    default:
        return {};
    }
}

QVariant LayerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Owner)
        return tr("User and group, as numbers in the container");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Change:
        return tr("Change");
    case Size:
        return tr("Size");
    case Mode:
        return tr("Mode");
    case Owner:
        return tr("Owner");
    default:
        return {};
    }
}

bool LayerTreeProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool leftFolder = left.data(FilesModel::kFolderRole).toBool();
    if (leftFolder != right.data(FilesModel::kFolderRole).toBool())
        return leftFolder == (sortOrder() == Qt::AscendingOrder);
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace escale::gui
