#include "gui/common/terminal_view.h"

#include "gui/common/format.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QScrollBar>

#include <algorithm>

namespace escale::gui {

static constexpr int kPadding = 8; // pixels around the cells
static constexpr int kLeastZoom = -4, kMostZoom = 16;

TerminalView::TerminalView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    setAccessibleName(tr("Terminal"));
    setAccessibleDescription(tr("Tab belongs to the program; Ctrl+Tab goes on to the next element."));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would change the columns
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, // disabled it is not drawn
            [this](int least, int most) { verticalScrollBar()->setEnabled(most > least); });
    verticalScrollBar()->setEnabled(false);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    setFont(monospace(font()));
    m_fontSize = font().pointSizeF();
    applyPalette();
    measure();
    connect(&m_screen, &TerminalScreen::damaged, this, &TerminalView::updateCells);
    connect(&m_screen, &TerminalScreen::scrolled, this, &TerminalView::takeScrolled);
    connect(&m_screen, &TerminalScreen::cursorMoved, this, [this](const QPoint& before) {
        updateCells(QRect(before, QSize(2, 1)));
        updateCells(QRect(m_screen.cursor(), QSize(2, 1)));
        updateMicroFocus();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_following = value >= m_screen.scrollbackLines();
        viewport()->update();
    });
}

void TerminalView::setAlive(bool alive) {
    m_alive = alive;
    viewport()->update();
}

void TerminalView::applyPalette() {
    m_colors = TerminalColors::of(palette());
    viewport()->update();
}

void TerminalView::setZoom(int steps) {
    m_zoom = std::clamp(steps, kLeastZoom, kMostZoom);
    QFont zoomed = font();
    zoomed.setPointSizeF(std::max(5.0, m_fontSize + m_zoom));
    setFont(zoomed);
}

void TerminalView::measure() {
    const QFontMetricsF metrics(font());
    m_cell = QSize(std::max(1, qRound(metrics.horizontalAdvance(QLatin1Char('M')))),
                   std::max(1, qCeil(metrics.height())));
    m_ascent = qRound(metrics.ascent());
}

// As many columns and rows as the widget has room for.
void TerminalView::fit() {
    const QSize room = viewport()->size() - QSize(2 * kPadding, 2 * kPadding);
    const QSize size(std::max(2, room.width() / m_cell.width()),
                     std::max(1, room.height() / m_cell.height()));
    verticalScrollBar()->setPageStep(size.height());
    if (size == m_screen.size())
        return;
    m_screen.resize(size);
    m_selection.clear();
    toEnd();
    Q_EMIT sizeChanged(size);
}

void TerminalView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (isVisible()) // what the layout has not placed yet has no size of its own
        fit();
}

void TerminalView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    fit();
}

void TerminalView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
    if (event->type() == QEvent::FontChange) {
        measure();
        if (isVisible())
            fit();
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

int TerminalView::firstLine() const {
    return verticalScrollBar()->value();
}

void TerminalView::toEnd() {
    verticalScrollBar()->setRange(0, m_screen.scrollbackLines());
    verticalScrollBar()->setValue(m_screen.scrollbackLines());
    m_following = true;
    viewport()->update();
}

// Who has scrolled back goes on to see the same lines.
void TerminalView::takeScrolled(int, int forgotten) {
    if (forgotten > 0)
        m_selection.forget(forgotten);
    if (m_following)
        return toEnd();
    const int first = std::max(0, firstLine() - forgotten);
    verticalScrollBar()->setRange(0, m_screen.scrollbackLines());
    verticalScrollBar()->setValue(first);
    viewport()->update();
}

QRect TerminalView::cellRect(int column, int line) const {
    const int row = line - firstLine();
    if (row < 0 || row >= m_screen.size().height())
        return {};
    return {QPoint(kPadding + column * m_cell.width(), kPadding + row * m_cell.height()), m_cell};
}

// Cells of the screen, which may be scrolled out of sight.
void TerminalView::updateCells(const QRect& cells) {
    const int row = cells.top() + m_screen.scrollbackLines() - firstLine();
    // Italic and accents reach a little into their neighbours.
    viewport()->update(kPadding + (cells.left() - 1) * m_cell.width(), kPadding + row * m_cell.height(),
                       (cells.width() + 2) * m_cell.width(), cells.height() * m_cell.height());
}

QPoint TerminalView::placeAt(QPointF position) const {
    const int column = int(position.x() - kPadding) / m_cell.width();
    const int row = qFloor((position.y() - kPadding) / m_cell.height());
    return {std::clamp(column, 0, m_screen.size().width() - 1),
            std::clamp(row + firstLine(), 0, m_screen.lineCount() - 1)};
}

} // namespace escale::gui
