// The content of one folder of a container, as a table.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>

namespace escale::gui {

/// "drwxr-xr-x", as ls shows it, with s and t.
QString modeText(quint32 mode);
bool isFolder(const dbus::FileEntry& entry);
bool isLink(const dbus::FileEntry& entry);
bool isPlainFile(const dbus::FileEntry& entry);
/// "folder", "symbolic link", …
QString fileKindText(quint32 mode);
/// Of resources/icons.
QString fileIconName(quint32 mode);
/// The path of a name in a folder, and the folder of a path ("/" of itself).
QString joinPath(const QString& folder, const QString& name);
QString parentPath(const QString& path);

class FilesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Size, Mode, Owner, Modified, Target, ColumnCount };
    enum Role : int { kFolderRole = Qt::UserRole + 100, kIconRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setFiles(dbus::FileEntries files);
    /// The names of those that something is mounted over at run time.
    void setMounted(const QSet<QString>& names);
    [[nodiscard]] bool isMounted(const dbus::FileEntry& file) const { return m_mounted.contains(file.name); }
    [[nodiscard]] const dbus::FileEntry& at(int row) const { return m_files[row]; }
    [[nodiscard]] const dbus::FileEntry* find(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const dbus::FileEntry& file, int column) const;
    [[nodiscard]] QVariant sortValue(const dbus::FileEntry& file, int column) const;

    dbus::FileEntries m_files;
    QSet<QString> m_mounted;
};

/// Folders first, in either order; filters by name.
class FilesProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
};

} // namespace escale::gui
