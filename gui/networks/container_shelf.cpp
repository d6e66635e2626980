#include "gui/networks/container_shelf.h"

#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/containers/state_text.h"
#include "gui/networks/container_drag.h"

#include <QDropEvent>
#include <QPainter>

#include <algorithm>

namespace escale::gui {
namespace {

// A dot of the state's colour.
QIcon stateIcon(Tone tone) {
    QPixmap dot(32, 32);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColor(tone));
    painter.drawEllipse(QRectF(8, 8, 16, 16));
    return QIcon(dot);
}

} // namespace

ContainerShelf::ContainerShelf(QWidget* parent)
    : QListWidget(parent) {
    setObjectName(QStringLiteral("networksPane.containers"));
    setAccessibleName(tr("Containers, to be put into a network"));
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    setIconSize(QSize(16, 16));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    connect(this, &QListWidget::itemActivated, this,
            [this] { Q_EMIT connectRequested(selectedContainers()); });
}

void ContainerShelf::setContainers(const dbus::ContainerList& containers) {
    const QStringList selected = selectedContainers();
    const QString current =
        currentItem() == nullptr ? QString() : currentItem()->data(Qt::UserRole).toString();
    dbus::ContainerList sorted = containers;
    std::sort(sorted.begin(), sorted.end(), [](const dbus::Container& a, const dbus::Container& b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    clear();
    for (const dbus::Container& container : std::as_const(sorted)) {
        auto* item = new QListWidgetItem(stateIcon(stateTone(container)), container.name, this);
        item->setData(Qt::UserRole, container.id);
        item->setToolTip(container.name + QStringLiteral(" · ") + stateText(container));
        item->setData(Qt::AccessibleTextRole, item->toolTip());
        item->setSizeHint(QSize(0, fontMetrics().height() + 12));
        if (container.id == current)
            setCurrentItem(item, QItemSelectionModel::NoUpdate);
        item->setSelected(selected.contains(container.id));
    }
}

QStringList ContainerShelf::selectedContainers() const {
    QStringList ids;
    for (const QListWidgetItem* item : selectedItems())
        ids.append(item->data(Qt::UserRole).toString());
    return ids;
}

QStringList ContainerShelf::mimeTypes() const {
    return {QString::fromLatin1(ContainerDrag::kMimeType)};
}

QMimeData* ContainerShelf::mimeData(const QList<QListWidgetItem*>& items) const {
    ContainerDrag drag;
    for (const QListWidgetItem* item : items)
        drag.containers.append(item->data(Qt::UserRole).toString());
    return drag.toMime();
}

static bool isTakenOff(const QDropEvent* event) {
    const auto drag = ContainerDrag::fromMime(event->mimeData());
    return drag && !drag->network.isEmpty();
}

void ContainerShelf::dragEnterEvent(QDragEnterEvent* event) {
    event->setAccepted(isTakenOff(event));
}

void ContainerShelf::dragMoveEvent(QDragMoveEvent* event) {
    event->setAccepted(isTakenOff(event));
}

void ContainerShelf::dropEvent(QDropEvent* event) {
    const auto drag = ContainerDrag::fromMime(event->mimeData());
    if (!drag || drag->network.isEmpty())
        return event->ignore();
    event->setDropAction(Qt::CopyAction); // the rows stay until the engine tells
    event->accept();
    Q_EMIT disconnectRequested(drag->network, drag->containers);
}

} // namespace escale::gui
