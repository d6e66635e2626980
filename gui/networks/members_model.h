// The endpoints of one network: which containers are in it, and how.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class MembersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, State, Inside, Addresses, Mac, Aliases, DnsNames, Outside, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    // Rows can be dragged off the network (container_drag.h).
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

    /// `network`: its id, for what is dragged.
    void setEndpoints(const QString& network, const QList<dbus::NetworkEndpoint>& endpoints);

private:
    QString m_network;
    QList<dbus::NetworkEndpoint> m_rows;
};

} // namespace escale::gui
