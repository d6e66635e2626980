#include "gui/containers/cpu_bars.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr int kHeight = 14;
static constexpr double kWidest = 14;
static constexpr double kMostWidth = 220; // of all together

CpuBars::CpuBars(QWidget* parent)
    : QWidget(parent) {
    setFixedHeight(kHeight);
    setAccessibleName(tr("Use of each processor"));
    hide();
}

void CpuBars::clear() {
    m_last.clear();
    m_shares.clear();
    hide();
}

void CpuBars::add(qint64 time, const QList<quint64>& nanoseconds) {
    const QList<quint64> before = std::exchange(m_last, nanoseconds);
    const double passed = static_cast<double>(time - std::exchange(m_time, time)) * 1e6;
    if (before.size() != nanoseconds.size() || nanoseconds.isEmpty() || passed <= 0)
        return;
    m_shares.clear();
    QStringList words;
    for (qsizetype i = 0; i < nanoseconds.size(); ++i) {
        const double used = nanoseconds[i] > before[i] ? static_cast<double>(nanoseconds[i] - before[i]) : 0;
        m_shares.append(std::min(1.0, used / passed));
        words.append(formatPercent(m_shares.last() * 100));
    }
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setFixedWidth(
        static_cast<int>(std::ceil(std::min(kMostWidth, kWidest * static_cast<double>(nanoseconds.size())))));
    show();
    update();
}

QRectF CpuBars::place(qsizetype index) const {
    const double each =
        std::min(kWidest, static_cast<double>(width()) / static_cast<double>(m_shares.size()));
    const double gap = each > 6 ? 2 : each > 3 ? 1 : 0;
    return {static_cast<double>(index) * each, 1, each - gap, kHeight - 1.0};
}

void CpuBars::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Colors colors = Colors::current();
    for (qsizetype i = 0; i < m_shares.size(); ++i) {
        QRectF bar = place(i);
        painter.fillRect(bar, colors.hover);
        bar.setTop(bar.bottom() - bar.height() * m_shares[i]);
        painter.fillRect(bar, colors.accent);
    }
}

bool CpuBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (qsizetype i = 0; i < m_shares.size(); ++i) {
        if (place(i).contains(help->pos()))
            QToolTip::showText(help->globalPos(),
                               tr("Processor %1: %2").arg(i).arg(formatPercent(m_shares[i] * 100)), this);
    }
    return true;
}

} // namespace escale::gui
