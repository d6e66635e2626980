#include "gui/containers/ports_delegate.h"

#include "gui/common/theme.h"
#include "gui/containers/containers_model.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace escale::gui {

static constexpr int kMargin = 8; // as RowDelegate has it
static constexpr int kGap = 12;   // between two ports

static QList<PublishedPort> portsOf(const QModelIndex& index) {
    return index.data(kPortsRole).value<QList<PublishedPort>>();
}

static QStringList labelsOf(const QList<PublishedPort>& ports) {
    QStringList labels;
    for (const PublishedPort& port : ports)
        labels.append(port.label());
    return labels;
}

int PortsDelegate::portAt(const QPoint& point, const QRect& cell, const QFont& font,
                          const QStringList& labels) {
    const QFontMetrics metrics(font);
    int left = cell.left() + kMargin;
    if (!cell.contains(point) || point.x() > cell.right() - kMargin)
        return -1;
    for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
        const int width = metrics.horizontalAdvance(labels[i]);
        if (point.x() >= left && point.x() < left + width)
            return i;
        left += width + kGap;
    }
    return -1;
}

void PortsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                          const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    QRect area = paintGround(painter, option, index);
    const Colors colors = Colors::current();
    const QFontMetrics metrics(option.font);
    painter->save();
    const QList<PublishedPort> ports = portsOf(index);
    for (qsizetype i = 0; i < ports.size(); ++i) {
        const QString text = ports[i].label();
        const QString rest = QStringLiteral("+%1").arg(ports.size() - i);
        const bool last = i + 1 == ports.size();
        const int needed =
            metrics.horizontalAdvance(text) + (last ? 0 : kGap + metrics.horizontalAdvance(rest));
        const bool fits = needed <= area.width() || i == 0;
        const bool link = fits && ports[i].url().isValid();
        QFont font = option.font;
        font.setUnderline(link && option.state.testFlag(QStyle::State_MouseOver));
        painter->setFont(font);
        painter->setPen(link ? colors.accent : colors.muted);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(fits ? text : rest, Qt::ElideRight, area.width()));
        if (!fits)
            break; // the tool tip tells all of them
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + kGap);
    }
    painter->restore();
}

// What is said of one port, when the mouse is on one.
bool PortsDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& given,
                              const QModelIndex& index) {
    const QList<PublishedPort> ports = portsOf(index);
    const int at = event->type() == QEvent::ToolTip
                       ? portAt(event->pos(), view->visualRect(index), given.font, labelsOf(ports))
                       : -1;
    if (at < 0)
        return RowDelegate::helpEvent(event, view, given, index);
    const PublishedPort& port = ports[at];
    const QUrl url = port.url();
    QToolTip::showText(event->globalPos(),
                       port.reach() + (url.isValid()
                                           ? QLatin1Char('\n') + tr("Click to open %1").arg(url.toString())
                                           : QString()),
                       view);
    return true;
}

} // namespace escale::gui
