// The topology as items of a scene: follows the graph with the fewest changes, moves what has another place,
// and shows which part is looked at.
#pragma once

#include "gui/networks/topology_graph.h"
#include "gui/networks/topology_layout.h"
#include "gui/networks/traffic_rates.h"

#include <QGraphicsScene>
#include <QHash>

class QVariantAnimation;

namespace escale::gui {

class TopologyEdgeItem;
class TopologyNodeItem;

class TopologyScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit TopologyScene(QObject* parent = nullptr);
    ~TopologyScene() override;
    /// What stays moves to its new place: at once unless `animated`.
    void setGraph(const TopologyGraph& graph, bool animated);
    [[nodiscard]] const TopologyGraph& graph() const { return m_graph; }
    void setRates(const TrafficRates& rates);
    /// Everything as its lists have it, where things are on their way still.
    [[nodiscard]] const TopologyLayout& layout() const { return m_layout; }

    /// The id of a node or an edge, or nothing.
    void setCurrent(const QString& id);
    [[nodiscard]] const QString& current() const { return m_current; }
    /// What does not hold the text steps back.
    void setFilter(const QString& text);
    /// A network that a container can be dropped on, or nothing.
    void setDropTarget(const QString& id);
    void setScale(qreal scale);
    [[nodiscard]] qreal scale() const { return m_scale; }

    [[nodiscard]] TopologyNodeItem* nodeItem(const QString& id) const { return m_nodes.value(id); }
    [[nodiscard]] TopologyEdgeItem* edgeItem(const QString& id) const { return m_edges.value(id); }
    [[nodiscard]] const QHash<QString, TopologyEdgeItem*>& edgeItems() const { return m_edges; }
    /// The node or edge at that place; a node before an edge.
    [[nodiscard]] QString idAt(const QPointF& place) const;
    /// The node that lies next in that direction (Qt::Key_Left …); the first one when none is current.
    [[nodiscard]] QString nextFrom(const QString& id, int key) const;
    /// Draws all of it, without what moves and without what is selected.
    void draw(QPainter& painter);

Q_SIGNALS:
    void currentChanged(const QString& id);
    void graphChanged();

private:
    void followNodes(bool animated);
    void followEdges();
    void move(qreal share);
    void updateLooks();

    TopologyGraph m_graph;
    TopologyLayout m_layout;
    QHash<QString, TopologyNodeItem*> m_nodes;
    QHash<QString, TopologyEdgeItem*> m_edges;
    QHash<QString, QPointF> m_movedFrom;
    QVariantAnimation* m_moving;
    QString m_current, m_filter, m_dropTarget;
    qreal m_scale = 1;
};

} // namespace escale::gui
