// The content of one folder of a container or a volume, as a table. It keeps its rows in order itself: a
// hundred thousand of them are put in order on a thread of their own, before they are shown.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>

#include <functional>

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

/// Folders first, in either order; then by the column (FilesModel::Column), then by name. Any thread.
dbus::FileEntries inOrder(dbus::FileEntries files, int column, Qt::SortOrder order);

class FilesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Size, Mode, Owner, Modified, Target, ColumnCount };
    enum Role : int { kFolderRole = Qt::UserRole + 100, kIconRole };

    using QAbstractTableModel::QAbstractTableModel;
    /// All rows at once. `shown` is called when they are: at once for a folder of usual size, later for a
    /// large one, or never when other files come before.
    void setFiles(dbus::FileEntries files, std::function<void()> shown = {});
    void setOrder(int column, Qt::SortOrder order);
    /// Names can be edited: a new one is a renameRequested.
    void setNamesEditable(bool editable) { m_namesEditable = editable; }
    /// The names of those that something is mounted over at run time.
    void setMounted(const QSet<QString>& names);
    [[nodiscard]] bool isMounted(const dbus::FileEntry& file) const { return m_mounted.contains(file.name); }
    [[nodiscard]] const dbus::FileEntry& at(int row) const { return m_files[row]; }
    [[nodiscard]] const dbus::FileEntry* find(const QString& name) const;
    /// -1: there is none of that name.
    [[nodiscard]] int rowOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    /// The same rows stand in another order now.
    void reordered();
    void renameRequested(const QString& name, const QString& newName);

private:
    void arrange(dbus::FileEntries files, std::function<void()> shown);
    void show(dbus::FileEntries files);
    [[nodiscard]] QString text(const dbus::FileEntry& file, int column) const;
    [[nodiscard]] QVariant toolTip(const dbus::FileEntry& file, int column) const;

    dbus::FileEntries m_files;
    QSet<QString> m_mounted;
    int m_column = Name;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    quint64 m_turn = 0; // an older order is late
    bool m_namesEditable = false;
};

/// Filters by name; the order is the model's.
class FilesProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void sort(int column, Qt::SortOrder order) override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
};

} // namespace escale::gui
