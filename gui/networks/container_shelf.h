// The person's containers beside the networks, to be dragged onto one; a member that is dropped here leaves
// its network.
#pragma once

#include "helper/dbus/types.h"

#include <QListWidget>

namespace escale::gui {

class ContainerShelf : public QListWidget {
    Q_OBJECT
public:
    explicit ContainerShelf(QWidget* parent = nullptr);
    void setContainers(const dbus::ContainerList& containers);
    [[nodiscard]] QStringList selectedContainers() const;

Q_SIGNALS:
    void connectRequested(const QStringList& containers);
    void disconnectRequested(const QString& network, const QStringList& containers);

protected:
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
};

} // namespace escale::gui
