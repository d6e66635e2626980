// The person's containers as a tree: stacks with their containers below, containers of no stack beside them.
// CPU and memory are filled in by samples once a second while they are looked at; the last minute of them is
// kept. Rows are in the order they came in: the view's proxy sorts.
#pragma once

#include "gui/common/table.h"
#include "gui/containers/container_node.h"

#include <QAbstractItemModel>
#include <QHash>

#include <functional>

namespace escale::gui {

enum ContainerRole {
    kShapeRole = kElideMiddleRole + 1, // StateShape
    kSamplesRole,                      // QList<float>, of the CPU and memory columns
    kStackRole,                        // bool: the row is a stack
    kPortsRole,                        // QList<PublishedPort>
};

/// What the sign before a name looks like, beside its colour (kToneRole).
enum class StateShape { Stack, Running, Debug, Paused, Restarting, Stopped, Failed };

class ContainersModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Image, State, Ports, UpTime, Cpu, Memory, Address, ColumnCount };

    explicit ContainersModel(QObject* parent = nullptr);
    ~ContainersModel() override;
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// A new name for a container goes to renameRequested; the row changes when the engine has done it.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes the rows those of the list with the fewest changes, so that selection, expansion and scroll
    /// position stay; a list that says nothing new changes nothing.
    void setContainers(const dbus::ContainerList& containers);
    /// One container is new or has changed.
    void update(const dbus::Container& container);
    void remove(const QString& id);
    void setStats(const dbus::StatsList& stats);
    /// Up-times have moved on.
    void refreshTimes();

    [[nodiscard]] const ContainerNode& node(const QModelIndex& index) const;
    [[nodiscard]] const dbus::Container* find(const QString& id) const;
    [[nodiscard]] QModelIndex indexOf(const QString& id) const;
    [[nodiscard]] std::optional<UsageSample> usage(const QString& id) const;
    [[nodiscard]] QStringList runningIds() const;
    [[nodiscard]] int runningCount() const;
    [[nodiscard]] bool hasStacks() const { return !m_stacks.isEmpty(); }
    /// Debug terminals do not count.
    [[nodiscard]] int count() const;
    /// The container of a row, or all those of a stack's row but debug terminals, which end with theirs.
    [[nodiscard]] QStringList idsAt(const QModelIndex& index) const;

Q_SIGNALS:
    void renameRequested(const QString& id, const QString& name);

private:
    using Nodes = QList<ContainerNode*>;
    [[nodiscard]] ContainerNode* mutableNode(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const ContainerNode& node, int column = 0) const;
    void removeWhere(const std::function<bool(const ContainerNode&)>& gone);
    void removeRuns(ContainerNode& parent, const std::function<bool(const ContainerNode&)>& gone);
    /// The stack whose row a container belongs below; a debug terminal is where its target is.
    [[nodiscard]] QString stackFor(const dbus::Container& container,
                                   const QList<const dbus::Container*>& given) const;
    void change(const QList<const dbus::Container*>& given);
    void insert(const QList<const dbus::Container*>& added, const QList<const dbus::Container*>& given);
    void append(ContainerNode& parent, std::vector<std::unique_ptr<ContainerNode>> added);
    std::unique_ptr<ContainerNode> make(const dbus::Container& container);
    void assign(ContainerNode& node, const dbus::Container& container);
    void summarizeStacks();
    void tellChanged(Nodes nodes, int firstColumn, int lastColumn, const QList<int>& roles = {});

    ContainerNode m_root;
    QHash<QString, ContainerNode*> m_nodes;  // by container id
    QHash<QString, ContainerNode*> m_stacks; // by name
    QCollator m_collator;
};

} // namespace escale::gui

Q_DECLARE_METATYPE(escale::gui::PublishedPort)
