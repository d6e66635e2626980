// Files that a search has found, with their whole paths; rows are only ever added.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

#include <optional>

namespace escale::gui {

class FoundFilesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Path, Size, Modified, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void clear();
    /// Their names are whole paths.
    void add(const dbus::FileEntries& files);
    /// A line of Volumes.SearchFiles; nothing for one that is none.
    static std::optional<dbus::FileEntry> fromLine(const QByteArray& line);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    dbus::FileEntries m_files;
};

} // namespace escale::gui
