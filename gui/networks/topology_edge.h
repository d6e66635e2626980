// A line of the topology, along which its traffic moves.
#pragma once

#include "gui/networks/topology_graph.h"
#include "gui/networks/traffic_rates.h"

#include <QGraphicsItem>
#include <QPainterPath>

#include <algorithm>

namespace escale::gui {

class TopologyEdgeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    TopologyEdgeItem();
    [[nodiscard]] int type() const override { return Type; }

    void setEdge(const TopologyEdge& edge);
    [[nodiscard]] const TopologyEdge& edge() const { return m_edge; }
    void setPath(const QPainterPath& path);
    [[nodiscard]] const QPainterPath& path() const { return m_path; }
    void setRate(const TrafficRate& rate);
    [[nodiscard]] const TrafficRate& rate() const { return m_rate; }
    /// So many lines run along the same one: each shows fewer packets there.
    void setSharing(int lines) { m_spacing = kSpacing * std::max(1.0, lines / 2.0); }
    void setLook(bool current, bool dimmed);
    void setScale(qreal scale);

    /// Moves its traffic on; true when there is something to be drawn anew.
    bool advanceBy(qreal seconds);
    /// Adds where its packets are now: scene coordinates.
    void addDots(QList<QPointF>& dots) const;
    [[nodiscard]] QColor color() const;
    [[nodiscard]] bool isDimmed() const { return m_dimmed; }

    [[nodiscard]] QRectF boundingRect() const override { return m_bounds; }
    [[nodiscard]] QPainterPath shape() const override { return m_shape; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    static constexpr qreal kSpacing = 52; // between two dots

    [[nodiscard]] QPointF at(qreal length) const;
    void paintNames(QPainter& painter) const;

    TopologyEdge m_edge;
    QPainterPath m_path, m_shape;
    QRectF m_bounds;
    QList<QPointF> m_points; // along the path
    QList<qreal> m_lengths;  // from its beginning, of each
    TrafficRate m_rate;
    qreal m_scale = 1, m_inPhase = 0, m_outPhase = 0, m_spacing = kSpacing;
    bool m_current = false, m_dimmed = false;
};

} // namespace escale::gui
