#include "gui/containers/sparkline_delegate.h"

#include "gui/common/theme.h"
#include "gui/containers/containers_model.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace escale::gui {

static constexpr int kGap = 8; // between line and figure
static constexpr int kAir = 7; // above and below the line
static constexpr double kLongestLine = 120;
static constexpr int kLeastLine = 16; // a shorter one tells nothing
static constexpr int kSortArrow = 9;  // as RowDelegate has it

SparklineDelegate::SparklineDelegate(float least, const QString& widest, QObject* parent)
    : RowDelegate(parent)
    , m_least(least)
    , m_widest(widest) {}

QList<QPointF> SparklineDelegate::line(const QList<float>& samples, qsizetype length, const QRectF& box,
                                       float least) {
    QList<QPointF> points;
    if (samples.isEmpty())
        return points;
    const float top = std::max(least, *std::max_element(samples.begin(), samples.end()) * 1.1F);
    const double step = box.width() / static_cast<double>(std::max<qsizetype>(1, length - 1));
    points.reserve(samples.size());
    for (qsizetype i = 0; i < samples.size(); ++i)
        points.append(QPointF(box.right() - step * static_cast<double>(samples.size() - 1 - i),
                              box.bottom() - box.height() * static_cast<double>(samples[i] / top)));
    return points;
}

void SparklineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                              const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    QRect area = paintGround(painter, option, index);
    area.setRight(area.right() - kSortArrow);
    // Room for the widest figure, so that the lines of all rows stand below each other.
    const int figure = QFontMetrics(option.font).horizontalAdvance(m_widest);
    QRectF box = QRectF(area).adjusted(0, kAir, -figure - kGap, -kAir);
    box.setLeft(
        std::max(box.left(), box.right() - kLongestLine)); // beside its figure, however wide the column is
    paintText(painter, option, index, area, option.text);
    const auto samples = index.data(kSamplesRole).value<QList<float>>();
    if (samples.size() < 2 || box.width() < kLeastLine)
        return;
    const QList<QPointF> points = line(samples, SampleHistory::kLength, box, m_least);
    const QColor color = Colors::current().accent;
    QColor fill = color;
    fill.setAlphaF(0.16F);
    QPainterPath path(QPointF(points.first().x(), box.bottom()));
    for (const QPointF& point : points)
        path.lineTo(point);
    path.lineTo(box.right(), box.bottom());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(path, fill);
    painter->setPen(QPen(color, 1.3));
    painter->drawPolyline(points);
    painter->restore();
}

} // namespace escale::gui
