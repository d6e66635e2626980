#include "gui/common/chart_legend.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QPainter>

#include <algorithm>

namespace escale::gui {

static constexpr int kSwatch = 9;
static constexpr int kGap = 6;
static constexpr int kBetween = 14;

ChartLegend::ChartLegend(const QList<ChartLine>& lines, const QString& widest, QWidget* parent)
    : QWidget(parent)
    , m_lines(lines)
    , m_widest(widest) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::setValues(const QStringList& values) {
    if (values == m_values)
        return;
    m_values = values;
    update();
}

static QFont boldOf(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

QList<QRect> ChartLegend::places(int width) const {
    const QFontMetrics names(font());
    const int value = QFontMetrics(boldOf(font())).horizontalAdvance(m_widest);
    const int height = names.height() + 2;
    QList<QRect> result;
    int x = 0;
    int y = 0;
    for (const ChartLine& line : m_lines) {
        const int own = kSwatch + kGap + names.horizontalAdvance(line.name) + kGap + value;
        if (x > 0 && x + own > width) {
            x = 0;
            y += height;
        }
        result.append(QRect(x, y, own, height));
        x += own + kBetween;
    }
    return result;
}

int ChartLegend::heightForWidth(int width) const {
    const QList<QRect> all = places(width);
    return all.isEmpty() ? 0 : all.last().bottom() + 1;
}

QSize ChartLegend::sizeHint() const {
    return {240, heightForWidth(std::max(240, width()))};
}

QSize ChartLegend::minimumSizeHint() const {
    return {160, heightForWidth(std::max(240, width()))};
}

void ChartLegend::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors colors = Colors::current();
    const QList<QRect> all = places(width());
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        QRect rest = all[i];
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_lines[i].color());
        painter.drawRoundedRect(QRect(rest.left(), rest.center().y() - kSwatch / 2 + 1, kSwatch, kSwatch), 2,
                                2);
        rest.setLeft(rest.left() + kSwatch + kGap);
        painter.setFont(font());
        painter.setPen(colors.muted);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, m_lines[i].name);
        rest.setLeft(rest.left() + painter.fontMetrics().horizontalAdvance(m_lines[i].name) + kGap);
        painter.setFont(boldOf(font()));
        painter.setPen(colors.text);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, m_values.value(i, dash()));
    }
}

} // namespace escale::gui
