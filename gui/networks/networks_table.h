// The list of networks: a sign where the engine warns, and containers can be dropped on a row.
#pragma once

#include "gui/common/table.h"

namespace escale::gui {

class NetworksTable : public Table {
    Q_OBJECT
public:
    explicit NetworksTable(QWidget* parent = nullptr);

Q_SIGNALS:
    void containersDropped(const QString& network, const QStringList& containers);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
};

} // namespace escale::gui
