// The person's networks as a table.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QHash>

namespace escale::gui {

class NetworksModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Driver, Subnets, Members, Properties, Interface, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// Makes the rows those of the list with the fewest changes.
    void setNetworks(const dbus::NetworkList& networks);
    [[nodiscard]] const dbus::Network* find(const QString& id) const;
    [[nodiscard]] const dbus::NetworkList& networks() const { return m_rows; }

private:
    void reindex();

    dbus::NetworkList m_rows;
    QHash<QString, int> m_rowOf;
};

} // namespace escale::gui
