#include "gui/networks/topology_view.h"

#include "gui/common/theme.h"
#include "gui/networks/topology_edge.h"
#include "gui/networks/topology_node.h"
#include "gui/networks/topology_scene.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr int kFrame = 33; // milliseconds between two steps
static constexpr qreal kLeastZoom = 0.12, kMostZoom = 3, kStep = 1.2;
static constexpr qreal kFitMost = 1.1;                          // a small topology is not blown up
static constexpr qreal kDot = 5, kLeastDot = 3.4, kMostDot = 8; // of the scene, then of the screen
static constexpr int kDotRoom = 10;

TopologyView::TopologyView(TopologyScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
    , m_animated(desktopAnimates()) {
    installDrawingAccessibility();
    setObjectName(QStringLiteral("networksPane.topology"));
    setAccessibleName(tr("Topology of the networks"));
    setAccessibleDescription(tr("Arrows go from part to part, Space along its connections, plus and minus "
                                "zoom, 0 shows all of it."));
    setFrameShape(NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setDragMode(ScrollHandDrag);
    setTransformationAnchor(AnchorUnderMouse);
    setResizeAnchor(AnchorViewCenter);
    setViewportUpdateMode(FullViewportUpdate);
    setMouseTracking(true);
    setAlignment(Qt::AlignCenter);
    m_frame.setInterval(kFrame);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &TopologyView::advance);
    connect(&m_scene, &QGraphicsScene::changed, this, [this] {
        m_still = {};
        viewport()->update();
    });
    connect(&m_scene, &TopologyScene::graphChanged, this, [this] {
        if (m_fits)
            fit();
    });
    connect(&m_scene, &TopologyScene::currentChanged, this, [this](const QString& id) {
        if (hasFocus())
            announcePart(*this, id);
    });
}

QStringList TopologyView::partIds() const {
    QStringList all;
    for (const TopologyNode& node : m_scene.graph().nodes)
        all.append(node.id);
    for (const TopologyEdge& edge : m_scene.graph().edges)
        all.append(edge.id);
    return all;
}

QString TopologyView::spokenPart(const QString& id) const {
    const TopologyGraph& graph = m_scene.graph();
    if (const TopologyNode* node = graph.node(id))
        return spokenNode(graph, *node);
    const TopologyEdge* edge = graph.edge(id);
    return edge == nullptr ? QString() : spokenEdge(graph, *edge);
}

QRect TopologyView::partRect(const QString& id) const {
    QRectF box;
    if (const TopologyNodeItem* item = m_scene.nodeItem(id))
        box = item->box();
    else if (const TopologyEdgeItem* line = m_scene.edgeItem(id))
        box = line->path().boundingRect();
    return mapFromScene(box).boundingRect();
}

QString TopologyView::currentPart() const {
    return m_scene.current();
}

bool TopologyView::desktopAnimates() {
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

void TopologyView::setAnimated(bool on) {
    m_animated = on;
    updateMovement();
    viewport()->update();
}

void TopologyView::updateMovement() {
    bool any = false;
    for (const TopologyEdgeItem* item : m_scene.edgeItems())
        any = any || item->rate().packets() >= 0.05;
    const bool moves = any && m_animated && isVisible() && !window()->isMinimized();
    if (moves == m_frame.isActive())
        return;
    if (moves) {
        m_clock.start();
        m_frame.start();
    } else {
        m_frame.stop();
        viewport()->update();
    }
}

void TopologyView::advance() {
    const qreal seconds = std::min<qreal>(static_cast<qreal>(m_clock.restart()) / 1000, 0.1);
    bool any = false;
    for (TopologyEdgeItem* item : m_scene.edgeItems())
        any = item->advanceBy(seconds) || any;
    if (any)
        viewport()->update();
}

void TopologyView::fit() {
    m_fits = true;
    const QRectF all = m_scene.sceneRect();
    if (all.isEmpty() || viewport()->width() < 10)
        return;
    const qreal scale =
        std::min({viewport()->width() / all.width(), viewport()->height() / all.height(), kFitMost});
    setTransform(QTransform::fromScale(scale, scale));
    centerOn(all.center());
    showScale();
}

void TopologyView::zoomBy(qreal factor) {
    const qreal scale = std::clamp(transform().m11() * factor, kLeastZoom, kMostZoom);
    m_fits = false;
    setTransform(QTransform::fromScale(scale, scale));
    showScale();
}

void TopologyView::showScale() {
    m_still = {};
    m_scene.setScale(transform().m11());
}

void TopologyView::goTo(const QString& id) {
    m_scene.setCurrent(id);
    if (const TopologyNodeItem* item = m_scene.nodeItem(id))
        ensureVisible(item->box(), 24, 24);
}

// The edges of a node one after another, then the node again.
void TopologyView::nextEdge() {
    const QString current = m_scene.current();
    const TopologyGraph& graph = m_scene.graph();
    const TopologyEdge* at = graph.edge(current);
    const QString node = at != nullptr ? property("node").toString() : current;
    QStringList edges;
    for (const TopologyEdge& edge : graph.edges) {
        if (edge.from == node || edge.to == node)
            edges.append(edge.id);
    }
    if (edges.isEmpty())
        return;
    setProperty("node", node);
    const qsizetype next = at == nullptr ? 0 : edges.indexOf(current) + 1;
    m_scene.setCurrent(next < edges.size() ? edges[next] : node);
}

// Of a line Delete means the line, not what the pane's menu would remove.
bool TopologyView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Delete) &&
        m_scene.graph().edge(m_scene.current()) != nullptr) {
        event->accept();
        return true;
    }
    return QGraphicsView::event(event);
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    const bool bare = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0;
    if (!bare)
        return QGraphicsView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const QString next = m_scene.nextFrom(m_scene.current(), event->key()); !next.isEmpty())
            goTo(next);
        return;
    case Qt::Key_Space:
        return nextEdge();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return Q_EMIT activated(m_scene.current());
    case Qt::Key_Delete:
        return Q_EMIT removeRequested(m_scene.current());
    case Qt::Key_Escape:
        if (m_drag.isOn) {
            m_drag = {};
            m_scene.setDropTarget({});
            return viewport()->update();
        }
        return m_scene.setCurrent({});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(kStep);
    case Qt::Key_Minus:
        return zoomBy(1 / kStep);
    case Qt::Key_0:
        return fit();
    case Qt::Key_Home:
        return m_scene.graph().nodes.isEmpty() ? void() : goTo(m_scene.graph().nodes.first().id);
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void TopologyView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void TopologyView::press(const QPoint& place) {
    const QString id = m_scene.idAt(mapToScene(place));
    m_scene.setCurrent(id);
    m_drag = {};
    m_pressed = place;
    if (const TopologyNode* node = m_scene.graph().node(id);
        node != nullptr && node->kind == TopologyNode::Container)
        m_drag = {node->object, {}, m_scene.nodeItem(id)->box().center(), {}, false};
    else if (const TopologyEdge* edge = m_scene.graph().edge(id);
             edge != nullptr && edge->kind == TopologyEdge::Veth)
        m_drag = {edge->container, edge->network, m_scene.nodeItem(edge->to)->box().center(), {}, false};
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        press(event->pos());
        if (!m_scene.current().isEmpty())
            return event->accept();
    }
    QGraphicsView::mousePressEvent(event); // moves the whole
}

// A network that the dragged container is not in.
QString TopologyView::dropTarget(const QPointF& place) const {
    const TopologyNode* node = m_scene.graph().node(m_scene.idAt(place));
    if (node == nullptr || node->kind != TopologyNode::Network || node->object.isEmpty())
        return {};
    const bool isIn =
        m_scene.graph().edge(QStringLiteral("veth:") + node->object + u':' + m_drag.container) != nullptr;
    return isIn ? QString() : node->id;
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
    if (m_drag.container.isEmpty() || !event->buttons().testFlag(Qt::LeftButton)) {
        if (event->buttons() == Qt::NoButton)
            viewport()->setCursor(m_scene.idAt(mapToScene(event->pos())).isEmpty() ? Qt::OpenHandCursor
                                                                                   : Qt::PointingHandCursor);
        return QGraphicsView::mouseMoveEvent(event);
    }
    m_drag.isOn =
        m_drag.isOn || (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!m_drag.isOn)
        return;
    m_drag.at = mapToScene(event->pos());
    m_scene.setDropTarget(dropTarget(m_drag.at));
    viewport()->setCursor(Qt::ClosedHandCursor);
    viewport()->update();
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, {});
    m_scene.setDropTarget({});
    QGraphicsView::mouseReleaseEvent(event);
    if (!drag.isOn)
        return;
    viewport()->update();
    m_drag.container = drag.container; // for the question who is in it
    const QPointF place = mapToScene(event->pos());
    const QString target = dropTarget(place);
    m_drag = {};
    if (!target.isEmpty())
        Q_EMIT connectRequested(m_scene.graph().node(target)->object, drag.container);
    else if (!drag.network.isEmpty() && m_scene.idAt(place).isEmpty()) // pulled off
        Q_EMIT disconnectRequested(drag.network, drag.container);
}

void TopologyView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const QString id = m_scene.idAt(mapToScene(event->pos())); !id.isEmpty())
        Q_EMIT activated(id);
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event) {
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        m_scene.setCurrent(m_scene.idAt(mapToScene(viewport()->mapFrom(this, event->pos()))));
    } else if (const TopologyNodeItem* item = m_scene.nodeItem(m_scene.current())) {
        place = viewport()->mapToGlobal(mapFromScene(item->box().center()));
    }
    Q_EMIT menuRequested(place);
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    m_still = {};
    if (m_fits)
        fit();
}

void TopologyView::showEvent(QShowEvent* event) {
    QGraphicsView::showEvent(event);
    updateMovement();
}

void TopologyView::hideEvent(QHideEvent* event) {
    QGraphicsView::hideEvent(event);
    m_frame.stop();
}

void TopologyView::changeEvent(QEvent* event) {
    QGraphicsView::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange)
        return;
    m_still = {};
    viewport()->update();
}

void TopologyView::focusInEvent(QFocusEvent* event) {
    QGraphicsView::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && m_scene.current().isEmpty() &&
        !m_scene.graph().nodes.isEmpty())
        announcePart(*this, {});
}

void TopologyView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    m_still = {};
    viewport()->update();
}

void TopologyView::drawStill() {
    const qreal ratio = devicePixelRatioF();
    m_still = QPixmap(viewport()->size() * ratio);
    m_still.setDevicePixelRatio(ratio);
    m_still.fill(Colors::current().base);
    m_dots.clear(); // their colours are the palette's
    QPainter painter(&m_still);
    painter.setRenderHints(renderHints());
    render(&painter, QRectF(QPointF(), QSizeF(viewport()->size())), viewport()->rect());
}

void TopologyView::paintEvent(QPaintEvent*) {
    if (m_still.isNull())
        drawStill();
    QPainter painter(viewport());
    painter.drawPixmap(0, 0, m_still);
    if (m_animated)
        paintTraffic(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setWorldTransform(viewportTransform());
    paintDrag(painter);
}

const QPixmap& TopologyView::dotOf(const QColor& color) {
    QPixmap& dot = m_dots[color.rgba()];
    if (!dot.isNull())
        return dot;
    const qreal ratio = devicePixelRatioF(), side = kDotRoom;
    dot = QPixmap(QSize(kDotRoom, kDotRoom) * ratio);
    dot.setDevicePixelRatio(ratio);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const qreal radius = std::clamp(kDot * transform().m11(), kLeastDot, kMostDot) / 2;
    painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius);
    return dot;
}

void TopologyView::paintTraffic(QPainter& painter) {
    const QTransform toViewport = viewportTransform();
    const QRectF seen = viewport()->rect();
    for (const TopologyEdgeItem* item : m_scene.edgeItems()) {
        if (item->isDimmed() || !item->isVisible() || item->rate().packets() < 0.05)
            continue;
        m_places.clear();
        item->addDots(m_places);
        const QPixmap& dot = dotOf(item->color());
        for (const QPointF& place : std::as_const(m_places)) {
            const QPointF at = toViewport.map(place);
            if (seen.contains(at))
                painter.drawPixmap(at - QPointF(kDotRoom / 2.0, kDotRoom / 2.0), dot);
        }
    }
}

void TopologyView::paintDrag(QPainter& painter) const {
    if (!m_drag.isOn)
        return;
    const Colors colors = Colors::current();
    painter.setPen(QPen(colors.accent, 2 / transform().m11(), Qt::DashLine));
    painter.drawLine(m_drag.start, m_drag.at);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accent);
    const qreal radius = 5 / transform().m11();
    painter.drawEllipse(m_drag.at, radius, radius);
}

} // namespace escale::gui
