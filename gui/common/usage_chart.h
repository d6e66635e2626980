// One quantity over the last minute as a line, with its value now. Heavy (Qt Charts): make it when it is
// shown.
#pragma once

#include <QList>
#include <QPointF>
#include <QWidget>

#include <functional>

class QLabel;
class QChart;
class QChartView;
class QLineSeries;
class QAreaSeries;
class QValueAxis;

namespace escale::gui {

class UsageChart : public QWidget {
    Q_OBJECT
public:
    static constexpr int kSeconds = 60;

    /// `format` writes values on the axis and above the chart; `least` is the least the axis shows and the
    /// unit its end is rounded in (1, 2, 5, 10… of it).
    UsageChart(const QString& title, double least, std::function<QString(double)> format,
               QWidget* parent = nullptr);

    /// A value at a time in seconds, both of any origin; times grow.
    void add(double time, double value);
    void clear();
    /// A second line of text: "of 512 MB".
    void setLimitText(const QString& text);
    [[nodiscard]] const QList<QPointF>& points() const { return m_points; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void redraw();
    void recolor();

    double m_least;
    std::function<QString(double)> m_format;
    QList<QPointF> m_points;
    QLabel *m_value, *m_limit, *m_top;
    QLineSeries *m_line, *m_floor;
    QAreaSeries* m_area;
    QValueAxis *m_x, *m_y;
    QChart* m_chart;
    QChartView* m_view;
};

} // namespace escale::gui
