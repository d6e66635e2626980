#include "gui/containers/found_files_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/containers/files_model.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace escale::gui {

std::optional<dbus::FileEntry> FoundFilesModel::fromLine(const QByteArray& line) {
    const QJsonObject told = QJsonDocument::fromJson(line).object();
    const QString path = told.value(QLatin1String("path")).toString();
    if (path.isEmpty())
        return std::nullopt;
    dbus::FileEntry file;
    file.name = path;
    file.mode = static_cast<quint32>(told.value(QLatin1String("mode")).toInteger());
    file.size = static_cast<quint64>(told.value(QLatin1String("size")).toInteger());
    file.modified = told.value(QLatin1String("modified")).toInteger();
    return file;
}

void FoundFilesModel::clear() {
    beginResetModel();
    m_files.clear();
    endResetModel();
}

void FoundFilesModel::add(const dbus::FileEntries& files) {
    if (files.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(files.size()) - 1);
    m_files += files;
    endInsertRows();
}

int FoundFilesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

int FoundFilesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FoundFilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Path ? tr("Path") : section == Size ? tr("Size") : tr("Modified");
}

QVariant FoundFilesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::FileEntry& file = m_files[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column == Path   ? file.name
               : column == Size ? (isPlainFile(file) ? formatBytes(file.size) : QString())
                                : formatAgo(file.modified);
    case kSortRole:
        return column == Path ? QVariant(file.name) : column == Size ? QVariant(file.size) : file.modified;
    case kIdRole:
        return file.name;
    case kElideMiddleRole:
        return column == Path;
    case FilesModel::kFolderRole:
        return isFolder(file);
    case FilesModel::kIconRole:
        return column == Path ? QVariant(fileIconName(file.mode)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Path ? QVariant(tr("%1, %2").arg(file.name, fileKindText(file.mode))) : QVariant();
    default:
        return {};
    }
}

} // namespace escale::gui
