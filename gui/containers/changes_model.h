// What a container has changed in its files, compared with its image.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <array>

namespace escale::gui {

class ChangesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Kind, Path, ColumnCount };
    enum Role : int { kKindRole = Qt::UserRole + 100 }; // a FileKind
    enum FileKind { Modified, Added, Deleted, KindCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setChanges(dbus::FileChanges changes);
    [[nodiscard]] const dbus::FileChange& at(int row) const { return m_changes[row]; }
    [[nodiscard]] int count(FileKind kind) const { return m_counts[kind]; }
    /// "Added"
    static QString kindText(int kind);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    dbus::FileChanges m_changes;
    std::array<int, KindCount> m_counts{};
};

/// Those kinds that are wanted, and whose path contains the text.
class ChangesProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWanted(int kind, bool wanted);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::array<bool, ChangesModel::KindCount> m_wanted{true, true, true};
};

} // namespace escale::gui
