// How the tree follows lists, single containers and readings: every change is told as small as it is.
#include "gui/containers/containers_model.h"

#include "gui/containers/debug_terminal.h"
#include "gui/containers/stack_of.h"
#include "gui/containers/state_text.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace escale::gui {

static constexpr int kShortId = 12;

static bool isSame(const dbus::Container& a, const dbus::Container& b) {
    const auto rest = [](const dbus::Container& c) {
        return std::tie(c.pid, c.exitCode, c.oomKilled, c.created, c.started, c.finished, c.restartCount,
                        c.removeWhenStopped, c.state, c.name, c.health, c.address, c.error, c.image,
                        c.imageDigest, c.ports, c.command, c.labels);
    };
    return rest(a) == rest(b);
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
        for (auto row = static_cast<std::size_t>(first); row < rows.size(); ++row)
            rows[row]->row = static_cast<int>(row);
        endRemoveRows();
        last = first;
    }
}

QString ContainersModel::stackFor(const dbus::Container& container,
                                  const QList<const dbus::Container*>& given) const {
    const QString target = debugTargetOf(container);
    if (target.isEmpty())
        return stackOf(container);
    for (const dbus::Container* one : given) {
        if (one->id == target)
            return stackOf(*one);
    }
    const dbus::Container* known = find(target);
    return known != nullptr ? stackOf(*known) : QString();
}

void ContainersModel::change(const QList<const dbus::Container*>& given) {
    QList<const dbus::Container*> added;
    QSet<QString> moved; // to another stack: a container made anew under an old id
    Nodes changed;
    QSet<ContainerNode*> stacks;
    for (const dbus::Container* container : given) {
        ContainerNode* known = m_nodes.value(container->id);
        if (known == nullptr || known->parent->stack != stackFor(*container, given)) {
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
    // A debug terminal shows the name of its target, which is there then.
    std::stable_partition(added.begin(), added.end(),
                          [](const dbus::Container* one) { return debugTargetOf(*one).isEmpty(); });
    insert(added, given);
    summarizeStacks();
}

void ContainersModel::insert(const QList<const dbus::Container*>& added,
                             const QList<const dbus::Container*>& given) {
    std::vector<std::unique_ptr<ContainerNode>> top;
    QHash<QString, std::vector<std::unique_ptr<ContainerNode>>*> below;
    std::vector<std::pair<ContainerNode*, std::vector<std::unique_ptr<ContainerNode>>>> grown;
    QHash<QString, std::size_t> grownAt;
    for (const dbus::Container* container : added) {
        std::unique_ptr<ContainerNode> made = make(*container);
        const QString stack = stackFor(*container, given);
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
    if (const QString target = debugTargetOf(container); !target.isEmpty()) {
        const dbus::Container* known = find(target);
        node.debugs = known != nullptr ? known->name : target.left(kShortId);
    }
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

void ContainersModel::setStats(const dbus::StatsList& stats) {
    Nodes changed;
    for (const dbus::ContainerStats& reading : stats) {
        if (ContainerNode* known = m_nodes.value(reading.id)) {
            known->read(reading);
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

} // namespace escale::gui
