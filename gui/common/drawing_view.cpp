#include "gui/common/drawing_view.h"

#include "gui/common/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr qreal kLeastZoom = 0.3, kMostZoom = 3, kStep = 1.15;

DrawingView::DrawingView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    installDrawingAccessibility();
    setAccessibleDescription(tr("Arrows go from box to box, plus and minus zoom, 0 shows all of it."));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(false);
}

void DrawingView::setDrawing(const Drawing& drawing) {
    const bool isAnother = drawing.title != m_drawing.title;
    m_drawing = drawing;
    setAccessibleName(drawing.title);
    if (m_drawing.box(m_current) == nullptr)
        setCurrent({});
    if (m_fits)
        fit();
    updateBars();
    if (isAnother) { // from its beginning
        horizontalScrollBar()->setValue(0);
        verticalScrollBar()->setValue(0);
    }
    viewport()->update();
}

void DrawingView::fit() {
    m_scale = 1;
    const QSizeF whole = m_drawing.bounds.size();
    if (!whole.isEmpty())
        m_scale =
            std::clamp(std::min(viewport()->height() / whole.height(), viewport()->width() / whole.width()),
                       kLeastFit, 1.0);
}

void DrawingView::updateBars() {
    const QSizeF whole = m_drawing.bounds.size() * m_scale;
    horizontalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(whole.width())) - viewport()->width()));
    verticalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(whole.height())) - viewport()->height()));
    for (auto [bar, page] : {std::pair{horizontalScrollBar(), viewport()->width()},
                             {verticalScrollBar(), viewport()->height()}}) {
        bar->setPageStep(page);
        bar->setSingleStep(20);
    }
}

void DrawingView::setFilter(const QString& text) {
    m_filter = text;
    viewport()->update();
}

void DrawingView::setCurrent(const QString& id) {
    if (!id.isEmpty())
        showBox(id);
    if (id == m_current)
        return;
    m_current = id;
    viewport()->update();
    if (hasFocus())
        announcePart(*this, id);
    Q_EMIT currentChanged(id);
}

void DrawingView::showBox(const QString& id) {
    const DrawnBox* box = m_drawing.box(id);
    if (box == nullptr)
        return;
    const auto reach = [this](QScrollBar* bar, qreal low, qreal high, int page) {
        const int first = static_cast<int>(low * m_scale) - 16;
        const int last =
            std::min(static_cast<int>(high * m_scale) + 16, first + page); // of a large one its beginning
        if (first < bar->value())
            bar->setValue(first);
        else if (last > bar->value() + page)
            bar->setValue(last - page);
    };
    reach(verticalScrollBar(), box->rect.top(), box->rect.bottom(), viewport()->height());
    reach(horizontalScrollBar(), box->rect.left(), box->rect.right(), viewport()->width());
}

void DrawingView::zoomBy(qreal factor) {
    const QPointF middle = toDrawing(viewport()->rect().center());
    m_fits = factor == 0;
    if (m_fits)
        fit();
    else
        m_scale = std::clamp(m_scale * factor, kLeastZoom, kMostZoom);
    updateBars();
    const QPointF moved = middle * m_scale - QPointF(viewport()->rect().center());
    horizontalScrollBar()->setValue(static_cast<int>(moved.x()));
    verticalScrollBar()->setValue(static_cast<int>(moved.y()));
    viewport()->update();
}

// In the middle when there is more room than it takes.
QPointF DrawingView::offset() const {
    const qreal room = viewport()->width() - m_drawing.bounds.width() * m_scale;
    return {room > 0 ? std::floor(room / 2) : -horizontalScrollBar()->value(),
            -static_cast<qreal>(verticalScrollBar()->value())};
}

QPointF DrawingView::toDrawing(const QPoint& place) const {
    return (QPointF(place) - offset()) / m_scale;
}

QStringList DrawingView::partIds() const {
    QStringList all;
    for (const DrawnBox& box : m_drawing.boxes) {
        if (!box.id.isEmpty())
            all.append(box.id);
    }
    return all;
}

QString DrawingView::spokenPart(const QString& id) const {
    const DrawnBox* box = m_drawing.box(id);
    if (box == nullptr)
        return {};
    return box->spoken.isEmpty() ? box->lines.join(QStringLiteral(", ")) : box->spoken;
}

QRect DrawingView::partRect(const QString& id) const {
    const DrawnBox* box = m_drawing.box(id);
    return box == nullptr ? QRect()
                          : QRect((box->rect.topLeft() * m_scale + offset()).toPoint(),
                                  (box->rect.size() * m_scale).toSize());
}

bool DrawingView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString id = m_drawing.boxAt(toDrawing(help->pos()));
    const DrawnBox* box = m_drawing.box(id);
    QToolTip::showText(help->globalPos(),
                       box == nullptr           ? QString()
                       : box->toolTip.isEmpty() ? spokenPart(id)
                                                : box->toolTip,
                       viewport(), partRect(id));
    return true;
}

void DrawingView::paintEvent(QPaintEvent*) {
    const Colors colors = Colors::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.base);
    painter.translate(offset());
    painter.scale(m_scale, m_scale);
    paintDrawing(painter, m_drawing, colors, {m_current, m_filter, hasFocus()});
}

void DrawingView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (m_fits)
        fit();
    updateBars();
}

void DrawingView::keyPressEvent(QKeyEvent* event) {
    const QStringList all = partIds();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const QString next = m_drawing.nextFrom(m_current, event->key()); !next.isEmpty())
            setCurrent(next);
        return;
    case Qt::Key_Home:
        return all.isEmpty() ? void() : setCurrent(all.first());
    case Qt::Key_End:
        return all.isEmpty() ? void() : setCurrent(all.last());
    case Qt::Key_Return:
    case Qt::Key_Enter:
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
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void DrawingView::mousePressEvent(QMouseEvent* event) {
    setCurrent(m_drawing.boxAt(toDrawing(event->pos())));
    m_pressedOn = event->button() == Qt::LeftButton ? m_current : QString();
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)
        m_pressed = event->pos();
}

void DrawingView::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed.isNull())
        return;
    const QPoint way = event->pos() - m_pressed;
    if (!m_pressedOn.isEmpty() && way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_pressedOn.clear();
    m_pressed = event->pos();
    viewport()->setCursor(Qt::ClosedHandCursor);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - way.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - way.y());
}

void DrawingView::mouseReleaseEvent(QMouseEvent*) {
    m_pressed = {};
    viewport()->unsetCursor();
    if (const QString on = std::exchange(m_pressedOn, {}); !on.isEmpty())
        Q_EMIT clicked(on);
}

void DrawingView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const QString id = m_drawing.boxAt(toDrawing(event->pos())); !id.isEmpty())
        Q_EMIT activated(id);
}

void DrawingView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void DrawingView::contextMenuEvent(QContextMenuEvent* event) {
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse)
        setCurrent(m_drawing.boxAt(toDrawing(viewport()->mapFromGlobal(place))));
    else if (!m_current.isEmpty())
        place = viewport()->mapToGlobal(partRect(m_current).center());
    Q_EMIT menuRequested(m_current, place);
}

void DrawingView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

} // namespace escale::gui
