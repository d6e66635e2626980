#include "gui/networks/topology_edge.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"
#include "gui/networks/topology_node.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPathStroker>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

constexpr qreal kReach = 12;                   // how near a click must be
constexpr qreal kSlowest = 14, kFastest = 190; // pixels a second
constexpr qreal kNear = 0.95;                  // from here on interfaces' names are written
constexpr int kNamePixels = 9;

// Calm: ten times the packets are a step, not ten times the speed.
qreal speedOf(double packetsPerSecond) {
    if (packetsPerSecond < 0.05)
        return 0;
    return std::min(kFastest, kSlowest + 42 * std::log10(1 + packetsPerSecond));
}

} // namespace

TopologyEdgeItem::TopologyEdgeItem() {
    setZValue(1);
}

void TopologyEdgeItem::setEdge(const TopologyEdge& edge) {
    m_edge = edge;
    update();
}

void TopologyEdgeItem::setPath(const QPainterPath& path) {
    if (path == m_path)
        return;
    prepareGeometryChange();
    m_path = path;
    m_points.clear();
    m_lengths.clear();
    qreal length = 0;
    for (const QPolygonF& part : path.toSubpathPolygons()) {
        for (const QPointF& point : part) {
            if (!m_points.isEmpty())
                length += std::hypot(point.x() - m_points.last().x(), point.y() - m_points.last().y());
            m_points.append(point);
            m_lengths.append(length);
        }
    }
    QPainterPathStroker stroker;
    stroker.setWidth(kReach);
    m_shape = stroker.createStroke(path);
    m_bounds = path.boundingRect().adjusted(-kReach, -kReach, kReach + 60, kReach);
}

void TopologyEdgeItem::setRate(const TrafficRate& rate) {
    m_rate = rate;
}

void TopologyEdgeItem::setLook(bool current, bool dimmed) {
    if (current == m_current && dimmed == m_dimmed)
        return;
    m_current = current;
    m_dimmed = dimmed;
    setZValue(current ? 1.5 : 1);
    update();
}

void TopologyEdgeItem::setScale(qreal scale) {
    const bool matters = (m_scale < kNear) != (scale < kNear) || m_scale < 1 || scale < 1;
    m_scale = scale;
    if (matters)
        update();
}

bool TopologyEdgeItem::advanceBy(qreal seconds) {
    const qreal in = speedOf(m_rate.inPackets), out = speedOf(m_rate.outPackets);
    m_inPhase = std::fmod(m_inPhase + in * seconds, m_spacing);
    m_outPhase = std::fmod(m_outPhase + out * seconds, m_spacing);
    return in > 0 || out > 0;
}

QPointF TopologyEdgeItem::at(qreal length) const {
    const auto after = std::lower_bound(m_lengths.begin(), m_lengths.end(), length);
    if (after == m_lengths.begin())
        return m_points.first();
    if (after == m_lengths.end())
        return m_points.last();
    const auto i = after - m_lengths.begin();
    const qreal piece = m_lengths[i] - m_lengths[i - 1];
    const qreal share = piece <= 0 ? 0 : (length - m_lengths[i - 1]) / piece;
    return m_points[i - 1] + (m_points[i] - m_points[i - 1]) * share;
}

void TopologyEdgeItem::addDots(QList<QPointF>& dots) const {
    if (m_points.size() < 2)
        return;
    const qreal whole = m_lengths.last();
    if (m_rate.inPackets >= 0.05) {
        for (qreal length = m_inPhase; length < whole; length += m_spacing)
            dots.append(at(length));
    }
    if (m_rate.outPackets >= 0.05) { // the other way, between them
        for (qreal length = m_outPhase + m_spacing / 2; length < whole; length += m_spacing)
            dots.append(at(whole - length));
    }
}

QColor TopologyEdgeItem::color() const {
    if (m_edge.hue >= 0)
        return topologyHue(m_edge.hue);
    return Colors::current().muted;
}

void TopologyEdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_dimmed)
        painter->setOpacity(0.22);
    const qreal least = 1 / std::clamp(m_scale, 0.3, 1.0); // a hair at least, far away
    QPen pen(color(), (m_current ? 3.2 : 1.5) * least, m_edge.isActive ? Qt::SolidLine : Qt::DotLine,
             Qt::RoundCap, Qt::RoundJoin);
    if (m_edge.kind == TopologyEdge::Publish)
        pen.setStyle(Qt::DashLine);
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    if (m_scale >= kNear && m_edge.kind == TopologyEdge::Veth && !m_edge.outside.isEmpty() &&
        !m_points.isEmpty())
        paintNames(*painter);
}

// The end that this machine sees, beside the line that goes down to the container.
void TopologyEdgeItem::paintNames(QPainter& painter) const {
    QFont font = monospace(QApplication::font());
    font.setPixelSize(kNamePixels);
    painter.setFont(font);
    painter.setPen(Colors::current().muted);
    const QPointF end = m_points.last();
    // A second line comes from below along the container: to its right the picture may end.
    const QPointF below(-5 - QFontMetricsF(font).horizontalAdvance(m_edge.outside), 11);
    painter.drawText(end + (m_edge.isSecondary ? below : QPointF(5, -6)), m_edge.outside);
}

} // namespace escale::gui
