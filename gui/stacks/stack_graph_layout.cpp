#include "gui/stacks/stack_graph_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {
namespace {

using Kind = StackNode::Kind;
using EdgeKind = StackEdge::Kind;

constexpr qreal kMargin = 18, kBetween = 22, kGap = 32; // between boxes, between rows without rails
constexpr qreal kHeight = 70, kWithPorts = 86, kLeast = 172, kMost = 250;
constexpr qreal kBar = 20, kBetweenBars = 8, kRail = 9, kFirstDrop = 18;
constexpr qreal kVolumeHeight = 34, kVolumeWidth = 168;

using Row = QStringList;

// A service's row: below all that depend on it. A circle, which the loader tells of, ends somewhere.
QHash<QString, int> depthsOf(const StackGraph& graph) {
    QHash<QString, int> depths;
    int services = 0;
    for (const StackNode& node : graph.nodes) {
        if (node.kind == Kind::Service) {
            depths.insert(node.id, 0);
            ++services;
        }
    }
    bool moved = true;
    for (int round = 0; moved && round < services; ++round) {
        moved = false;
        for (const StackEdge& edge : graph.edges) {
            if (edge.kind != EdgeKind::Depends || !depths.contains(edge.from) || !depths.contains(edge.to))
                continue;
            if (const int least = depths.value(edge.from) + 1; depths.value(edge.to) < least) {
                depths[edge.to] = std::min(least, services - 1);
                moved = true;
            }
        }
    }
    return depths;
}

// Those above stay near what they need: each row in the order of the middle of its users.
void order(QList<Row>& rows, const StackGraph& graph) {
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const auto middle = [&](const QString& id) {
            qreal sum = 0;
            int count = 0;
            for (const StackEdge& edge : graph.edges) {
                if (edge.to != id || edge.kind == EdgeKind::Joins)
                    continue;
                for (qsizetype above = 0; above < i; ++above) {
                    if (const qsizetype at = rows[above].indexOf(edge.from); at >= 0) {
                        sum += (static_cast<qreal>(at) + 0.5) / static_cast<qreal>(rows[above].size());
                        ++count;
                    }
                }
            }
            return count == 0 ? 1.0 : sum / count;
        };
        std::stable_sort(rows[i].begin(), rows[i].end(),
                         [&](const QString& a, const QString& b) { return middle(a) < middle(b); });
    }
}

QList<Row> wrapped(const QList<Row>& rows, qsizetype most) {
    QList<Row> all;
    for (const Row& row : rows) {
        for (qsizetype from = 0; from < row.size(); from += most)
            all.append(row.mid(from, most));
    }
    return all;
}

QList<Row> serviceRows(const StackGraph& graph) {
    const QHash<QString, int> depths = depthsOf(graph);
    QList<Row> rows;
    for (const StackNode& node : graph.nodes) {
        if (node.kind != Kind::Service)
            continue;
        const int depth = depths.value(node.id);
        while (rows.size() <= depth)
            rows.append(Row());
        rows[depth].append(node.id);
    }
    rows.removeIf([](const Row& row) { return row.isEmpty(); });
    return rows;
}

QStringList idsOf(const StackGraph& graph, Kind kind) {
    QStringList ids;
    for (const StackNode& node : graph.nodes) {
        if (node.kind == kind)
            ids << node.id;
    }
    return ids;
}

class Drawing {
public:
    Drawing(const StackGraph& graph, qreal width)
        : m_graph(graph)
        , m_networks(idsOf(graph, Kind::Network)) {
        m_left = kMargin;
        if (!m_networks.isEmpty())
            m_left += static_cast<qreal>(m_networks.size()) * (kBar + kBetweenBars) + 14;
        const qreal room = width - m_left - kMargin;
        const auto most =
            std::clamp<qsizetype>(static_cast<qsizetype>((room + kBetween) / (kLeast + kBetween)), 2, 8);
        QList<Row> rows = serviceRows(graph);
        order(rows, graph);
        rows = wrapped(rows, most);
        qsizetype widest = 1;
        for (const Row& row : rows)
            widest = std::max(widest, row.size());
        m_box = std::clamp(
            std::floor((room - static_cast<qreal>(widest - 1) * kBetween) / static_cast<qreal>(widest)),
            kLeast, kMost);
        m_width = static_cast<qreal>(widest) * (m_box + kBetween) - kBetween;
        placeServices(rows);
        placeVolumes();
        placeNetworks();
        addLines();
        finish();
    }
    [[nodiscard]] const StackLayout& layout() const { return m_layout; }

private:
    [[nodiscard]] QStringList networksOf(const Row& row) const {
        QStringList used;
        for (const QString& network : m_networks) {
            for (const StackEdge& edge : m_graph.edges) {
                if (edge.to == network && row.contains(edge.from) && !used.contains(network))
                    used << network;
            }
        }
        return used;
    }

    void placeServices(const QList<Row>& rows) {
        qreal y = kMargin;
        for (const Row& row : rows) {
            const QStringList used = networksOf(row);
            for (qsizetype i = 0; i < used.size(); ++i) {
                const qreal rail = y + static_cast<qreal>(i) * kRail + 2;
                for (const QString& service : row)
                    m_rails.insert(used[i] + u'\n' + service, rail);
                m_railsOf[used[i]].append(rail);
            }
            y += used.isEmpty() ? 0 : static_cast<qreal>(used.size()) * kRail + 12;
            const bool hasPorts = std::any_of(row.begin(), row.end(), [this](const QString& service) {
                return !m_graph.node(service)->ports.isEmpty();
            });
            const qreal height = hasPorts ? kWithPorts : kHeight;
            const qreal taken = static_cast<qreal>(row.size()) * (m_box + kBetween) - kBetween;
            qreal x = m_left + std::floor((m_width - taken) / 2);
            for (const QString& service : row) {
                m_layout.nodes.insert(service, {x, y, m_box, height});
                x += m_box + kBetween;
            }
            y += height + kGap;
        }
        m_bottom = y - kGap;
    }

    void placeVolumes() {
        QStringList volumes = idsOf(m_graph, Kind::Volume);
        if (volumes.isEmpty())
            return;
        const auto middle = [this](const QString& id) {
            qreal sum = 0;
            int count = 0;
            for (const StackEdge& edge : m_graph.edges) {
                if (edge.to == id) {
                    sum += m_layout.nodes.value(edge.from).center().x();
                    ++count;
                }
            }
            return count == 0 ? 0.0 : sum / count;
        };
        std::stable_sort(volumes.begin(), volumes.end(),
                         [&](const QString& a, const QString& b) { return middle(a) < middle(b); });
        const auto most =
            std::max<qsizetype>(1, static_cast<qsizetype>((m_width + kBetween) / (kVolumeWidth + kBetween)));
        qreal y = m_bottom + kGap + 4;
        for (qsizetype from = 0; from < volumes.size(); from += most) {
            const QStringList row = volumes.mid(from, most);
            const qreal step = kVolumeWidth + kBetween;
            // Below who uses it, and not over each other.
            QList<qreal> places;
            qreal least = m_left;
            for (qsizetype i = 0; i < row.size(); ++i) {
                const qreal last =
                    m_left + m_width - kVolumeWidth - static_cast<qreal>(row.size() - 1 - i) * step;
                const qreal x =
                    std::max(least, std::min(std::floor(middle(row[i]) - kVolumeWidth / 2), last));
                places.append(x);
                least = x + step;
            }
            for (qsizetype i = 0; i < row.size(); ++i)
                m_layout.nodes.insert(row[i], {places[i], y, kVolumeWidth, kVolumeHeight});
            y += kVolumeHeight + 14;
        }
        m_bottom = y - 14;
    }

    void placeNetworks() {
        qreal x = kMargin;
        for (const QString& network : m_networks) {
            const QList<qreal> rails = m_railsOf.value(network);
            const auto [top, bottom] =
                rails.isEmpty() ? std::pair(kMargin, kMargin) : std::pair(rails.first(), rails.last());
            // Its name must have room along it.
            const qreal name = 40 + 7.5 * static_cast<qreal>(m_graph.node(network)->name.size());
            const qreal height = std::max(bottom - top + 16, std::min(name, 150.0));
            m_layout.nodes.insert(network, {x, top - 8, kBar, height});
            x += kBar + kBetweenBars;
        }
    }

    void addLines() {
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            const StackEdge& edge = m_graph.edges[i];
            if (!m_layout.nodes.contains(edge.from) || !m_layout.nodes.contains(edge.to))
                continue;
            if (edge.kind == EdgeKind::Joins)
                m_layout.lines.append(rail(i, edge));
            else
                m_layout.lines.append(arrow(i, edge));
        }
    }

    StackLayout::Line rail(qsizetype number, const StackEdge& edge) const {
        const QRectF box = m_layout.nodes.value(edge.from), bar = m_layout.nodes.value(edge.to);
        const qreal y = m_rails.value(edge.to + u'\n' + edge.from, box.top() - 8);
        const qreal x = box.left() + kFirstDrop + static_cast<qreal>(m_networks.indexOf(edge.to)) * kRail;
        QPainterPath path(QPointF(bar.right(), y));
        path.lineTo(x, y);
        path.lineTo(x, box.top());
        return {number, path, {}};
    }

    // Those that leave a box, or reach it, are spread over its side.
    qreal spread(qsizetype number, bool leaving) const {
        const StackEdge& edge = m_graph.edges[number];
        const QString& id = leaving ? edge.from : edge.to;
        QList<qsizetype> same;
        for (qsizetype i = 0; i < m_graph.edges.size(); ++i) {
            const StackEdge& other = m_graph.edges[i];
            if (other.kind != EdgeKind::Joins && (leaving ? other.from : other.to) == id)
                same.append(i);
        }
        const auto far = [&](qsizetype i) {
            const StackEdge& other = m_graph.edges[i];
            return m_layout.nodes.value(leaving ? other.to : other.from).center().x();
        };
        std::stable_sort(same.begin(), same.end(), [&](qsizetype a, qsizetype b) { return far(a) < far(b); });
        const QRectF box = m_layout.nodes.value(id);
        const qreal step = std::min(26.0, box.width() / (static_cast<qreal>(same.size()) + 1));
        return box.center().x() +
               (static_cast<qreal>(same.indexOf(number)) - (static_cast<qreal>(same.size()) - 1) / 2) * step;
    }

    StackLayout::Line arrow(qsizetype number, const StackEdge& edge) const {
        const QRectF from = m_layout.nodes.value(edge.from), to = m_layout.nodes.value(edge.to);
        const QPointF begin(spread(number, true), from.bottom()), end(spread(number, false), to.top());
        const qreal bend = std::max(18.0, std::abs(end.y() - begin.y()) / 2);
        QPainterPath path(begin);
        path.cubicTo(begin + QPointF(0, bend), end - QPointF(0, bend), end);
        // Behind a box no words could be read: near the end, where there is always room.
        return {number, path, end - QPointF(0, 24)};
    }

    void finish() {
        QRectF bounds;
        for (const QRectF& box : std::as_const(m_layout.nodes))
            bounds |= box;
        for (const StackLayout::Line& line : std::as_const(m_layout.lines))
            bounds |= line.path.boundingRect();
        const qreal right = std::max(bounds.right(), m_left + m_width);
        m_layout.bounds = QRectF(QPointF(), QPointF(right + kMargin, bounds.bottom() + kMargin));
    }

    const StackGraph& m_graph;
    QStringList m_networks;
    qreal m_left = 0, m_box = kLeast, m_width = 0, m_bottom = 0;
    QHash<QString, qreal> m_rails; // by network and service
    QHash<QString, QList<qreal>> m_railsOf;
    StackLayout m_layout;
};

} // namespace

StackLayout layOut(const StackGraph& graph, qreal width) {
    if (graph.nodes.isEmpty())
        return {};
    return Drawing(graph, width).layout();
}

QString StackLayout::nodeAt(const QPointF& place) const {
    for (auto node = nodes.begin(); node != nodes.end(); ++node) {
        if (node.value().contains(place))
            return node.key();
    }
    return {};
}

QString StackLayout::nextFrom(const QString& id, int key, const StackGraph& graph) const {
    if (graph.nodes.isEmpty())
        return {};
    if (!nodes.contains(id))
        return graph.nodes.first().id;
    const QRectF at = nodes.value(id);
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    QString best;
    qreal least = std::numeric_limits<qreal>::max();
    for (const StackNode& other : graph.nodes) {
        const QPointF way = nodes.value(other.id).center() - at.center();
        const qreal along = key == Qt::Key_Left    ? -way.x()
                            : key == Qt::Key_Right ? way.x()
                            : key == Qt::Key_Up    ? -way.y()
                                                   : way.y();
        const qreal aside = std::abs(isAcross ? way.y() : way.x());
        if (other.id == id || along < 1)
            continue;
        if (const qreal distance = along + aside * 2; distance < least) {
            least = distance;
            best = other.id;
        }
    }
    return best;
}

} // namespace escale::gui
