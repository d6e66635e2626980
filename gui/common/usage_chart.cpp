#include "gui/common/usage_chart.h"

#include "gui/common/buttons.h"
#include "gui/common/chart_canvas.h"
#include "gui/common/chart_legend.h"
#include "gui/common/time_range.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

// Older points come each five seconds: more than that was a time without a measurement.
static constexpr qint64 kGap = 12'000;
// A limit is on the axis when that leaves the lines at least this part of the height.
static constexpr double kLeastPart = 0.2;

UsageChart::UsageChart(Look look, TimeRange& range, QWidget* parent)
    : QWidget(parent)
    , m_look(std::move(look))
    , m_range(range)
    , m_values(m_look.lines.size())
    , m_legend(new ChartLegend(m_look.lines, m_look.widest, this))
    , m_canvas(new ChartCanvas(m_look.lines, m_look.axisText, range, this))
    , m_head(new QHBoxLayout)
    , m_column(new QVBoxLayout(this)) {
    setAccessibleName(m_look.title);
    m_canvas->setAccessibleName(m_look.title);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    m_head->addWidget(label(m_look.title.toUpper(), "section", this));
    m_head->addStretch();
    m_column->addLayout(m_head);
    m_column->addWidget(m_legend);
    m_column->addWidget(m_canvas, 1);
    connect(&m_range, &TimeRange::changed, this, &UsageChart::redraw);
    connect(&m_range, &TimeRange::cursorChanged, this, &UsageChart::showValues);
    redraw();
    showValues();
}

void UsageChart::add(qint64 time, const QList<double>& values) {
    m_times.append(time);
    for (qsizetype i = 0; i < m_values.size(); ++i)
        m_values[i].append(values.value(i));
    while (m_times.first() < time - TimeRange::kMost) {
        m_times.removeFirst();
        for (QList<double>& line : m_values)
            line.removeFirst();
    }
}

void UsageChart::clear() {
    m_times.clear();
    for (QList<double>& line : m_values)
        line.clear();
    redraw();
    showValues();
}

void UsageChart::setLimit(std::optional<double> limit, const QString& words) {
    if (limit == m_limit && words == m_limitWords)
        return;
    m_limit = limit;
    m_limitWords = words;
    redraw();
}

void UsageChart::setMarks(const QList<ChartMark>& marks) {
    m_canvas->setMarks(marks);
}

void UsageChart::setSentence(const QString& words) {
    if (m_sentence == nullptr) {
        m_sentence = label({}, "muted", this);
        m_sentence->setObjectName(objectName() + QStringLiteral(".sentence"));
        m_sentence->setWordWrap(true);
        m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        m_column->insertWidget(m_column->indexOf(m_canvas), m_sentence, 1);
    }
    m_sentence->setText(words);
    m_sentence->setVisible(!words.isEmpty());
    m_canvas->setVisible(words.isEmpty());
    m_legend->setVisible(words.isEmpty());
}

int UsageChart::legendHeight() const {
    return m_legend->heightForWidth(width());
}

void UsageChart::setLegendHeight(int height) {
    m_legend->setMinimumHeight(height);
}

void UsageChart::setCorner(QWidget* widget) {
    m_head->addWidget(widget);
}

void UsageChart::addBelow(QWidget* widget) {
    m_column->addWidget(widget);
}

QList<QPointF> UsageChart::points(int line) const {
    QList<QPointF> result;
    for (qsizetype i = 0; i < m_times.size(); ++i)
        result.append(QPointF(static_cast<double>(m_times[i]), m_values[line][i]));
    return result;
}

// Of a stacked line: with those below it.
double UsageChart::heightAt(int line, qsizetype index) const {
    if (m_look.lines[line].shape != ChartLine::Shape::Stacked)
        return m_values[line][index];
    double height = 0;
    for (int below = 0; below <= line; ++below)
        height += m_look.lines[below].shape == ChartLine::Shape::Stacked ? m_values[below][index] : 0;
    return height;
}

// A point a pixel: the highest and the lowest of each two.
int UsageChart::mostDrawn() const {
    return std::clamp(static_cast<int>(m_canvas->plot().width()), 100, kMostDrawn);
}

// What the range shows of a line, and one point on either side of it.
QList<QPointF> UsageChart::shown(int line) const {
    const auto first = std::lower_bound(m_times.begin(), m_times.end(), m_range.from());
    const auto last = std::upper_bound(first, m_times.end(), m_range.to());
    const qsizetype begin = std::max<qsizetype>(0, first - m_times.begin() - 1);
    const qsizetype end = std::min<qsizetype>(m_times.size(), last - m_times.begin() + 1);
    QList<QPointF> all;
    all.reserve(end - begin);
    for (qsizetype i = begin; i < end; ++i) {
        if (i > begin && m_times[i] - m_times[i - 1] > kGap) {
            all.append(QPointF(static_cast<double>(m_times[i - 1] + 1), 0));
            all.append(QPointF(static_cast<double>(m_times[i] - 1), 0));
        }
        all.append(QPointF(static_cast<double>(m_times[i]), heightAt(line, i)));
    }
    QList<QPointF> kept = thinned(all, static_cast<double>(m_range.span()), mostDrawn());
    for (QPointF& point : kept)
        point.setX((point.x() - static_cast<double>(m_range.to())) / 1000);
    return kept;
}

double UsageChart::top(const QList<QList<QPointF>>& lines) const {
    double most = 0;
    for (const QList<QPointF>& line : lines) {
        for (const QPointF& point : line)
            most = std::max(most, point.y());
    }
    if (m_limit && *m_limit * kLeastPart <= most)
        most = std::max(most, *m_limit);
    return most;
}

// Also when it scrolls into sight.
void UsageChart::paintEvent(QPaintEvent* event) {
    if (m_stale)
        redraw();
    QWidget::paintEvent(event);
}

void UsageChart::redraw() {
    m_stale = isVisible() && visibleRegion().isEmpty();
    if (m_stale)
        return;
    QList<QList<QPointF>> lines;
    for (int i = 0; i < m_look.lines.size(); ++i)
        lines.append(shown(i));
    ValueScale scale = scaleFor(top(lines), m_look.least, m_look.figures);
    if (m_look.ceiling > 0 && scale.top > m_look.ceiling)
        scale.top = m_look.ceiling;
    m_canvas->setScale(scale);
    m_canvas->setPoints(lines);
    m_canvas->setLimit(m_limit, m_limitWords);
}

std::optional<qsizetype> UsageChart::pointedIndex() const {
    const auto cursor = m_range.cursor();
    if (!cursor || m_times.isEmpty())
        return std::nullopt;
    const auto after = std::lower_bound(m_times.begin(), m_times.end(), *cursor);
    qsizetype index = after - m_times.begin();
    if (index == m_times.size() || (index > 0 && *cursor - m_times[index - 1] < m_times[index] - *cursor))
        --index;
    if (std::abs(m_times[index] - *cursor) > kGap)
        return std::nullopt;
    return index;
}

void UsageChart::showValues() {
    const auto pointed = pointedIndex();
    QStringList values;
    QString time;
    QList<double> heights;
    if (pointed)
        time = QDateTime::fromMSecsSinceEpoch(m_times[*pointed]).toString(QStringLiteral("HH:mm:ss"));
    const qsizetype index = pointed.value_or(m_times.size() - 1);
    for (int i = 0; i < m_look.lines.size() && index >= 0; ++i) {
        values.append(m_look.text(m_values[i][index]));
        if (pointed)
            heights.append(heightAt(i, index));
    }
    m_legend->setValues(values);
    m_canvas->setPointed(time, values, heights);
    QStringList words;
    for (qsizetype i = 0; i < values.size(); ++i)
        words.append(m_look.lines[i].name + QLatin1Char(' ') + values[i]);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

} // namespace escale::gui
