#include "gui/stacks/stack_graph_view.h"

#include "gui/common/theme.h"
#include "gui/stacks/stack_graph_paint.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr int kFrame = 60, kStillFrame = 1000; // milliseconds
static constexpr qreal kLeastFit = 0.72;              // smaller letters cannot be read
static constexpr qreal kLeastZoom = 0.4, kMostZoom = 2, kStep = 1.15;
static constexpr qint64 kTurn = 900; // milliseconds of the turning mark

StackGraphView::StackGraphView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    installDrawingAccessibility();
    setObjectName(QStringLiteral("stacksPane.graph"));
    setAccessibleName(tr("Services, networks and volumes of the stack"));
    setAccessibleDescription(
        tr("Arrows go from part to part, Return shows its line in the file, plus and minus zoom."));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    m_clock.start();
    connect(&m_frame, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
}

void StackGraphView::setGraph(const StackGraph& graph) {
    m_graph = graph;
    renew();
    updateMovement();
    viewport()->update();
}

void StackGraphView::renew() {
    if (m_fits)
        layOutToFit();
    else
        m_layout = layOut(m_graph, viewport()->width() / m_scale);
    if (!m_current.isEmpty() && !m_layout.nodes.contains(m_current))
        setCurrent({});
    updateBars();
}

// All of it, if that can be read: laid out for the room, then made smaller.
void StackGraphView::layOutToFit() {
    m_scale = 1;
    m_layout = layOut(m_graph, viewport()->width());
    const QSizeF whole = m_layout.bounds.size();
    if (whole.isEmpty())
        return;
    m_scale = std::clamp(std::min(viewport()->height() / whole.height(), viewport()->width() / whole.width()),
                         kLeastFit, 1.0);
    if (m_scale < 1) // there may be room for wider rows now
        m_layout = layOut(m_graph, viewport()->width() / m_scale);
}

void StackGraphView::updateBars() {
    const QSizeF whole = m_layout.bounds.size() * m_scale;
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(whole.width()) - viewport()->width()));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(whole.height()) - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setPageStep(viewport()->height());
    horizontalScrollBar()->setSingleStep(20);
    verticalScrollBar()->setSingleStep(20);
}

// While something is worked on. On a desktop without animations it turns once a second.
void StackGraphView::updateMovement() {
    const bool works = std::any_of(m_graph.nodes.begin(), m_graph.nodes.end(), [](const StackNode& node) {
        return node.state == StackNode::State::Working || node.state == StackNode::State::Starting;
    });
    if (!works || !isVisible())
        return m_frame.stop();
    const bool animates = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    m_frame.start(animates ? kFrame : kStillFrame);
}

void StackGraphView::setFilter(const QString& text) {
    m_filter = text;
    viewport()->update();
}

void StackGraphView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

void StackGraphView::setCurrent(const QString& node) {
    if (!node.isEmpty())
        showNode(node);
    if (node == m_current)
        return;
    m_current = node;
    viewport()->update();
    if (hasFocus())
        announcePart(*this, node);
    Q_EMIT currentChanged(node);
}

void StackGraphView::showNode(const QString& id) {
    const QRectF box = m_layout.nodes.value(id);
    if (box.isNull())
        return;
    const auto reach = [this](QScrollBar* bar, qreal low, qreal high, int page) {
        const int first = static_cast<int>(low * m_scale) - 16, last = static_cast<int>(high * m_scale) + 16;
        if (first < bar->value())
            bar->setValue(first);
        else if (last > bar->value() + page)
            bar->setValue(last - page);
    };
    reach(verticalScrollBar(), box.top(), box.bottom(), viewport()->height());
    reach(horizontalScrollBar(), box.left(), box.right(), viewport()->width());
}

void StackGraphView::zoomBy(qreal factor) {
    m_fits = factor == 0;
    if (!m_fits)
        m_scale = std::clamp(m_scale * factor, kLeastZoom, kMostZoom);
    renew();
    viewport()->update();
}

// In the middle when there is more room than it takes.
QPointF StackGraphView::offset() const {
    const QSizeF whole = m_layout.bounds.size() * m_scale;
    const qreal x = whole.width() < viewport()->width()
                        ? std::floor((viewport()->width() - whole.width()) / 2)
                        : -horizontalScrollBar()->value();
    return {x, -static_cast<qreal>(verticalScrollBar()->value())};
}

QPointF StackGraphView::toGraph(const QPoint& place) const {
    return (QPointF(place) - offset()) / m_scale;
}

QStringList StackGraphView::partIds() const {
    QStringList all;
    for (const StackNode& node : m_graph.nodes)
        all.append(node.id);
    return all;
}

QString StackGraphView::spokenPart(const QString& id) const {
    const StackNode* node = m_graph.node(id);
    return node == nullptr ? QString() : spokenNode(m_graph, *node);
}

QRect StackGraphView::partRect(const QString& id) const {
    const QRectF box = m_layout.nodes.value(id);
    return {(box.topLeft() * m_scale + offset()).toPoint(), (box.size() * m_scale).toSize()};
}

bool StackGraphView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString id = m_layout.nodeAt(toGraph(help->pos()));
    QToolTip::showText(help->globalPos(), id.isEmpty() ? QString() : spokenPart(id), viewport(),
                       partRect(id));
    return true;
}

void StackGraphView::paintEvent(QPaintEvent*) {
    const Colors colors = Colors::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.base);
    if (m_graph.nodes.isEmpty()) {
        painter.setPen(colors.muted);
        painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         m_placeholder);
        return;
    }
    painter.translate(offset());
    painter.scale(m_scale, m_scale);
    StackLook look;
    look.current = m_current;
    look.filter = m_filter;
    look.turn = static_cast<qreal>(m_clock.elapsed() % kTurn) / static_cast<qreal>(kTurn);
    paintStack(painter, m_graph, m_layout, look);
}

void StackGraphView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    renew();
    showNode(m_current);
}

void StackGraphView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const QString next = m_layout.nextFrom(m_current, event->key(), m_graph); !next.isEmpty())
            setCurrent(next);
        return;
    case Qt::Key_Home:
        return m_graph.nodes.isEmpty() ? void() : setCurrent(m_graph.nodes.first().id);
    case Qt::Key_End:
        return m_graph.nodes.isEmpty() ? void() : setCurrent(m_graph.nodes.last().id);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & Qt::ControlModifier)
            break;
        if (!m_current.isEmpty())
            Q_EMIT activated(m_current);
        return;
    case Qt::Key_Escape:
        return setCurrent({});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(kStep);
    case Qt::Key_Minus:
        return zoomBy(1 / kStep);
    case Qt::Key_0:
        return zoomBy(0);
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void StackGraphView::mousePressEvent(QMouseEvent* event) {
    const QString id = m_layout.nodeAt(toGraph(event->pos()));
    setCurrent(id);
    if (id.isEmpty() && event->button() == Qt::LeftButton) {
        m_pressed = event->pos();
        viewport()->setCursor(Qt::ClosedHandCursor);
    }
}

void StackGraphView::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed.isNull())
        return;
    const QPoint way = event->pos() - std::exchange(m_pressed, event->pos());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - way.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - way.y());
}

void StackGraphView::mouseReleaseEvent(QMouseEvent*) {
    m_pressed = {};
    viewport()->unsetCursor();
}

void StackGraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const QString id = m_layout.nodeAt(toGraph(event->pos())); !id.isEmpty())
        Q_EMIT activated(id);
}

void StackGraphView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void StackGraphView::contextMenuEvent(QContextMenuEvent* event) {
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse)
        setCurrent(m_layout.nodeAt(toGraph(viewport()->mapFromGlobal(place))));
    else if (!m_current.isEmpty())
        place = viewport()->mapToGlobal(partRect(m_current).center());
    Q_EMIT menuRequested(m_current, place);
}

void StackGraphView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    updateMovement();
}

void StackGraphView::hideEvent(QHideEvent* event) {
    QAbstractScrollArea::hideEvent(event);
    m_frame.stop();
}

void StackGraphView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

} // namespace escale::gui
