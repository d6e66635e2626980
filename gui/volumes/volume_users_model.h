// The containers that have a volume, and where they see it.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class VolumeUsersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, State, Target, Access, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setUsers(const QList<dbus::VolumeUser>& users);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<dbus::VolumeUser> m_rows;
};

} // namespace escale::gui
