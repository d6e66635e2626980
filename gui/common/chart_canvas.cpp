#include "gui/common/chart_canvas.h"

#include "gui/common/theme.h"
#include "gui/common/time_range.h"

#include <QAreaSeries>
#include <QChart>
#include <QDateTime>
#include <QEvent>
#include <QKeyEvent>
#include <QLineSeries>
#include <QLocale>
#include <QPainter>
#include <QPen>
#include <QValueAxis>

#include <cmath>

namespace escale::gui {

static constexpr int kFoot = 18;     // pixels below the plot, for the times
static constexpr int kHead = 8;      // above it: half a figure
static constexpr int kTickRoom = 84; // between two labelled times

QColor ChartLine::color() const {
    const Colors colors = Colors::current();
    switch (tint) {
    case Tint::Accent:
        return colors.accent;
    case Tint::Amber:
        return colors.amber;
    case Tint::Green:
        return colors.green;
    case Tint::Muted:
        break;
    }
    return colors.muted;
}

// Stacked areas lie over each other, so they are mixed, not transparent.
static QColor fillOf(const ChartLine& look) {
    const QColor color = look.color();
    const QColor base = Colors::current().base;
    const double share = look.shape == ChartLine::Shape::Stacked ? 0.32 : 0.14;
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(base.red(), color.red()), mix(base.green(), color.green()), mix(base.blue(), color.blue())};
}

ChartCanvas::ChartCanvas(const QList<ChartLine>& lines, ValueText axisText, TimeRange& range, QWidget* parent)
    : QChartView(parent)
    , m_axisText(std::move(axisText))
    , m_range(range)
    , m_chart(chart())
    , m_limitLine(new QLineSeries)
    , m_x(new QValueAxis)
    , m_y(new QValueAxis) {
    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis* axis : {m_x, m_y})
        axis->setVisible(false); // the grid and its words are drawn here: figures with units, whole minutes
    for (const ChartLine& look : lines) {
        auto* line = new QLineSeries(this);
        auto* area = look.shape == ChartLine::Shape::Line ? nullptr : new QAreaSeries(line);
        m_drawn.append({look, line, area});
    }
    // The top of a stack is drawn first, and lower ones over it down to the axis.
    for (auto drawn = m_drawn.crbegin(); drawn != m_drawn.crend(); ++drawn) {
        if (drawn->area != nullptr)
            add(drawn->area);
    }
    for (const Drawn& drawn : std::as_const(m_drawn))
        add(drawn.line);
    add(m_limitLine);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setMinimumHeight(130);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // As wide in every chart, so that the same time is at the same place.
    m_figures = QFontMetrics(smallFont()).horizontalAdvance(QStringLiteral("1000.0 MiB")) + 8;
    // Under a pointer that rests, time goes on.
    connect(&m_range, &TimeRange::changed, this, [this] {
        if (m_hoverX)
            m_range.setCursor(timeAt(*m_hoverX));
    });
    recolor();
}

void ChartCanvas::add(QAbstractSeries* series) {
    m_chart->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

void ChartCanvas::setPoints(const QList<QList<QPointF>>& points) {
    m_x->setRange(-static_cast<double>(m_range.span()) / 1000, 0);
    for (qsizetype i = 0; i < m_drawn.size(); ++i)
        m_drawn[i].line->replace(points.value(i));
    // Thicker ones cost the rasterizer several times as much, and say no more where points are close.
    qsizetype most = 0;
    for (const QList<QPointF>& line : points)
        most = std::max(most, line.size());
    const double width = static_cast<double>(most) > plot().width() / 3 ? 1 : 1.5;
    if (width != std::exchange(m_lineWidth, width))
        recolor();
    viewport()->update();
}

void ChartCanvas::setScale(const ValueScale& scale) {
    m_scale = scale;
    m_axisTop = scale.top * 1.02;
    m_y->setRange(0, m_axisTop);
}

void ChartCanvas::setLimit(std::optional<double> limit, const QString& words) {
    const bool other = m_limit != limit || m_limitWords != words;
    m_limit = limit;
    m_limitWords = words;
    QList<QPointF> ends;
    if (limit && *limit <= m_scale.top)
        ends = {QPointF(-static_cast<double>(m_range.span()) / 1000, *limit), QPointF(0, *limit)};
    if (ends != m_limitLine->points())
        m_limitLine->replace(ends);
    if (other)
        viewport()->update();
}

void ChartCanvas::setMarks(const QList<ChartMark>& marks) {
    if (marks == m_marks)
        return;
    m_marks = marks;
    viewport()->update();
}

void ChartCanvas::setPointed(const QString& time, const QStringList& values, const QList<double>& heights) {
    if (time.isEmpty() && m_pointedTime.isEmpty())
        return; // nothing is drawn
    m_pointedTime = time;
    m_values = values;
    m_heights = heights;
    viewport()->update();
}

QFont ChartCanvas::smallFont() const {
    QFont small = font();
    small.setPixelSize(11);
    return small;
}

QRectF ChartCanvas::plot() const {
    return QRectF(m_figures, kHead, std::max(10, viewport()->width() - m_figures - 2),
                  std::max(10, viewport()->height() - kHead - kFoot));
}

double ChartCanvas::xOf(qint64 time) const {
    const QRectF area = plot();
    return area.left() +
           area.width() * static_cast<double>(time - m_range.from()) / static_cast<double>(m_range.span());
}

double ChartCanvas::yOf(double value) const {
    const QRectF area = plot();
    return area.bottom() - area.height() * value / m_axisTop;
}

qint64 ChartCanvas::timeAt(double x) const {
    const QRectF area = plot();
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return m_range.from() + std::llround(share * static_cast<double>(m_range.span()));
}

void ChartCanvas::drawBackground(QPainter* painter, const QRectF& /*rect*/) {
    const Colors colors = Colors::current();
    const QRectF area = plot();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(viewport()->rect(), colors.base);
    painter->setFont(smallFont());
    const int height = painter->fontMetrics().height();
    const bool roomy = area.height() / m_scale.parts > height + 2;
    for (int part = 0; part <= m_scale.parts; ++part) {
        const double value = m_scale.top * part / m_scale.parts;
        const double y = std::round(yOf(value));
        painter->setPen(colors.border);
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        if (!roomy && part != 0 && part != m_scale.parts)
            continue;
        painter->setPen(colors.muted);
        painter->drawText(QRectF(0, y - height / 2.0, area.left() - 8, height),
                          Qt::AlignRight | Qt::AlignVCenter, m_axisText(value));
    }
    drawTimes(*painter);
    painter->restore();
}

void ChartCanvas::drawTimes(QPainter& painter) const {
    if (m_range.to() <= 0)
        return;
    const Colors colors = Colors::current();
    const QRectF area = plot();
    const int most = std::max(2, static_cast<int>(area.width()) / kTickRoom);
    const bool seconds = tickStep(m_range.span(), most) < 60'000;
    const QString form = seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    for (const qint64 tick : timeTicks(m_range.from(), m_range.to(), most)) {
        const double x = std::round(xOf(tick));
        painter.setPen(colors.border);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 3));
        const QString text = QDateTime::fromMSecsSinceEpoch(tick).toString(form);
        const double width = painter.fontMetrics().horizontalAdvance(text);
        const double left = std::clamp(x - width / 2, area.left(), area.right() - width);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(left, area.bottom() + 4, width + 1, kFoot - 4), Qt::AlignLeft | Qt::AlignTop,
                         text);
    }
}

void ChartCanvas::drawForeground(QPainter* painter, const QRectF& /*rect*/) {
    painter->save();
    painter->setFont(smallFont());
    drawMarks(*painter);
    drawLimitWords(*painter);
    drawPointed(*painter);
    if (hasFocus()) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(Colors::current().accent, 2));
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
    painter->restore();
}

// At the foot: the limit's words are at the top. Those that would lie on the ones before go a line higher.
void ChartCanvas::drawMarks(QPainter& painter) const {
    const Colors colors = Colors::current();
    const QRectF area = plot();
    const QFontMetrics metrics = painter.fontMetrics();
    double taken[3] = {area.left(), area.left(), area.left()};
    for (const ChartMark& mark : m_marks) {
        if (mark.time < m_range.from() || mark.time > m_range.to())
            continue;
        const double x = std::round(xOf(mark.time));
        const QColor ink = mark.isBad ? colors.red : colors.muted;
        painter.setPen(QPen(ink, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        QRectF box(0, 0, metrics.horizontalAdvance(mark.words) + 8, metrics.height() + 1);
        box.moveLeft(std::min(x + 2, area.right() - box.width()));
        int row = 0;
        while (row < 2 && taken[row] > box.left())
            ++row;
        taken[row] = box.right() + 2;
        box.moveBottom(area.bottom() - 1 - row * (box.height() + 1));
        QColor paper = colors.base;
        paper.setAlphaF(0.85F);
        painter.fillRect(box, paper);
        painter.setPen(ink);
        painter.drawText(box, Qt::AlignCenter, mark.words);
    }
}

void ChartCanvas::drawLimitWords(QPainter& painter) const {
    if (!m_limit || m_limitWords.isEmpty())
        return;
    const Colors colors = Colors::current();
    const QRectF area = plot();
    const bool above = *m_limit > m_scale.top;
    const QString words = above ? QStringLiteral("↑ ") + m_limitWords : m_limitWords;
    const QFontMetrics metrics = painter.fontMetrics();
    QRectF box(0, 0, metrics.horizontalAdvance(words) + 8, metrics.height() + 2);
    const double line = above ? area.top() : yOf(*m_limit);
    // Above its line, or below it when the line is the top one.
    const bool below = line - box.height() - 1 < area.top();
    box.moveTopRight(QPointF(area.right() - 4, below ? line + 2 : line - box.height() - 1));
    QColor paper = colors.base;
    paper.setAlphaF(0.85F);
    painter.fillRect(box, paper);
    painter.setPen(colors.red);
    painter.drawText(box, Qt::AlignCenter, words);
}

void ChartCanvas::drawPointed(QPainter& painter) const {
    const auto cursor = m_range.cursor();
    if (!cursor || m_pointedTime.isEmpty())
        return;
    const Colors colors = Colors::current();
    const QRectF area = plot();
    const double x = xOf(*cursor);
    if (x < area.left() || x > area.right())
        return;
    painter.setPen(QPen(colors.muted, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (qsizetype i = 0; i < m_heights.size(); ++i) {
        painter.setPen(QPen(colors.base, 1.5));
        painter.setBrush(m_drawn[i].look.color());
        painter.drawEllipse(QPointF(x, yOf(m_heights[i])), 4, 4);
    }
    if (m_hoverX)
        drawTip(painter, x);
}

// The time, and below it names on the left, values on the right.
void ChartCanvas::drawTip(QPainter& painter, double x) const {
    const Colors colors = Colors::current();
    const QRectF area = plot();
    const QFontMetrics metrics = painter.fontMetrics();
    int names = 0;
    int values = 0;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        names = std::max(names, metrics.horizontalAdvance(m_drawn[i].look.name));
        values = std::max(values, metrics.horizontalAdvance(m_values[i]));
    }
    const double row = metrics.height() + 1;
    QRectF box(x + 10, area.top() + 6, names + values + 44,
               row * static_cast<double>(m_values.size() + 1) + 12);
    if (box.right() > area.right())
        box.moveRight(x - 10);
    painter.setPen(colors.border);
    painter.setBrush(colors.base);
    painter.drawRoundedRect(box, 5, 5);
    QRectF place = box.adjusted(8, 5, -8, 0);
    place.setHeight(row);
    painter.setPen(colors.muted);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, m_pointedTime);
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        place.translate(0, row);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_drawn[i].look.color());
        painter.drawEllipse(QPointF(place.left() + 4, place.center().y()), 3.5, 3.5);
        painter.setPen(colors.text);
        painter.drawText(place.adjusted(14, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_drawn[i].look.name);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, m_values[i]);
    }
}

void ChartCanvas::recolor() {
    const Colors colors = Colors::current();
    for (const Drawn& drawn : std::as_const(m_drawn)) {
        drawn.line->setPen(QPen(drawn.look.color(), m_lineWidth));
        if (drawn.area != nullptr) {
            drawn.area->setPen(Qt::NoPen); // it would go round it
            drawn.area->setBrush(fillOf(drawn.look));
        }
    }
    m_limitLine->setPen(QPen(colors.red, 1, Qt::DashLine));
    viewport()->update();
}

void ChartCanvas::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    m_chart->setPlotArea(plot());
}

void ChartCanvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        recolor();
    QChartView::changeEvent(event);
}

// Beside the plot the wheel scrolls what the chart is in.
void ChartCanvas::wheelEvent(QWheelEvent* event) {
    const int delta = event->angleDelta().y();
    if (delta == 0 || !plot().contains(event->position()) || event->modifiers() != Qt::NoModifier) {
        event->ignore();
        return;
    }
    m_range.zoom(std::pow(0.8, delta / 120.0), timeAt(event->position().x()));
    event->accept();
}

void ChartCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return QChartView::mousePressEvent(event);
    m_dragX = event->position().x();
    m_dragTo = m_range.to();
}

void ChartCanvas::mouseMoveEvent(QMouseEvent* event) {
    const double x = event->position().x();
    if (m_dragX && event->buttons().testFlag(Qt::LeftButton)) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        const double share = (x - *m_dragX) / plot().width();
        m_range.moveTo(m_dragTo - std::llround(share * static_cast<double>(m_range.span())));
        return;
    }
    m_hoverX = plot().contains(event->position()) ? std::optional(x) : std::nullopt;
    m_range.setCursor(m_hoverX ? std::optional(timeAt(x)) : std::nullopt);
}

void ChartCanvas::mouseReleaseEvent(QMouseEvent* event) {
    m_dragX.reset();
    viewport()->unsetCursor();
    QChartView::mouseReleaseEvent(event);
}

void ChartCanvas::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
    m_dragX.reset();
    m_range.goLive();
}

void ChartCanvas::leaveEvent(QEvent* event) {
    m_hoverX.reset();
    m_range.setCursor(std::nullopt);
    QChartView::leaveEvent(event);
}

void ChartCanvas::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return m_range.pan(-m_range.span() / 10);
    case Qt::Key_Right:
        return m_range.pan(m_range.span() / 10);
    case Qt::Key_Plus:
        return m_range.zoom(0.5, m_range.isLive() ? m_range.to() : m_range.to() - m_range.span() / 2);
    case Qt::Key_Minus:
        return m_range.zoom(2, m_range.isLive() ? m_range.to() : m_range.to() - m_range.span() / 2);
    case Qt::Key_End:
        return m_range.goLive();
    default:
        event->ignore(); // a graphics view would scroll
    }
}

} // namespace escale::gui
