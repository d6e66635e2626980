// One kind of usage over the last hour: some lines with their values, perhaps with a limit. Charts that share
// a TimeRange zoom, move and point together. Heavy (Qt Charts): make it when it is shown.
#pragma once

#include "gui/common/chart_line.h"
#include "gui/common/chart_scale.h"

#include <QList>
#include <QPointF>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace escale::gui {

class ChartCanvas;
class ChartLegend;
class TimeRange;

class UsageChart : public QWidget {
    Q_OBJECT
public:
    struct Look {
        QString title;
        QList<ChartLine> lines;
        ValueText text;     // "7.4 MiB"
        ValueText axisText; // the same for round values
        QString widest;     // the longest value
        double least = 1;   // the axis goes at least so far
        Figures figures = Figures::Decimal;
        double ceiling = 0; // the axis never goes beyond; 0: it may
    };
    /// No more points than these are drawn of a line.
    static constexpr int kMostDrawn = 600;

    UsageChart(Look look, TimeRange& range, QWidget* parent = nullptr);

    /// A value a line at a time in Unix milliseconds; times grow, the last hour is kept. Drawn when the range
    /// moves on to it.
    void add(qint64 time, const QList<double>& values);
    /// Beside the names: the newest values, or those where the cross-hair is.
    void showValues();
    void clear();
    /// None: no line. `words` are beside it: "limit 512 MiB".
    void setLimit(std::optional<double> limit, const QString& words = {});
    /// What happened, oldest first.
    void setMarks(const QList<ChartMark>& marks);
    /// Instead of the chart, when there is nothing to measure with.
    void setSentence(const QString& words);
    /// What the names and values take at this width, and at least shall: charts beside each other begin at
    /// the same height.
    [[nodiscard]] int legendHeight() const;
    void setLegendHeight(int height);
    /// Beside the title.
    void setCorner(QWidget* widget);
    /// Below the chart.
    void addBelow(QWidget* widget);

    /// What is kept of a line: x in Unix milliseconds.
    [[nodiscard]] QList<QPointF> points(int line = 0) const;
    [[nodiscard]] ChartCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] const ChartLegend& legend() const { return *m_legend; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void redraw();
    [[nodiscard]] int mostDrawn() const;
    [[nodiscard]] QList<QPointF> shown(int line) const;
    [[nodiscard]] double heightAt(int line, qsizetype index) const;
    [[nodiscard]] double top(const QList<QList<QPointF>>& lines) const;
    [[nodiscard]] std::optional<qsizetype> pointedIndex() const;

    Look m_look;
    TimeRange& m_range;
    QList<qint64> m_times;
    QList<QList<double>> m_values; // by line, as long as m_times
    bool m_stale = false;          // scrolled out of sight when it was to be drawn
    std::optional<double> m_limit;
    QString m_limitWords;
    ChartLegend* m_legend;
    ChartCanvas* m_canvas;
    QLabel* m_sentence = nullptr;
    QHBoxLayout* m_head;
    QVBoxLayout* m_column;
};

} // namespace escale::gui
