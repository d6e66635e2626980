#include "gui/containers/containers_model.h"

#include "gui/common/theme.h"
#include "gui/containers/container_cells.h"
#include "gui/containers/state_text.h"

#include <QBrush>
#include <QFont>

#include <algorithm>

namespace escale::gui {

ContainersModel::ContainersModel(QObject* parent)
    : QAbstractItemModel(parent)
    // The C locale cannot count.
    , m_collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale()) {
    m_collator.setNumericMode(true); // web-2 before web-10
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

ContainersModel::~ContainersModel() = default;

ContainerNode* ContainersModel::mutableNode(const QModelIndex& index) const {
    return index.isValid() ? static_cast<ContainerNode*>(index.internalPointer())
                           : const_cast<ContainerNode*>(&m_root);
}

const ContainerNode& ContainersModel::node(const QModelIndex& index) const {
    return *mutableNode(index);
}

QModelIndex ContainersModel::indexOf(const ContainerNode& node, int column) const {
    return &node == &m_root ? QModelIndex() : createIndex(node.row, column, &node);
}

QModelIndex ContainersModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex ContainersModel::parent(const QModelIndex& index) const {
    return index.isValid() ? indexOf(*node(index).parent) : QModelIndex();
}

int ContainersModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(node(parent).children.size());
}

int ContainersModel::columnCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : ColumnCount;
}

Qt::ItemFlags ContainersModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && !node(index).isStack()) {
        flags |= Qt::ItemNeverHasChildren;
        if (index.column() == Name)
            flags |= Qt::ItemIsEditable;
    }
    return flags;
}

bool ContainersModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const dbus::Container& container = node(index).container;
    const QString name = value.toString().trimmed();
    if (!name.isEmpty() && name != container.name)
        Q_EMIT renameRequested(container.id, name);
    return false; // not yet
}

QVariant ContainersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Cpu || section == Memory))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Image:
        return tr("Image");
    case State:
        return tr("State");
    case Ports:
        return tr("Ports");
    case UpTime:
        return tr("Up-time");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case Address:
        return tr("Address");
    default:
        return {};
    }
}

static StateShape shapeOf(const ContainerNode& node) {
    if (node.isStack())
        return StateShape::Stack;
    const dbus::Container& c = node.container;
    return isPaused(c)                 ? StateShape::Paused
           : isRestarting(c)           ? StateShape::Restarting
           : stateTone(c) == Tone::Bad ? StateShape::Failed
           : node.isDebug()            ? StateShape::Debug
           : isRunning(c)              ? StateShape::Running
                                       : StateShape::Stopped;
}

static Tone toneOf(const ContainerNode& node) {
    if (node.isDebug())
        return Tone::Idle;
    if (!node.isStack())
        return stateTone(node.container);
    return node.failed + node.unhealthy > 0 ? Tone::Bad : node.running > 0 ? Tone::Good : Tone::Idle;
}

static QVariant sortValue(const ContainerNode& node, int column) {
    switch (column) {
    case ContainersModel::UpTime:
        return node.isStack() ? node.started : node.container.started;
    case ContainersModel::Cpu:
        return node.isStack() ? node.cpuSum.value_or(-1) : node.usage ? node.usage->cpuPercent : -1.0;
    case ContainersModel::Memory:
        return node.isStack() ? node.memorySum.value_or(0) : node.reading ? node.reading->memory : 0;
    default:
        return cellText(node, column);
    }
}

static QVariant foreground(const ContainerNode& node, int column) {
    if (column == ContainersModel::State && toneOf(node) == Tone::Bad)
        return QBrush(Colors::current().red);
    const bool muted = column == ContainersModel::Image || column == ContainersModel::UpTime ||
                       column == ContainersModel::Address ||
                       (column == ContainersModel::State && toneOf(node) == Tone::Idle);
    return muted ? QVariant(QBrush(Colors::current().muted)) : QVariant();
}

QVariant ContainersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ContainerNode& at = node(index);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(at, column);
    case Qt::EditRole:
        return column == Name ? QVariant(at.name()) : QVariant();
    case kSortRole:
        return sortValue(at, column);
    case kIdRole:
        return at.isStack() ? QStringLiteral("stack/") + at.stack : at.container.id;
    case kStackRole:
        return at.isStack();
    case kToneRole:
        return column == Name ? QVariant(static_cast<int>(toneOf(at))) : QVariant();
    case kShapeRole:
        return column == Name ? QVariant(static_cast<int>(shapeOf(at))) : QVariant();
    case kSamplesRole:
        return column == Cpu      ? QVariant::fromValue(at.cpu.values())
               : column == Memory ? QVariant::fromValue(at.memory.values())
                                  : QVariant();
    case kPortsRole:
        return QVariant::fromValue(at.ports);
    case kElideMiddleRole:
        return column == Image;
    case kMonospaceRole:
        return column == Address;
    case Qt::FontRole:
        if (at.isStack() && column == Name) {
            QFont bold;
            bold.setWeight(QFont::DemiBold);
            return bold;
        }
        return {};
    case Qt::TextAlignmentRole:
        return column == Cpu || column == Memory ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                                 : QVariant();
    case Qt::ForegroundRole:
        return foreground(at, column);
    case Qt::ToolTipRole: {
        const QString text = cellToolTip(at, column);
        return text.isEmpty() ? QVariant() : text;
    }
    case Qt::AccessibleTextRole:
        return column == Name ? spokenRow(at) : QVariant();
    default:
        return {};
    }
}

const dbus::Container* ContainersModel::find(const QString& id) const {
    const ContainerNode* known = m_nodes.value(id);
    return known == nullptr ? nullptr : &known->container;
}

QModelIndex ContainersModel::indexOf(const QString& id) const {
    const ContainerNode* known = m_nodes.value(id);
    return known == nullptr ? QModelIndex() : indexOf(*known);
}

std::optional<UsageSample> ContainersModel::usage(const QString& id) const {
    const ContainerNode* known = m_nodes.value(id);
    return known == nullptr ? std::nullopt : known->usage;
}

static void forEachContainer(const ContainerNode& parent,
                             const std::function<void(const ContainerNode&)>& visit) {
    for (const std::unique_ptr<ContainerNode>& child : parent.children) {
        if (child->isStack())
            forEachContainer(*child, visit);
        else
            visit(*child);
    }
}

QStringList ContainersModel::runningIds() const {
    QStringList ids;
    forEachContainer(m_root, [&ids](const ContainerNode& node) {
        if (isRunning(node.container) || isPaused(node.container))
            ids.append(node.container.id);
    });
    return ids;
}

int ContainersModel::runningCount() const {
    return static_cast<int>(std::count_if(m_nodes.begin(), m_nodes.end(), [](const ContainerNode* node) {
        return !node->isDebug() && isRunning(node->container);
    }));
}

int ContainersModel::count() const {
    return static_cast<int>(std::count_if(m_nodes.begin(), m_nodes.end(),
                                          [](const ContainerNode* node) { return !node->isDebug(); }));
}

QStringList ContainersModel::idsAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const ContainerNode& at = node(index);
    if (!at.isStack())
        return {at.container.id};
    QStringList ids;
    forEachContainer(at, [&ids](const ContainerNode& child) {
        if (!child.isDebug())
            ids.append(child.container.id);
    });
    return ids;
}

} // namespace escale::gui
