// A figure with its last minute as a small line beside it. Drawn when its row is, so only for rows in sight.
#pragma once

#include "gui/common/table.h"

namespace escale::gui {

class SparklineDelegate : public RowDelegate {
    Q_OBJECT
public:
    /// `least`: what the top of the line's scale is at least, so that noise near zero does not look like
    /// load.
    /// `widest`: the longest figure there is usually, for which room is kept.
    SparklineDelegate(float least, const QString& widest, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override;

    /// The line in a box, newest at its right edge; for a history of `length` values at full width.
    static QList<QPointF> line(const QList<float>& samples, qsizetype length, const QRectF& box, float least);

private:
    float m_least;
    QString m_widest;
};

} // namespace escale::gui
