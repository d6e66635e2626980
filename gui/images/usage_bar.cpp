#include "gui/images/usage_bar.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace escale::gui {

static constexpr int kBar = 10, kGap = 8, kDot = 9, kSpace = 22;

UsageBar::UsageBar(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QColor UsageBar::color(UsagePart::Shade shade) {
    const Colors colors = Colors::current();
    switch (shade) {
    case UsagePart::Shade::Used:
        return colors.accent;
    case UsagePart::Shade::Spare:
        return colors.amber;
    case UsagePart::Shade::Changes:
        return colors.green;
    case UsagePart::Shade::Logs:
        break;
    }
    return colors.muted;
}

void UsageBar::setParts(const QList<UsagePart>& parts) {
    m_parts = parts;
    QStringList words;
    for (const UsagePart& part : parts)
        words.append(part.name + QLatin1Char(' ') + formatBytes(part.bytes));
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

QSize UsageBar::sizeHint() const {
    return {400, kBar + kGap + fontMetrics().height()};
}

QSize UsageBar::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void UsageBar::paintEvent(QPaintEvent*) {
    const Colors colors = Colors::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF bar(0, 0, width(), kBar);
    QPainterPath round;
    round.addRoundedRect(bar, kBar / 2.0, kBar / 2.0);
    painter.fillPath(round, QBrush(colors.border));
    quint64 total = 0;
    for (const UsagePart& part : std::as_const(m_parts))
        total += part.bytes;
    painter.save();
    painter.setClipPath(round);
    double left = 0;
    for (const UsagePart& part : std::as_const(m_parts)) {
        if (part.bytes == 0)
            continue;
        const double wide =
            std::max(2.0, width() * static_cast<double>(part.bytes) / static_cast<double>(total));
        painter.fillRect(QRectF(left, 0, wide, kBar), color(part.shade));
        left += wide;
    }
    painter.restore();
    const QFontMetrics metrics = fontMetrics();
    const int top = kBar + kGap;
    int x = 0;
    for (const UsagePart& part : std::as_const(m_parts)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(part.shade));
        painter.drawRoundedRect(QRectF(x, top + (metrics.height() - kDot) / 2.0, kDot, kDot), 2, 2);
        x += kDot + 7;
        const QString figure = formatBytes(part.bytes);
        painter.setPen(colors.muted);
        painter.drawText(x, top + metrics.ascent(), part.name);
        x += metrics.horizontalAdvance(part.name) + 6;
        painter.setPen(colors.text);
        painter.drawText(x, top + metrics.ascent(), figure);
        x += metrics.horizontalAdvance(figure) + kSpace;
    }
}

} // namespace escale::gui
