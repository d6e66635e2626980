// The lines of a chart with a swatch, their name and a value each. Painted, not laid out: values change every
// second, and no label may move for it.
#pragma once

#include "gui/common/chart_line.h"

#include <QList>
#include <QStringList>
#include <QWidget>

namespace escale::gui {

class ChartLegend : public QWidget {
    Q_OBJECT
public:
    /// `widest` is the longest value there will be.
    ChartLegend(const QList<ChartLine>& lines, const QString& widest, QWidget* parent);
    void setValues(const QStringList& values);
    [[nodiscard]] const QStringList& values() const { return m_values; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    // The place of each entry in a legend of that width.
    [[nodiscard]] QList<QRect> places(int width) const;

    QList<ChartLine> m_lines;
    QString m_widest;
    QStringList m_values;
};

} // namespace escale::gui
