// The person's volumes as a table.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSortFilterProxyModel>

namespace escale::gui {

class VolumesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Size, UsedBy, LastUsed, State, ColumnCount };
    enum Role : int { kUnusedRole = Qt::UserRole + 100 }; // bool: no container has it

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes the rows those of the list with the fewest changes.
    void setVolumes(const dbus::VolumeList& volumes);
    /// They are being counted.
    void setCounting(const QStringList& names);
    [[nodiscard]] const dbus::Volume* find(const QString& name) const;
    [[nodiscard]] const dbus::VolumeList& volumes() const { return m_rows; }

private:
    void reindex();
    [[nodiscard]] QString text(const dbus::Volume& volume, int column) const;
    [[nodiscard]] static QVariant sortValue(const dbus::Volume& volume, int column);
    [[nodiscard]] QVariant toolTip(const dbus::Volume& volume, int column) const;
    [[nodiscard]] static QVariant foreground(const dbus::Volume& volume, int column);

    dbus::VolumeList m_rows;
    QHash<QString, int> m_rowOf;
    QStringList m_counting;
};

/// Filters by any column's text, and by whether a container has it.
class VolumesProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setUnusedOnly(bool only);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool m_unusedOnly = false;
};

} // namespace escale::gui
