#include "gui/containers/files_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <sys/stat.h>

#include <algorithm>

namespace escale::gui {

QString modeText(quint32 mode) {
    const mode_t type = mode & S_IFMT;
    const char first = type == S_IFDIR    ? 'd'
                       : type == S_IFLNK  ? 'l'
                       : type == S_IFCHR  ? 'c'
                       : type == S_IFBLK  ? 'b'
                       : type == S_IFIFO  ? 'p'
                       : type == S_IFSOCK ? 's'
                                          : '-';
    QString text{QLatin1Char(first)};
    const struct {
        int shift;
        mode_t special;
        char letter;
    } groups[] = {{6, S_ISUID, 's'}, {3, S_ISGID, 's'}, {0, S_ISVTX, 't'}};
    for (const auto& [shift, special, letter] : groups) {
        const quint32 bits = mode >> shift;
        const bool executes = (bits & 1U) != 0;
        text += QLatin1Char((bits & 4U) != 0 ? 'r' : '-');
        text += QLatin1Char((bits & 2U) != 0 ? 'w' : '-');
        if ((mode & special) != 0)
            text += executes ? QLatin1Char(letter) : QChar(QLatin1Char(letter)).toUpper();
        else
            text += QLatin1Char(executes ? 'x' : '-');
    }
    return text;
}

bool isFolder(const dbus::FileEntry& entry) {
    return S_ISDIR(entry.mode);
}
bool isLink(const dbus::FileEntry& entry) {
    return S_ISLNK(entry.mode);
}
bool isPlainFile(const dbus::FileEntry& entry) {
    return S_ISREG(entry.mode);
}

QString fileKindText(quint32 mode) {
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return FilesModel::tr("folder");
    case S_IFLNK:
        return FilesModel::tr("symbolic link");
    case S_IFCHR:
    case S_IFBLK:
        return FilesModel::tr("device");
    case S_IFIFO:
        return FilesModel::tr("pipe");
    case S_IFSOCK:
        return FilesModel::tr("socket");
    default:
        return FilesModel::tr("file");
    }
}

QString fileIconName(quint32 mode) {
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return QStringLiteral("folder");
    case S_IFLNK:
        return QStringLiteral("link");
    case S_IFREG:
        return QStringLiteral("file");
    default:
        return QStringLiteral("device");
    }
}

QString joinPath(const QString& folder, const QString& name) {
    return folder.endsWith(QLatin1Char('/')) ? folder + name : folder + QLatin1Char('/') + name;
}

QString parentPath(const QString& path) {
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    return slash <= 0 ? QStringLiteral("/") : path.left(slash);
}

void FilesModel::setFiles(dbus::FileEntries files) {
    beginResetModel();
    m_files = std::move(files);
    endResetModel();
}

void FilesModel::setMounted(const QSet<QString>& names) {
    if (m_mounted == names)
        return;
    m_mounted = names;
    if (!m_files.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const dbus::FileEntry* FilesModel::find(const QString& name) const {
    const auto found = std::find_if(m_files.begin(), m_files.end(),
                                    [&](const dbus::FileEntry& file) { return file.name == name; });
    return found != m_files.end() ? &*found : nullptr;
}

int FilesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

int FilesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Owner)
        return tr("User and group, as numbers in the container");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Size:
        return tr("Size");
    case Mode:
        return tr("Mode");
    case Owner:
        return tr("Owner");
    case Modified:
        return tr("Modified");
    case Target:
        return tr("Link to");
    default:
        return {};
    }
}

QString FilesModel::text(const dbus::FileEntry& file, int column) const {
    switch (column) {
    case Name:
        return file.name;
    case Size:
        return isPlainFile(file) && !isMounted(file) ? formatBytes(file.size) : QString();
    case Mode:
        return modeText(file.mode);
    case Owner:
        return QStringLiteral("%1:%2").arg(file.user).arg(file.group);
    case Modified:
        return formatAgo(file.modified);
    case Target:
        return isMounted(file) ? tr("mounted") : file.linkTarget;
    default:
        return {};
    }
}

QVariant FilesModel::sortValue(const dbus::FileEntry& file, int column) const {
    switch (column) {
    case Size:
        return isPlainFile(file) ? QVariant(file.size) : QVariant(quint64(0));
    case Owner:
        return (static_cast<quint64>(file.user) << 32U) | file.group;
    case Modified:
        return file.modified;
    default:
        return text(file, column);
    }
}

QVariant FilesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::FileEntry& file = m_files[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(file, column);
    case kSortRole:
        return sortValue(file, column);
    case kIdRole:
        return file.name;
    case kFolderRole:
        return isFolder(file);
    case kIconRole:
        return column == Name ? QVariant(fileIconName(file.mode)) : QVariant();
    case kMonospaceRole:
        return column == Mode || (column == Target && !isMounted(file));
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Mode || column == Owner || column == Modified || column == Target || isMounted(file)
                   ? QVariant(QBrush(Colors::current().muted))
                   : QVariant();
    case Qt::ToolTipRole:
        if (isMounted(file))
            return tr("Mounted at run time: the container sees something else here, which is no part of its "
                      "file system.");
        return column == Modified ? QVariant(formatTime(file.modified))
               : column == Size && isPlainFile(file)
                   ? QVariant(
                         tr("%n byte(s)", nullptr, static_cast<int>(std::min<quint64>(file.size, INT_MAX))))
                   : QVariant();
    case Qt::AccessibleTextRole:
        return column == Name
                   ? QVariant(tr("%1, %2").arg(file.name, isMounted(file) ? tr("mounted at run time")
                                                                          : fileKindText(file.mode)))
                   : QVariant();
    default:
        return {};
    }
}

bool FilesProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool leftFolder = left.data(FilesModel::kFolderRole).toBool();
    const bool rightFolder = right.data(FilesModel::kFolderRole).toBool();
    if (leftFolder != rightFolder)
        return leftFolder == (sortOrder() == Qt::AscendingOrder);
    if (left.data(kSortRole) == right.data(kSortRole)) // names settle it
        return left.data(kIdRole).toString().localeAwareCompare(right.data(kIdRole).toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

bool FilesProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    return sourceModel()
        ->index(row, FilesModel::Name, parent)
        .data()
        .toString()
        .contains(filterRegularExpression());
}

} // namespace escale::gui
