// The drawing of a chart: lines over time with a grid, a limit and the cross-hair, and the mouse and the keys
// that zoom, move and point. It keeps no data: UsageChart does.
#pragma once

#include "gui/common/chart_line.h"
#include "gui/common/chart_scale.h"

#include <QChartView>
#include <QList>

#include <optional>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace escale::gui {

class TimeRange;

class ChartCanvas : public QChartView {
    Q_OBJECT
public:
    ChartCanvas(const QList<ChartLine>& lines, ValueText axisText, TimeRange& range, QWidget* parent);

    /// Per line the points of what is shown: x in seconds before the range's end (≤ 0), y already stacked.
    void setPoints(const QList<QList<QPointF>>& points);
    void setScale(const ValueScale& scale);
    /// A dashed line with its words; above the scale only the words, at the top.
    void setLimit(std::optional<double> limit, const QString& words);
    void setMarks(const QList<ChartMark>& marks);
    /// What the cross-hair says: the time, a value a line, and where the lines are then (stacked).
    void setPointed(const QString& time, const QStringList& values, const QList<double>& heights);

    /// The part that the lines are drawn in.
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] const QLineSeries& line(int index) const { return *m_drawn[index].line; }
    [[nodiscard]] const QLineSeries& limitLine() const { return *m_limitLine; }

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Drawn {
        ChartLine look;
        QLineSeries* line;
        QAreaSeries* area; // below the line; null for a plain one
    };
    void add(QAbstractSeries* series);
    void recolor();
    [[nodiscard]] QFont smallFont() const;
    [[nodiscard]] double xOf(qint64 time) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] qint64 timeAt(double x) const;
    void drawTimes(QPainter& painter) const;
    void drawLimitWords(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;
    void drawPointed(QPainter& painter) const;
    void drawTip(QPainter& painter, double x) const;

    QList<Drawn> m_drawn;
    ValueText m_axisText;
    TimeRange& m_range;
    QChart* m_chart;
    QLineSeries* m_limitLine;
    QValueAxis *m_x, *m_y;
    ValueScale m_scale;
    double m_axisTop = 1; // a little above the scale's, so that a line at the top is seen whole
    double m_lineWidth = 1.5;
    int m_figures = 0; // pixels left of the plot
    std::optional<double> m_limit;
    QString m_limitWords;
    QList<ChartMark> m_marks;
    QString m_pointedTime;
    QStringList m_values;
    QList<double> m_heights;
    std::optional<double> m_hoverX; // where the pointer is over the plot
    // A drag: where it began, and the range's end then.
    std::optional<double> m_dragX;
    qint64 m_dragTo = 0;
};

} // namespace escale::gui
