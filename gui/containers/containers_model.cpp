#include "gui/containers/containers_model.h"

#include "gui/common/theme.h"
#include "gui/containers/container_cells.h"
#include "gui/containers/stack_of.h"
#include "gui/containers/state_text.h"

#include <QBrush>
#include <QFont>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace escale::gui {

static bool isSame(const dbus::Container& a, const dbus::Container& b) {
    const auto rest = [](const dbus::Container& c) {
        return std::tie(c.pid, c.exitCode, c.oomKilled, c.created, c.started, c.finished, c.restartCount,
                        c.removeWhenStopped, c.state, c.name, c.health, c.address, c.error, c.image,
                        c.imageDigest, c.ports, c.command, c.labels);
    };
    return rest(a) == rest(b);
}

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
           : isRunning(c)              ? StateShape::Running
                                       : StateShape::Stopped;
}

static Tone toneOf(const ContainerNode& node) {
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

void ContainersModel::setContainers(const dbus::ContainerList& containers) {
    QHash<QString, const dbus::Container*> wanted;
    wanted.reserve(containers.size());
    QList<const dbus::Container*> all;
    all.reserve(containers.size());
    for (const dbus::Container& container : containers) {
        if (!wanted.contains(container.id))
            all.append(&container);
        wanted.insert(container.id, &container);
    }
    removeWhere([&wanted](const ContainerNode& node) { return !wanted.contains(node.container.id); });
    change(all);
}

void ContainersModel::update(const dbus::Container& container) {
    change({&container});
}

void ContainersModel::remove(const QString& id) {
    if (m_nodes.contains(id))
        removeWhere([&id](const ContainerNode& node) { return node.container.id == id; });
}

// A stack goes with its last container, in one step with it.
void ContainersModel::removeWhere(const std::function<bool(const ContainerNode&)>& gone) {
    QSet<const ContainerNode*> emptied;
    for (ContainerNode* stack : std::as_const(m_stacks)) {
        const auto isGone = [&gone](const std::unique_ptr<ContainerNode>& child) { return gone(*child); };
        if (std::all_of(stack->children.begin(), stack->children.end(), isGone))
            emptied.insert(stack);
        else
            removeRuns(*stack, gone);
    }
    removeRuns(m_root, [&](const ContainerNode& node) {
        return node.isStack() ? emptied.contains(&node) : gone(node);
    });
    summarizeStacks();
}

// Neighbours go together, the last ones first.
void ContainersModel::removeRuns(ContainerNode& parent,
                                 const std::function<bool(const ContainerNode&)>& gone) {
    auto& rows = parent.children;
    for (int last = static_cast<int>(rows.size()) - 1; last >= 0; --last) {
        if (!gone(*rows[static_cast<std::size_t>(last)]))
            continue;
        int first = last;
        while (first > 0 && gone(*rows[static_cast<std::size_t>(first - 1)]))
            --first;
        for (int row = first; row <= last; ++row) {
            const ContainerNode& node = *rows[static_cast<std::size_t>(row)];
            m_stacks.remove(node.stack);
            m_nodes.remove(node.container.id);
            for (const std::unique_ptr<ContainerNode>& child : node.children)
                m_nodes.remove(child->container.id);
        }
        beginRemoveRows(indexOf(parent), first, last);
        rows.erase(rows.begin() + first, rows.begin() + last + 1);
        for (std::size_t row = static_cast<std::size_t>(first); row < rows.size(); ++row)
            rows[row]->row = static_cast<int>(row);
        endRemoveRows();
        last = first;
    }
}

void ContainersModel::change(const QList<const dbus::Container*>& given) {
    QList<const dbus::Container*> added;
    QSet<QString> moved; // to another stack: a container made anew under an old id
    Nodes changed;
    QSet<ContainerNode*> stacks;
    for (const dbus::Container* container : given) {
        ContainerNode* known = m_nodes.value(container->id);
        if (known == nullptr || known->parent->stack != stackOf(*container)) {
            if (known != nullptr)
                moved.insert(container->id);
            added.append(container);
        } else if (!isSame(known->container, *container)) {
            assign(*known, *container);
            changed.append(known);
            // The stack's row makes the view's proxy ask again whether one below matches the filter.
            if (known->parent->isStack())
                stacks.insert(known->parent);
        }
    }
    changed.append(stacks.values());
    tellChanged(changed, 0, ColumnCount - 1); // before rows move
    if (!moved.isEmpty())
        removeWhere([&moved](const ContainerNode& node) { return moved.contains(node.container.id); });
    insert(added);
    summarizeStacks();
}

void ContainersModel::insert(const QList<const dbus::Container*>& added) {
    std::vector<std::unique_ptr<ContainerNode>> top;
    QHash<QString, std::vector<std::unique_ptr<ContainerNode>>*> below;
    std::vector<std::pair<ContainerNode*, std::vector<std::unique_ptr<ContainerNode>>>> grown;
    QHash<QString, std::size_t> grownAt;
    for (const dbus::Container* container : added) {
        std::unique_ptr<ContainerNode> made = make(*container);
        const QString stack = stackOf(*container);
        if (stack.isEmpty()) {
            top.push_back(std::move(made));
            continue;
        }
        ContainerNode*& parent = m_stacks[stack];
        if (parent == nullptr) { // a stack is shown with its first containers
            auto fresh = std::make_unique<ContainerNode>();
            fresh->stack = stack;
            fresh->nameKey = m_collator.sortKey(stack);
            fresh->row = -1; // not shown yet
            parent = fresh.get();
            top.push_back(std::move(fresh));
        }
        if (parent->row < 0) {
            made->parent = parent;
            made->row = static_cast<int>(parent->children.size());
            parent->children.push_back(std::move(made));
        } else {
            if (!grownAt.contains(stack)) {
                grownAt.insert(stack, grown.size());
                grown.emplace_back(parent, std::vector<std::unique_ptr<ContainerNode>>());
            }
            grown[grownAt.value(stack)].second.push_back(std::move(made));
        }
    }
    for (const std::unique_ptr<ContainerNode>& node : top)
        node->summarize();
    append(m_root, std::move(top));
    for (auto& [parent, nodes] : grown)
        append(*parent, std::move(nodes));
}

void ContainersModel::append(ContainerNode& parent, std::vector<std::unique_ptr<ContainerNode>> added) {
    if (added.empty())
        return;
    const int first = static_cast<int>(parent.children.size());
    beginInsertRows(indexOf(parent), first, first + static_cast<int>(added.size()) - 1);
    for (std::unique_ptr<ContainerNode>& node : added) {
        node->parent = &parent;
        node->row = static_cast<int>(parent.children.size());
        parent.children.push_back(std::move(node));
    }
    endInsertRows();
}

std::unique_ptr<ContainerNode> ContainersModel::make(const dbus::Container& container) {
    auto made = std::make_unique<ContainerNode>();
    assign(*made, container);
    m_nodes.insert(container.id, made.get());
    return made;
}

void ContainersModel::assign(ContainerNode& node, const dbus::Container& container) {
    if (!node.nameKey || node.container.name != container.name)
        node.nameKey = m_collator.sortKey(container.name);
    node.container = container;
    node.ports.clear();
    for (const QString& text : container.ports) {
        if (const std::optional<PublishedPort> port = PublishedPort::parse(text))
            node.ports.append(*port);
    }
    if (!isRunning(container) && !isPaused(container))
        node.forgetUsage();
}

void ContainersModel::summarizeStacks() {
    Nodes changed;
    for (ContainerNode* stack : std::as_const(m_stacks)) {
        if (stack->summarize())
            changed.append(stack);
    }
    tellChanged(changed, 0, ColumnCount - 1);
}

// One signal for neighbours; when there are many of them one for all, as each costs a view more than the rows
// between.
void ContainersModel::tellChanged(Nodes nodes, int firstColumn, int lastColumn, const QList<int>& roles) {
    constexpr std::size_t kManyRuns = 16; // of one parent
    std::sort(nodes.begin(), nodes.end(), [](const ContainerNode* a, const ContainerNode* b) {
        return std::tie(a->parent, a->row) < std::tie(b->parent, b->row);
    });
    using Run = std::pair<const ContainerNode*, const ContainerNode*>;
    for (qsizetype i = 0; i < nodes.size();) {
        const ContainerNode* parent = nodes[i]->parent;
        std::vector<Run> runs;
        for (; i < nodes.size() && nodes[i]->parent == parent; ++i) {
            if (!runs.empty() && runs.back().second->row + 1 == nodes[i]->row)
                runs.back().second = nodes[i];
            else
                runs.emplace_back(nodes[i], nodes[i]);
        }
        if (runs.size() > kManyRuns)
            runs = {Run(runs.front().first, runs.back().second)};
        for (const auto& [first, last] : runs)
            Q_EMIT dataChanged(indexOf(*first, firstColumn), indexOf(*last, lastColumn), roles);
    }
}

void ContainersModel::setStats(const dbus::StatsList& stats, qint64 nanoseconds) {
    Nodes changed;
    for (const dbus::ContainerStats& reading : stats) {
        if (ContainerNode* known = m_nodes.value(reading.id)) {
            known->read(reading, nanoseconds);
            changed.append(known);
        }
    }
    for (ContainerNode* stack : std::as_const(m_stacks)) {
        stack->summarize();
        if (!stack->memorySum) {
            stack->forgetUsage();
            continue;
        }
        stack->memory.append(static_cast<float>(*stack->memorySum));
        if (stack->cpuSum)
            stack->cpu.append(static_cast<float>(*stack->cpuSum));
        changed.append(stack);
    }
    tellChanged(changed, Cpu, Memory);
}

void ContainersModel::refreshTimes() {
    const auto tell = [this](const ContainerNode& parent) {
        if (!parent.children.empty())
            Q_EMIT dataChanged(indexOf(*parent.children.front(), UpTime),
                               indexOf(*parent.children.back(), UpTime), {Qt::DisplayRole});
    };
    tell(m_root);
    for (const ContainerNode* stack : std::as_const(m_stacks))
        tell(*stack);
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
        return isRunning(node->container);
    }));
}

QStringList ContainersModel::idsAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const ContainerNode& at = node(index);
    if (!at.isStack())
        return {at.container.id};
    QStringList ids;
    forEachContainer(at, [&ids](const ContainerNode& child) { ids.append(child.container.id); });
    return ids;
}

} // namespace escale::gui
