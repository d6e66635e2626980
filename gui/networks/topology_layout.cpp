#include "gui/networks/topology_layout.h"

#include <algorithm>
#include <limits>

namespace escale::gui {
namespace {

// Columns.
constexpr qreal kHostWidth = 184;
constexpr qreal kFirewallX = 226, kFirewallWidth = 44;
constexpr qreal kNetworkX = 312, kNetworkWidth = 210;
constexpr qreal kContainerWidth = 178;
// Nodes.
constexpr qreal kTitle = 22, kLine = 17, kPadding = 8;
constexpr qreal kRate = 17; // a network's and an interface's line of traffic
// Between them.
constexpr qreal kGap = 16, kLaneGap = 26, kPortGap = 10;
constexpr qreal kTrunk = 15;      // of a row's first line, below the row's top
constexpr qreal kDrop = 20;       // from it down to a container
constexpr qreal kSpine = 18;      // from a network, or outside, to the line that leads to what is theirs
constexpr qreal kChannelStep = 7; // between lines that lead to other networks' containers
constexpr qreal kBelow = 8;       // between a row and the first such line
constexpr qreal kCorner = 7;
// What a screen shows well.
constexpr qreal kAspect = 1.4;
constexpr int kMostColumns = 10;

qreal heightOf(const TopologyNode& node) {
    const bool hasRate = node.kind == TopologyNode::Network || node.kind == TopologyNode::Interface;
    return 2 * kPadding + kTitle + kLine * static_cast<qreal>(node.lines.size()) + (hasRate ? kRate : 0);
}

// A line through these corners, which are rounded.
QPainterPath rounded(const QList<QPointF>& points) {
    QPainterPath path(points.first());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        const QPointF corner = points[i], in = corner - points[i - 1], out = points[i + 1] - corner;
        const qreal inLength = std::hypot(in.x(), in.y()), outLength = std::hypot(out.x(), out.y());
        if (inLength < 0.5 || outLength < 0.5)
            continue;
        const qreal radius = std::min({kCorner, inLength / 2, outLength / 2});
        path.lineTo(corner - in * (radius / inLength));
        path.quadTo(corner, corner + out * (radius / outLength));
    }
    path.lineTo(points.last());
    return path;
}

QPainterPath curve(const QPointF& from, const QPointF& to) {
    const qreal bend = (to.x() - from.x()) / 2;
    QPainterPath path(from);
    path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
    return path;
}

struct Row {
    QList<const TopologyNode*> containers;
    QStringList others; // networks whose lines pass below
    qreal top = 0, trunk = 0, boxes = 0, height = 0;
};

struct Lane {
    const TopologyNode* network = nullptr;
    QList<const TopologyNode*> containers;
    QList<Row> rows;
    qreal top = 0;
};

class Drawing {
public:
    explicit Drawing(const TopologyGraph& graph)
        : m_graph(graph) {
        for (const TopologyNode& node : graph.nodes) {
            if (node.kind == TopologyNode::Network)
                m_lanes.append({&node, {}, {}, 0});
        }
        for (const TopologyNode& node : graph.nodes) {
            if (node.kind != TopologyNode::Container)
                continue;
            for (Lane& lane : m_lanes) {
                if (lane.network->object == node.network)
                    lane.containers.append(&node);
            }
        }
        for (const TopologyEdge& edge : graph.edges) {
            if (edge.isSecondary) {
                m_secondary[edge.to].append(edge.network);
                if (!m_channels.contains(edge.network))
                    m_channels.append(edge.network);
            }
        }
    }

    TopologyLayout make() {
        placeLanes(bestColumns());
        placeHost();
        for (const TopologyEdge& edge : m_graph.edges)
            draw(edge);
        for (const QRectF& box : std::as_const(m_made.nodes))
            m_made.bounds |= box;
        for (const QPainterPath& path : std::as_const(m_made.edges))
            m_made.bounds |= path.boundingRect();
        return std::move(m_made);
    }

private:
    [[nodiscard]] qreal containersX() const {
        return kNetworkX + kNetworkWidth + 2 * kSpine + kChannelStep * static_cast<qreal>(m_channels.size());
    }

    // So many in a row that the whole is as wide as a screen.
    int bestColumns() {
        int best = 1;
        qreal least = std::numeric_limits<qreal>::max();
        for (int columns = 1; columns <= kMostColumns; ++columns) {
            const qreal height = measure(columns);
            const qreal width = containersX() + columns * (kContainerWidth + kGap);
            if (const qreal size = std::max(width / kAspect, height); size < least - 1) {
                least = size;
                best = columns;
            }
        }
        return best;
    }

    qreal measure(int columns) {
        qreal y = 0;
        for (Lane& lane : m_lanes)
            y = fillLane(lane, columns, y) + kLaneGap;
        return y;
    }

    // Answers with the lane's bottom.
    qreal fillLane(Lane& lane, int columns, qreal top) {
        lane.top = top;
        lane.rows.clear();
        qreal y = top;
        for (qsizetype first = 0; first < lane.containers.size(); first += columns) {
            Row row;
            row.containers = lane.containers.mid(first, columns);
            row.top = y;
            row.trunk = y + kTrunk;
            row.boxes = row.trunk + kDrop;
            for (const TopologyNode* container : std::as_const(row.containers)) {
                row.height = std::max(row.height, heightOf(*container));
                for (const QString& other : m_secondary.value(container->id)) {
                    if (!row.others.contains(other))
                        row.others.append(other);
                }
            }
            y = row.boxes + row.height + kBelow + kChannelStep * static_cast<qreal>(row.others.size());
            lane.rows.append(row);
        }
        return std::max(y, top + heightOf(*lane.network));
    }

    void placeLanes(int columns) {
        measure(columns);
        for (const Lane& lane : std::as_const(m_lanes)) {
            m_made.nodes.insert(lane.network->id,
                                {kNetworkX, lane.top, kNetworkWidth, heightOf(*lane.network)});
            for (const Row& row : lane.rows) {
                qreal x = containersX();
                for (const TopologyNode* container : row.containers) {
                    m_made.nodes.insert(container->id, {x, row.boxes, kContainerWidth, heightOf(*container)});
                    x += kContainerWidth + kGap;
                }
            }
        }
    }

    void placeHost() {
        qreal y = 0;
        const auto place = [&](TopologyNode::Kind kind, qreal gap) {
            for (const TopologyNode& node : m_graph.nodes) {
                if (node.kind != kind)
                    continue;
                m_made.nodes.insert(node.id, {0, y, kHostWidth, heightOf(node)});
                y += heightOf(node) + gap;
            }
        };
        place(TopologyNode::World, kGap);
        place(TopologyNode::Interface, kGap);
        y += kLaneGap - kGap;
        place(TopologyNode::Port, kPortGap);
        qreal top = std::numeric_limits<qreal>::max(), bottom = 0;
        for (const Lane& lane : std::as_const(m_lanes)) {
            if (!isRouted(*lane.network))
                continue;
            const QRectF box = m_made.nodes.value(lane.network->id);
            top = std::min(top, box.top());
            bottom = std::max(bottom, box.bottom());
        }
        for (const TopologyNode& node : m_graph.nodes) {
            if (node.kind == TopologyNode::Firewall)
                m_made.nodes.insert(node.id, {kFirewallX, std::min(top, bottom), kFirewallWidth,
                                              std::max(bottom - std::min(top, bottom), 100.0)});
        }
    }

    [[nodiscard]] bool isRouted(const TopologyNode& network) const {
        return std::any_of(m_graph.edges.begin(), m_graph.edges.end(), [&](const TopologyEdge& edge) {
            return edge.kind == TopologyEdge::Masquerade && edge.to == network.id;
        });
    }

    void draw(const TopologyEdge& edge) {
        const QRectF from = m_made.nodes.value(edge.from), to = m_made.nodes.value(edge.to);
        if (from.isNull() || to.isNull())
            return;
        if (edge.kind == TopologyEdge::Veth)
            return m_made.edges.insert(edge.id, edge.isSecondary ? secondary(edge, from, to)
                                                                 : primary(edge, from, to)),
                   void();
        if (edge.kind == TopologyEdge::Uplink) {
            const QPointF out(from.left(), from.center().y()), in(to.left(), to.center().y());
            m_made.edges.insert(edge.id,
                                rounded({out, {out.x() - kSpine, out.y()}, {in.x() - kSpine, in.y()}, in}));
            return;
        }
        const bool isFromBar = m_graph.node(edge.from)->kind == TopologyNode::Firewall;
        const bool isToBar = m_graph.node(edge.to)->kind == TopologyNode::Firewall;
        QPointF start(from.right(), from.center().y()), end(to.left(), to.center().y());
        if (isFromBar)
            start.setY(end.y());
        else if (isToBar) // the bar is high: straight, where it can be
            end.setY(std::clamp(start.y(), to.top() + 12, to.bottom() - 12));
        m_made.edges.insert(edge.id, curve(start, end));
    }

    [[nodiscard]] const Row* rowOf(const QString& container) const {
        for (const Lane& lane : m_lanes) {
            for (const Row& row : lane.rows) {
                for (const TopologyNode* one : row.containers) {
                    if (one->id == container)
                        return &row;
                }
            }
        }
        return nullptr;
    }

    // Along the network's own line, then down to the container.
    [[nodiscard]] QPainterPath primary(const TopologyEdge& edge, const QRectF& from, const QRectF& to) const {
        const Row* row = rowOf(edge.to);
        const qreal first = from.top() + kTrunk, spine = from.right() + kSpine, x = to.left() + 28;
        return rounded(
            {{from.right(), first}, {spine, first}, {spine, row->trunk}, {x, row->trunk}, {x, to.top()}});
    }

    // Through the channel of its network, below the row, and up.
    [[nodiscard]] QPainterPath secondary(const TopologyEdge& edge, const QRectF& from,
                                         const QRectF& to) const {
        const Row* row = rowOf(edge.to);
        const qreal start = from.bottom() - kTrunk;
        const qreal channel =
            from.right() + kSpine + 8 + kChannelStep * static_cast<qreal>(m_channels.indexOf(edge.network));
        const qreal below = row->boxes + row->height + kBelow / 2 +
                            kChannelStep * static_cast<qreal>(row->others.indexOf(edge.network));
        const qreal x =
            to.right() - 28 - 14 * static_cast<qreal>(m_secondary.value(edge.to).indexOf(edge.network));
        return rounded(
            {{from.right(), start}, {channel, start}, {channel, below}, {x, below}, {x, to.bottom()}});
    }

    const TopologyGraph& m_graph;
    QList<Lane> m_lanes;
    QHash<QString, QStringList> m_secondary; // of a container: further networks
    QStringList m_channels;                  // networks with containers in other lanes
    TopologyLayout m_made;
};

} // namespace

TopologyLayout layOut(const TopologyGraph& graph) {
    return Drawing(graph).make();
}

} // namespace escale::gui
