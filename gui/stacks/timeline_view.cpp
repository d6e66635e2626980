#include "gui/stacks/timeline_view.h"

#include "gui/build/step_text.h"
#include "gui/common/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kRow = 26, kAxis = 24, kMargin = 12, kLeastName = 70, kMostName = 200;
constexpr qreal kBar = 16, kTickRoom = 70;

QColor colorOf(const Colors& colors, TimelineBar::Kind kind) {
    switch (kind) {
    case TimelineBar::Kind::Done:
        return colors.green;
    case TimelineBar::Kind::Failed:
        return colors.red;
    case TimelineBar::Kind::Waiting:
        return colors.amber;
    case TimelineBar::Kind::LeftOut:
        return colors.muted;
    default:
        return colors.accent;
    }
}

QColor faint(QColor color, float share) {
    color.setAlphaF(share);
    return color;
}

} // namespace

TimelineView::TimelineView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    installDrawingAccessibility();
    setObjectName(QStringLiteral("stacksPane.timeline"));
    setAccessibleName(tr("Time line: what was done when, and who waited for whom"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void TimelineView::setTimeline(const Timeline& timeline) {
    m_timeline = timeline;
    updateBars();
    viewport()->update();
}

void TimelineView::updateBars() {
    const int whole = kAxis + kRow * static_cast<int>(m_timeline.rows.size()) + kMargin;
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(kRow);
}

int TimelineView::indexOf(const QString& row) const {
    for (int i = 0; i < m_timeline.rows.size(); ++i) {
        if (m_timeline.rows[i].id == row)
            return i;
    }
    return -1;
}

void TimelineView::setCurrent(const QString& row) {
    if (row == m_current)
        return;
    m_current = row;
    if (const int index = indexOf(row); index >= 0) {
        QScrollBar* bar = verticalScrollBar();
        const int top = index * kRow, bottom = top + kRow + kAxis;
        if (top < bar->value())
            bar->setValue(top);
        else if (bottom > bar->value() + viewport()->height())
            bar->setValue(bottom - viewport()->height());
    }
    viewport()->update();
    if (hasFocus())
        announcePart(*this, row);
    Q_EMIT currentChanged(row);
}

QStringList TimelineView::partIds() const {
    QStringList ids;
    for (const TimelineRow& row : m_timeline.rows)
        ids << row.id;
    return ids;
}

QString TimelineView::spokenPart(const QString& id) const {
    const int index = indexOf(id);
    return index < 0 ? QString() : spokenRow(m_timeline, m_timeline.rows[index]);
}

QRect TimelineView::partRect(const QString& id) const {
    const int index = indexOf(id);
    return index < 0
               ? QRect()
               : QRect(0, kAxis + index * kRow - verticalScrollBar()->value(), viewport()->width(), kRow);
}

int TimelineView::nameWidth() const {
    int width = kLeastName;
    for (const TimelineRow& row : m_timeline.rows)
        width = std::max(width, fontMetrics().horizontalAdvance(row.name));
    return std::min(width, kMostName);
}

qreal TimelineView::xOf(qint64 time) const {
    const qreal left = kMargin + nameWidth() + 14;
    const qreal room = std::max<qreal>(40, viewport()->width() - left - kMargin);
    const qint64 whole = std::max<qint64>(1, m_timeline.to - m_timeline.from);
    return left + room * static_cast<qreal>(time - m_timeline.from) / static_cast<qreal>(whole);
}

int TimelineView::rowAt(int y) const {
    if (y < kAxis)
        return -1;
    const int index = (y - kAxis + verticalScrollBar()->value()) / kRow;
    return index < m_timeline.rows.size() ? index : -1;
}

bool TimelineView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = rowAt(help->pos().y());
    QString words;
    if (index >= 0) {
        const TimelineRow& row = m_timeline.rows[index];
        for (const TimelineBar& bar : row.bars) {
            if (help->pos().x() >= xOf(bar.from) - 2 && help->pos().x() <= xOf(bar.to) + 2)
                words = tr("%1: %2").arg(bar.text, formatDuration(bar.to - bar.from));
        }
        if (words.isEmpty())
            words = spokenRow(m_timeline, row);
        else if (!row.error.isEmpty())
            words += u'\n' + row.error;
    }
    QToolTip::showText(help->globalPos(), words, viewport());
    return true;
}

void TimelineView::paintEvent(QPaintEvent*) {
    const Colors colors = Colors::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.base);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_timeline.rows.isEmpty()) {
        painter.setPen(colors.muted);
        painter.drawText(viewport()->rect().adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Bring the stack up: who waits for whom is drawn here."));
        return;
    }
    paintAxis(painter);
    painter.setClipRect(QRect(0, kAxis, viewport()->width(), viewport()->height() - kAxis));
    for (int i = 0; i < m_timeline.rows.size(); ++i)
        paintRow(painter, i);
}

void TimelineView::paintAxis(QPainter& painter) {
    const Colors colors = Colors::current();
    const qreal room = xOf(m_timeline.to) - xOf(m_timeline.from);
    const qint64 whole = std::max<qint64>(1, m_timeline.to - m_timeline.from);
    const qint64 tick = tickOf(static_cast<qint64>(static_cast<qreal>(whole) * kTickRoom / room));
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    for (qint64 time = 0; time <= whole; time += tick) {
        const qreal x = xOf(m_timeline.from + time);
        painter.setPen(QPen(colors.border, 1));
        painter.drawLine(QPointF(x, kAxis - 4), QPointF(x, viewport()->height()));
        painter.setPen(colors.muted);
        const QRectF area(x - 40, 2, 80, kAxis - 6);
        const bool isLast = x + 30 > viewport()->width();
        painter.drawText(isLast ? QRectF(x - 80, 2, 80, kAxis - 6) : area,
                         (isLast ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter,
                         time == 0 ? QStringLiteral("0") : formatDuration(time));
    }
}

void TimelineView::paintRow(QPainter& painter, int index) {
    const Colors colors = Colors::current();
    const TimelineRow& row = m_timeline.rows[index];
    const QRect area = partRect(row.id);
    if (row.id == m_current)
        painter.fillRect(area, colors.selection);
    painter.setFont(font());
    painter.setPen(row.error.isEmpty() ? colors.text : colors.red);
    painter.drawText(QRect(kMargin, area.top(), nameWidth(), kRow), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(row.name, Qt::ElideMiddle, nameWidth()));
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    for (const TimelineBar& bar : row.bars) {
        const QColor color = colorOf(colors, bar.kind);
        const qreal left = xOf(bar.from);
        const QRectF box(left, area.center().y() - kBar / 2, std::max<qreal>(3, xOf(bar.to) - left), kBar);
        const bool isWaiting = bar.kind == TimelineBar::Kind::Waiting;
        painter.setPen(QPen(color, 1, bar.isOpen ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(faint(color, isWaiting ? 0.08F : 0.30F));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        if (isWaiting) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(QBrush(faint(color, 0.45F), Qt::BDiagPattern));
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
        }
        // Its words, where there is room for some of them.
        const QRectF words = box.adjusted(6, 0, -4, 0);
        if (words.width() < 34)
            continue;
        painter.setPen(colors.text);
        const QFontMetricsF metrics(small);
        const QString text = metrics.elidedText(bar.text, Qt::ElideRight, words.width());
        if (isWaiting) { // hatches behind letters cannot be read
            painter.fillRect(
                QRectF(words.left() - 3, box.top() + 2, metrics.horizontalAdvance(text) + 6, kBar - 4),
                row.id == m_current ? colors.selection : colors.base);
        }
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const int count = static_cast<int>(m_timeline.rows.size());
    const int at = indexOf(m_current);
    int next = -1;
    switch (event->key()) {
    case Qt::Key_Up:
        next = at < 0 ? count - 1 : at - 1;
        break;
    case Qt::Key_Down:
        next = at + 1;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = count - 1;
        break;
    case Qt::Key_Escape:
        return setCurrent({});
    default:
        return QAbstractScrollArea::keyPressEvent(event);
    }
    if (next >= 0 && next < count)
        setCurrent(m_timeline.rows[next].id);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    const int index = rowAt(event->pos().y());
    setCurrent(index < 0 ? QString() : m_timeline.rows[index].id);
}

void TimelineView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace escale::gui
