#include "gui/networks/topology_node.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr qreal kRadius = 8, kPadding = 8, kTitle = 22, kLine = 17, kMark = 4, kDot = 8;
constexpr qreal kFar = 0.58;      // below it lines of details are too small
constexpr qreal kFarLetters = 11; // pixels on the screen
constexpr qreal kMargin = 3;      // room for the frame of the current one
constexpr int kTitlePixels = 14, kLinePixels = 12;

QFont fontOf(int pixels, bool bold, bool fixed = false) {
    QFont font = fixed ? monospace(QApplication::font()) : QApplication::font();
    font.setPixelSize(pixels);
    if (bold)
        font.setWeight(QFont::DemiBold);
    return font;
}

void drawElided(QPainter& painter, const QRectF& area, const QString& text,
                Qt::TextElideMode mode = Qt::ElideRight) {
    const QFontMetricsF metrics(painter.font());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(text, mode, area.width()));
}

// Drawn, not a picture: an export stays a drawing.
void drawWarning(QPainter& painter, const QRectF& area, const QColor& color) {
    painter.save();
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const qreal middle = area.center().x();
    painter.drawPolygon(QPolygonF({{middle, area.top() + 2},
                                   {area.right() - 1, area.bottom() - 2},
                                   {area.left() + 1, area.bottom() - 2}}));
    painter.drawLine(QPointF(middle, area.top() + 6.5), QPointF(middle, area.top() + 9.5));
    painter.drawPoint(QPointF(middle, area.top() + 11.7));
    painter.restore();
}

} // namespace

QColor topologyHue(int hue) {
    const Colors colors = Colors::current();
    if (hue < 0)
        return colors.muted;
    static constexpr int kHues[] = {212, 172, 272, 28, 325, 140, 192, 52};
    const bool dark = isDark(QApplication::palette());
    return QColor::fromHsl(kHues[hue % 8], dark ? 150 : 165, dark ? 158 : 96);
}

QColor reachColor(const QString& who) {
    const Colors colors = Colors::current();
    if (who == u"everybody")
        return colors.red;
    if (who == u"local")
        return colors.amber;
    return who == u"machine" ? colors.green : colors.muted;
}

TopologyNodeItem::TopologyNodeItem() {
    setZValue(2);
}

void TopologyNodeItem::setNode(const TopologyNode& node) {
    m_node = node;
    update();
}

void TopologyNodeItem::setSize(const QSizeF& size) {
    if (size == m_size)
        return;
    prepareGeometryChange();
    m_size = size;
}

void TopologyNodeItem::setRate(const QString& text, bool isBusy) {
    if (text == m_rate && isBusy == m_isBusy)
        return;
    m_isBusy = isBusy;
    m_rate = text;
    update();
}

void TopologyNodeItem::setLook(bool current, bool dimmed, bool target) {
    if (current == m_current && dimmed == m_dimmed && target == m_target)
        return;
    m_current = current;
    m_dimmed = dimmed;
    m_target = target;
    update();
}

void TopologyNodeItem::setScale(qreal scale) {
    const bool wasFar = m_scale < kFar, isFar = scale < kFar;
    const bool matters = wasFar != isFar || (isFar && !qFuzzyCompare(scale, m_scale));
    m_scale = scale;
    if (matters)
        update();
}

QRectF TopologyNodeItem::boundingRect() const {
    return QRectF(QPointF(), m_size).adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

QColor TopologyNodeItem::mark() const {
    switch (m_node.kind) {
    case TopologyNode::Network:
        return topologyHue(m_node.hue);
    case TopologyNode::Port:
        return reachColor(m_node.who);
    default:
        return {};
    }
}

void TopologyNodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors colors = Colors::current();
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_dimmed)
        painter->setOpacity(0.36);
    paintGround(*painter, colors);
    if (m_node.kind == TopologyNode::Firewall)
        paintBar(*painter, colors);
    else if (m_scale < kFar)
        paintFar(*painter, colors);
    else
        paintWords(*painter, colors);
}

void TopologyNodeItem::paintGround(QPainter& painter, const Colors& colors) const {
    const QRectF box(QPointF(), m_size);
    const bool isSoft = m_node.kind == TopologyNode::World || m_node.kind == TopologyNode::Firewall;
    painter.setBrush(m_target ? colors.selection : isSoft ? colors.sidebar : colors.base);
    QPen frame(m_current || m_target ? colors.accent : colors.border,
               (m_current || m_target ? 2.5 : 1) / std::clamp(m_scale, 0.3, 1.0));
    if (!m_node.isActive && !m_current)
        frame.setStyle(Qt::DashLine);
    painter.setPen(frame);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    if (const QColor color = mark(); color.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(5, 8, kMark, m_size.height() - 16), kMark / 2, kMark / 2);
    }
}

void TopologyNodeItem::paintWords(QPainter& painter, const Colors& colors) const {
    qreal left = kPadding + (mark().isValid() ? kMark + 3 : 0);
    const qreal right = m_size.width() - kPadding;
    qreal y = kPadding;
    if (m_node.kind == TopologyNode::Container || m_node.kind == TopologyNode::Interface) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_node.isActive ? colors.green : colors.muted);
        painter.drawEllipse(QRectF(left, y + (kTitle - kDot) / 2, kDot, kDot));
        left += 2 * kDot;
    }
    qreal titleRight = right;
    if (m_node.kind == TopologyNode::Network && m_node.state == u"warning") {
        titleRight -= 20;
        drawWarning(painter, {right - 16, y + 3, 16, 16}, colors.amber);
    }
    painter.setPen(m_node.isActive ? colors.text : colors.muted);
    painter.setFont(fontOf(kTitlePixels, true));
    drawElided(painter, {left, y, titleRight - left, kTitle}, m_node.title);
    y += kTitle;
    painter.setPen(colors.muted);
    left = kPadding + (mark().isValid() ? kMark + 3 : 0);
    const bool fixed = m_node.kind != TopologyNode::World;
    painter.setFont(fontOf(kLinePixels, false, fixed));
    for (const QString& line : m_node.lines) {
        drawElided(painter, {left, y, right - left, kLine}, line, Qt::ElideMiddle);
        y += kLine;
    }
    if (m_rate.isEmpty())
        return;
    painter.setFont(fontOf(kLinePixels, false));
    painter.setPen(m_isBusy ? (mark().isValid() ? mark() : colors.text) : colors.muted);
    drawElided(painter, {left, y, right - left, kLine}, m_rate);
}

// The name in letters of one size on the screen, whatever the scale; on two lines where there is room.
void TopologyNodeItem::paintFar(QPainter& painter, const Colors& colors) const {
    const int pixels = static_cast<int>(std::min(kFarLetters / m_scale, m_size.height() * 0.62));
    QRectF area = QRectF(QPointF(), m_size).adjusted(kPadding, 2, -5, -2);
    if (mark().isValid())
        area.setLeft(area.left() + kMark + 2);
    painter.setPen(m_node.isActive ? colors.text : colors.muted);
    painter.setFont(fontOf(std::max(pixels, kTitlePixels), m_node.kind == TopologyNode::Network));
    // Of a port the number tells more than the address.
    const bool isPort = m_node.kind == TopologyNode::Port;
    drawElided(painter, area, isPort ? u':' + m_node.title.section(u':', -1) : m_node.title, Qt::ElideMiddle);
}

// Upright, along the bar that all routed packets pass.
void TopologyNodeItem::paintBar(QPainter& painter, const Colors& colors) const {
    painter.save();
    painter.translate(m_size.width() / 2, m_size.height() / 2);
    painter.rotate(-90);
    const int pixels =
        m_scale < kFar ? static_cast<int>(std::min(kFarLetters / m_scale, 24.0)) : kTitlePixels;
    const QRectF line(-m_size.height() / 2, -pixels * 0.8 - 8, m_size.height(), pixels * 1.6);
    painter.setPen(colors.text);
    painter.setFont(fontOf(pixels, true));
    painter.drawText(line, Qt::AlignCenter, m_node.title);
    if (m_scale >= kFar) {
        painter.setPen(colors.muted);
        painter.setFont(fontOf(kLinePixels, false, true));
        painter.drawText(line.translated(0, 17), Qt::AlignCenter, m_node.lines.join(QStringLiteral(" · ")));
    }
    painter.restore();
}

} // namespace escale::gui
