#include "gui/networks/topology_accessible.h"

#include "gui/networks/topology_edge.h"
#include "gui/networks/topology_node.h"
#include "gui/networks/topology_scene.h"
#include "gui/networks/topology_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace escale::gui {
namespace {

// A node or an edge. It has no QObject: the view's interface makes it and takes it away.
class AccessiblePart : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessiblePart(TopologyView* view, QString id)
        : m_view(view)
        , m_id(std::move(id)) {}

    bool isValid() const override { return m_view != nullptr && !sentence().isEmpty(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text what) const override {
        return what == QAccessible::Name && m_view != nullptr ? sentence() : QString();
    }
    QRect rect() const override {
        if (m_view == nullptr)
            return {};
        const TopologyScene& scene = m_view->topology();
        QRectF box;
        if (const TopologyNodeItem* item = scene.nodeItem(m_id))
            box = item->box();
        else if (const TopologyEdgeItem* line = scene.edgeItem(m_id))
            box = line->path().boundingRect();
        const QRect seen = m_view->mapFromScene(box).boundingRect();
        return {m_view->viewport()->mapToGlobal(seen.topLeft()), seen.size()};
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        const bool isCurrent = m_view != nullptr && m_view->topology().current() == m_id;
        state.focused = isCurrent && m_view->hasFocus();
        state.selected = isCurrent;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    void doAction(const QString& name) override {
        if (m_view == nullptr)
            return;
        m_view->goTo(m_id);
        if (name == pressAction())
            Q_EMIT m_view->activated(m_id);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QString sentence() const {
        const TopologyGraph& graph = m_view->topology().graph();
        if (const TopologyNode* node = graph.node(m_id))
            return spokenNode(graph, *node);
        const TopologyEdge* edge = graph.edge(m_id);
        return edge == nullptr ? QString() : spokenEdge(graph, *edge);
    }

    QPointer<TopologyView> m_view;
    QString m_id;
};

class AccessibleTopology : public QAccessibleWidget {
public:
    explicit AccessibleTopology(TopologyView* view)
        : QAccessibleWidget(view, QAccessible::List) {}
    ~AccessibleTopology() override {
        for (const QAccessible::Id id : std::as_const(m_parts))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override {
        const TopologyGraph& graph = view().topology().graph();
        return static_cast<int>(graph.nodes.size() + graph.edges.size());
    }
    QAccessibleInterface* child(int index) const override {
        const TopologyGraph& graph = view().topology().graph();
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto nodes = static_cast<int>(graph.nodes.size());
        return part(index < nodes ? graph.nodes[index].id : graph.edges[index - nodes].id);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint place = view().viewport()->mapFromGlobal(QPoint(x, y));
        const QString id = view().topology().idAt(view().mapToScene(place));
        return id.isEmpty() ? nullptr : part(id);
    }
    QAccessibleInterface* focusChild() const override {
        const QString current = view().topology().current();
        return current.isEmpty() || !view().hasFocus() ? nullptr : part(current);
    }
    QAccessibleInterface* part(const QString& id) const {
        QAccessible::Id& known = m_parts[id];
        if (known == 0)
            known = QAccessible::registerAccessibleInterface(new AccessiblePart(&view(), id));
        return QAccessible::accessibleInterface(known);
    }

private:
    TopologyView& view() const { return *static_cast<TopologyView*>(object()); }

    mutable QHash<QString, QAccessible::Id> m_parts;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<TopologyView*>(object);
    return view != nullptr ? new AccessibleTopology(view) : nullptr;
}

} // namespace

void installTopologyAccessibility() {
    static const bool installed = (QAccessible::installFactory(make), true);
    Q_UNUSED(installed)
}

void announceTopology(TopologyView& view, const QString& id) {
    if (!QAccessible::isActive())
        return;
    auto* whole = dynamic_cast<AccessibleTopology*>(QAccessible::queryAccessibleInterface(&view));
    if (whole == nullptr || id.isEmpty())
        return;
    QAccessibleEvent event(whole->part(id), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace escale::gui
