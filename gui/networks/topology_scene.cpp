#include "gui/networks/topology_scene.h"

#include "gui/common/format.h"
#include "gui/networks/topology_edge.h"
#include "gui/networks/topology_node.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {

static constexpr int kMoveTime = 260; // milliseconds
static constexpr qreal kMargin = 28;

TopologyScene::TopologyScene(QObject* parent)
    : QGraphicsScene(parent)
    , m_moving(new QVariantAnimation(this)) {
    setItemIndexMethod(NoIndex); // few items, which move
    m_moving->setStartValue(0.0);
    m_moving->setEndValue(1.0);
    m_moving->setDuration(kMoveTime);
    m_moving->setEasingCurve(QEasingCurve::InOutQuad);
    connect(m_moving, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& share) { move(share.toDouble()); });
}

TopologyScene::~TopologyScene() = default;

void TopologyScene::setGraph(const TopologyGraph& graph, bool animated) {
    m_graph = graph;
    m_layout = layOut(graph);
    followNodes(animated && !m_nodes.isEmpty());
    followEdges();
    setSceneRect(m_layout.bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin));
    if (!m_current.isEmpty() && m_graph.node(m_current) == nullptr && m_graph.edge(m_current) == nullptr)
        setCurrent({});
    updateLooks();
    Q_EMIT graphChanged();
}

void TopologyScene::followNodes(bool animated) {
    for (auto item = m_nodes.begin(); item != m_nodes.end();) {
        if (m_layout.nodes.contains(item.key())) {
            ++item;
            continue;
        }
        delete item.value();
        item = m_nodes.erase(item);
    }
    m_moving->stop();
    m_movedFrom.clear();
    for (const TopologyNode& node : std::as_const(m_graph.nodes)) {
        const auto place = m_layout.nodes.constFind(node.id);
        if (place == m_layout.nodes.constEnd())
            continue;
        TopologyNodeItem*& item = m_nodes[node.id];
        if (item == nullptr) {
            item = new TopologyNodeItem;
            item->setScale(m_scale);
            item->setPos(place->topLeft());
            addItem(item);
        } else if (animated && item->pos() != place->topLeft()) {
            m_movedFrom.insert(node.id, item->pos());
        } else {
            item->setPos(place->topLeft());
        }
        item->setNode(node);
        item->setSize(place->size());
    }
}

void TopologyScene::followEdges() {
    for (auto item = m_edges.begin(); item != m_edges.end();) {
        if (m_layout.edges.contains(item.key())) {
            ++item;
            continue;
        }
        delete item.value();
        item = m_edges.erase(item);
    }
    QHash<QString, int> sharing; // of a network's own line
    for (const TopologyEdge& edge : std::as_const(m_graph.edges))
        sharing[edge.from] += edge.kind == TopologyEdge::Veth && !edge.isSecondary ? 1 : 0;
    for (const TopologyEdge& edge : std::as_const(m_graph.edges)) {
        const auto path = m_layout.edges.constFind(edge.id);
        if (path == m_layout.edges.constEnd())
            continue;
        TopologyEdgeItem*& item = m_edges[edge.id];
        if (item == nullptr) {
            item = new TopologyEdgeItem;
            item->setScale(m_scale);
            addItem(item);
        }
        item->setEdge(edge);
        item->setPath(*path);
        item->setSharing(edge.isSecondary ? 1 : sharing.value(edge.from));
    }
    if (m_movedFrom.isEmpty())
        return;
    // Lines come when everything stands: they would lead to where nothing is.
    for (TopologyEdgeItem* item : std::as_const(m_edges))
        item->hide();
    m_moving->start();
}

void TopologyScene::move(qreal share) {
    for (auto from = m_movedFrom.begin(); from != m_movedFrom.end(); ++from) {
        if (TopologyNodeItem* item = m_nodes.value(from.key())) {
            const QPointF to = m_layout.nodes.value(from.key()).topLeft();
            item->setPos(from.value() + (to - from.value()) * share);
        }
    }
    if (share < 1)
        return;
    m_movedFrom.clear();
    for (TopologyEdgeItem* item : std::as_const(m_edges))
        item->show();
}

void TopologyScene::setRates(const TrafficRates& rates) {
    for (TopologyEdgeItem* item : std::as_const(m_edges))
        item->setRate(item->edge().counter.isEmpty() ? TrafficRate() : rates.rate(item->edge().counter));
    for (TopologyNodeItem* item : std::as_const(m_nodes)) {
        const TopologyNode& node = item->node();
        TrafficRate sum;
        if (node.kind == TopologyNode::Interface) {
            sum = rates.rate(TrafficRates::interfaceKey(node.object));
        } else if (node.kind == TopologyNode::Network) {
            for (const TopologyEdge& edge : std::as_const(m_graph.edges)) {
                if (edge.kind != TopologyEdge::Veth || edge.from != node.id)
                    continue;
                const TrafficRate one = rates.rate(edge.counter);
                sum.inBytes += one.inBytes;
                sum.outBytes += one.outBytes;
                sum.inPackets += one.inPackets;
                sum.outPackets += one.outPackets;
            }
        } else {
            continue;
        }
        const bool isBusy = sum.packets() >= 0.05;
        item->setRate(isBusy ? QStringLiteral("↓ %1   ↑ %2")
                                   .arg(formatRate(static_cast<quint64>(sum.inBytes)),
                                        formatRate(static_cast<quint64>(sum.outBytes)))
                             : tr("no traffic"),
                      isBusy);
    }
}

void TopologyScene::setCurrent(const QString& id) {
    if (id == m_current)
        return;
    m_current = id;
    updateLooks();
    Q_EMIT currentChanged(id);
}

void TopologyScene::setFilter(const QString& text) {
    m_filter = text.trimmed();
    updateLooks();
}

void TopologyScene::setDropTarget(const QString& id) {
    if (id == m_dropTarget)
        return;
    m_dropTarget = id;
    updateLooks();
}

static bool holds(const TopologyNode& node, const QString& text) {
    return node.title.contains(text, Qt::CaseInsensitive) ||
           node.lines.join(u' ').contains(text, Qt::CaseInsensitive);
}

void TopologyScene::updateLooks() {
    QSet<QString> way;
    const bool isFiltered = !m_filter.isEmpty(), isLookedAt = !m_current.isEmpty();
    if (isLookedAt)
        way = m_graph.wayOf(m_current);
    else if (isFiltered) {
        for (const TopologyNode& node : std::as_const(m_graph.nodes)) {
            if (holds(node, m_filter))
                way |= m_graph.wayOf(node.id);
        }
    }
    const bool dims = isLookedAt || isFiltered;
    for (auto item = m_nodes.begin(); item != m_nodes.end(); ++item)
        item.value()->setLook(item.key() == m_current, dims && !way.contains(item.key()),
                              item.key() == m_dropTarget);
    for (auto item = m_edges.begin(); item != m_edges.end(); ++item)
        item.value()->setLook(item.key() == m_current, dims && !way.contains(item.key()));
}

void TopologyScene::setScale(qreal scale) {
    m_scale = scale;
    for (TopologyNodeItem* item : std::as_const(m_nodes))
        item->setScale(scale);
    for (TopologyEdgeItem* item : std::as_const(m_edges))
        item->setScale(scale);
}

QString TopologyScene::idAt(const QPointF& place) const {
    QString edge;
    for (QGraphicsItem* item : items(place)) {
        if (const auto* node = qgraphicsitem_cast<TopologyNodeItem*>(item))
            return node->node().id;
        if (const auto* line = qgraphicsitem_cast<TopologyEdgeItem*>(item); line != nullptr && edge.isEmpty())
            edge = line->edge().id;
    }
    return edge;
}

// Nearest in that direction, where what lies askew counts as farther away.
QString TopologyScene::nextFrom(const QString& id, int key) const {
    QRectF from = m_layout.nodes.value(id);
    if (from.isNull()) {
        if (const TopologyEdge* edge = m_graph.edge(id)) // to its end on that side
            return key == Qt::Key_Left || key == Qt::Key_Up ? edge->from : edge->to;
        return m_graph.nodes.isEmpty() ? QString() : m_graph.nodes.first().id;
    }
    const bool horizontal = key == Qt::Key_Left || key == Qt::Key_Right;
    const qreal sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
    QString best;
    qreal least = std::numeric_limits<qreal>::max();
    for (const TopologyNode& node : m_graph.nodes) { // in their order, so that ties are settled
        const QRectF box = m_layout.nodes.value(node.id);
        if (node.id == id || box.isNull())
            continue;
        const QPointF apart = box.center() - from.center();
        const qreal ahead = sign * (horizontal ? apart.x() : apart.y());
        qreal askew = std::abs(horizontal ? apart.y() : apart.x());
        const qreal overlap = horizontal
                                  ? std::min(box.bottom(), from.bottom()) - std::max(box.top(), from.top())
                                  : std::min(box.right(), from.right()) - std::max(box.left(), from.left());
        if (overlap > 0) // beside it, as the bar is beside every network
            askew = 0;
        if (ahead < 8)
            continue;
        if (const qreal distance = ahead + 3 * askew; distance < least) {
            least = distance;
            best = node.id;
        }
    }
    return best;
}

// Not QGraphicsScene::render: pictures that are kept for the screen are no drawing.
void TopologyScene::draw(QPainter& painter) {
    const QStyleOptionGraphicsItem option;
    const auto paint = [&](QGraphicsItem* item) {
        painter.save();
        painter.translate(item->pos());
        item->paint(&painter, &option, nullptr);
        painter.restore();
    };
    for (TopologyNodeItem* item : std::as_const(m_nodes))
        item->setLook(false, false, false);
    for (const TopologyEdge& edge : std::as_const(m_graph.edges)) {
        if (TopologyEdgeItem* item = m_edges.value(edge.id)) {
            item->setLook(false, false);
            paint(item);
        }
    }
    for (const TopologyNode& node : std::as_const(m_graph.nodes)) {
        if (TopologyNodeItem* item = m_nodes.value(node.id))
            paint(item);
    }
    updateLooks();
}

} // namespace escale::gui
