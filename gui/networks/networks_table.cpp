#include "gui/networks/networks_table.h"

#include "gui/common/icons.h"
#include "gui/common/theme.h"
#include "gui/networks/container_drag.h"

#include <QDropEvent>
#include <QPainter>

namespace escale::gui {
namespace {

constexpr int kSign = 16;

// Names, with the sign of a warning at their right.
class NameDelegate : public RowDelegate {
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& given,
               const QModelIndex& index) const override {
        const bool warns = index.data(Qt::DecorationRole).isValid();
        if (!warns)
            return RowDelegate::paint(painter, given, index);
        QStyleOptionViewItem option = given;
        QRect area = paintGround(painter, option, index);
        const QRect sign(area.right() - kSign, area.center().y() - kSign / 2 + 1, kSign, kSign);
        area.setRight(sign.left() - 6);
        paintText(painter, option, index, area, option.text);
        painter->drawPixmap(sign, tintedIcon(QStringLiteral("warning"), Colors::current().amber, kSign,
                                             painter->device()->devicePixelRatioF()));
    }
};

} // namespace

NetworksTable::NetworksTable(QWidget* parent)
    : Table(parent) {
    setAcceptDrops(true);
    setDragDropMode(DropOnly);
    setDropIndicatorShown(true);
    setItemDelegateForColumn(0, new NameDelegate(this));
}

void NetworksTable::dragEnterEvent(QDragEnterEvent* event) {
    event->setAccepted(ContainerDrag::fromMime(event->mimeData()).has_value());
}

void NetworksTable::dragMoveEvent(QDragMoveEvent* event) {
    const auto drag = ContainerDrag::fromMime(event->mimeData());
    const QModelIndex over = indexAt(event->position().toPoint());
    const bool fits = drag && over.isValid() && over.data(kIdRole).toString() != drag->network;
    if (fits) // shows where it would go
        setCurrentIndex(over.siblingAtColumn(0));
    event->setAccepted(fits);
}

void NetworksTable::dropEvent(QDropEvent* event) {
    const auto drag = ContainerDrag::fromMime(event->mimeData());
    const QModelIndex over = indexAt(event->position().toPoint());
    if (!drag || !over.isValid())
        return event->ignore();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT containersDropped(over.data(kIdRole).toString(), drag->containers);
}

} // namespace escale::gui
