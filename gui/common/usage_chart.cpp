#include "gui/common/usage_chart.h"

#include "gui/common/buttons.h"
#include "gui/common/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineSeries>
#include <QPen>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace escale::gui {

// 1, 2 or 5 times a power of ten: an axis that does not jump with every sample.
static double roundTop(double value) {
    if (value <= 0)
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0, 10.0}) {
        if (value <= step * power)
            return step * power;
    }
    return value;
}

UsageChart::UsageChart(const QString& title, double least, std::function<QString(double)> format,
                       QWidget* parent)
    : QWidget(parent)
    , m_least(least)
    , m_format(std::move(format))
    , m_value(label({}, "paneTitle", this))
    , m_limit(label({}, "muted", this))
    , m_top(label({}, "muted", this))
    , m_line(new QLineSeries)
    , m_floor(new QLineSeries)
    , m_area(new QAreaSeries(m_line, m_floor))
    , m_x(new QValueAxis)
    , m_y(new QValueAxis)
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this)) {
    setAccessibleName(title);
    m_line->setParent(this); // an area series does not own its lines
    m_floor->setParent(this);
    m_chart->addSeries(m_area);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_area->attachAxis(m_x);
    m_area->attachAxis(m_y);
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_x->setRange(-kSeconds, 0);
    m_x->setTickCount(5);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
    }
    m_y->setTickCount(5);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumHeight(90);
    m_view->setFocusPolicy(Qt::NoFocus);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(label(title.toUpper(), "section", this));
    head->addStretch();
    auto* values = new QHBoxLayout;
    values->setSpacing(8);
    values->addWidget(m_value);
    values->addWidget(m_limit, 0, Qt::AlignBottom);
    values->addStretch();
    values->addWidget(m_top, 0, Qt::AlignBottom);
    auto* foot = new QHBoxLayout;
    foot->addWidget(label(tr("%n second(s) ago", "left end of the time axis", kSeconds), "muted", this));
    foot->addStretch();
    foot->addWidget(label(tr("now"), "muted", this));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addLayout(values);
    column->addWidget(m_view, 1);
    column->addLayout(foot);
    recolor();
    clear();
}

void UsageChart::add(double time, double value) {
    m_points.append(QPointF(time, value));
    while (!m_points.isEmpty() && m_points.first().x() < time - kSeconds - 1)
        m_points.removeFirst();
    redraw();
}

void UsageChart::clear() {
    m_points.clear();
    redraw();
}

void UsageChart::setLimitText(const QString& text) {
    m_limit->setText(text);
}

void UsageChart::redraw() {
    if (m_points.isEmpty()) {
        m_line->clear();
        m_floor->clear();
        m_value->setText(QStringLiteral("—"));
        m_top->clear();
        return;
    }
    const double now = m_points.last().x();
    QList<QPointF> line;
    line.reserve(m_points.size());
    double top = m_least;
    for (const QPointF& point : std::as_const(m_points)) {
        line.append(QPointF(point.x() - now, point.y()));
        top = std::max(top, point.y());
    }
    top = roundTop(top / m_least * 1.05) * m_least;
    m_line->replace(line);
    m_floor->replace({QPointF(line.first().x(), 0), QPointF(0, 0)});
    m_y->setRange(0, top);
    m_top->setText(m_format(top));
    m_value->setText(m_format(m_points.last().y()));
    setAccessibleDescription(m_value->text());
}

void UsageChart::recolor() {
    const Colors colors = Colors::current();
    m_chart->setBackgroundBrush(colors.base);
    m_chart->setBackgroundPen(Qt::NoPen);
    m_view->setBackgroundBrush(colors.base);
    QColor fill = colors.accent;
    fill.setAlphaF(0.16F);
    m_area->setBrush(fill);
    m_area->setPen(QPen(colors.accent, 2));
    for (QValueAxis* axis : {m_x, m_y})
        axis->setGridLineColor(colors.border);
}

void UsageChart::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        recolor();
    QWidget::changeEvent(event);
}

} // namespace escale::gui
