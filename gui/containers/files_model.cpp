#include "gui/containers/files_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <QCollator>
#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <vector>

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

namespace {

constexpr qsizetype kManyFiles = 2000; // are put in order on another thread

// Names as people read them: a key a name is compared faster than names are.
struct OrderKey {
    QCollatorSortKey name;
    qsizetype at;
    bool isFolder;
    quint64 number;
    QString text;
};

quint64 numberOf(const dbus::FileEntry& file, int column) {
    switch (column) {
    case FilesModel::Size:
        return isPlainFile(file) ? file.size : 0;
    case FilesModel::Mode:
        return file.mode;
    case FilesModel::Owner:
        return (static_cast<quint64>(file.user) << 32U) | file.group;
    case FilesModel::Modified: // also before 1970
        return static_cast<quint64>(file.modified) ^ (quint64(1) << 63U);
    default:
        return 0;
    }
}

} // namespace

dbus::FileEntries inOrder(dbus::FileEntries files, int column, Qt::SortOrder order) {
    const QCollator collator;
    std::vector<OrderKey> keys;
    keys.reserve(static_cast<std::size_t>(files.size()));
    for (qsizetype at = 0; at < files.size(); ++at) {
        const dbus::FileEntry& file = files.at(at);
        keys.push_back({collator.sortKey(file.name.toCaseFolded()), at, isFolder(file),
                        numberOf(file, column), column == FilesModel::Target ? file.linkTarget : QString()});
    }
    const bool descending = order == Qt::DescendingOrder;
    std::stable_sort(keys.begin(), keys.end(), [descending](const OrderKey& one, const OrderKey& other) {
        if (one.isFolder != other.isFolder)
            return one.isFolder;
        const OrderKey& left = descending ? other : one;
        const OrderKey& right = descending ? one : other;
        if (left.number != right.number)
            return left.number < right.number;
        if (const int texts = left.text.compare(right.text); texts != 0)
            return texts < 0;
        return left.name.compare(right.name) < 0;
    });
    dbus::FileEntries ordered;
    ordered.reserve(files.size());
    for (const OrderKey& key : keys)
        ordered.append(std::move(files[key.at]));
    return ordered;
}

void FilesModel::setFiles(dbus::FileEntries files, std::function<void()> shown) {
    arrange(std::move(files), std::move(shown));
}

void FilesModel::setOrder(int column, Qt::SortOrder order) {
    if (column == m_column && order == m_order)
        return;
    m_column = column;
    m_order = order;
    arrange(m_files, [this] { Q_EMIT reordered(); });
}

void FilesModel::arrange(dbus::FileEntries files, std::function<void()> shown) {
    const quint64 turn = ++m_turn;
    if (files.size() <= kManyFiles) {
        show(inOrder(std::move(files), m_column, m_order));
        if (shown)
            shown();
        return;
    }
    QThreadPool::globalInstance()->start([self = QPointer(this), turn, files = std::move(files),
                                          column = m_column, order = m_order,
                                          shown = std::move(shown)]() mutable {
        auto ordered = std::make_shared<dbus::FileEntries>(inOrder(std::move(files), column, order));
        QMetaObject::invokeMethod(qApp, [self, turn, ordered, shown = std::move(shown)] {
            if (self == nullptr || self->m_turn != turn)
                return;
            self->show(std::move(*ordered));
            if (shown)
                shown();
        });
    });
}

void FilesModel::show(dbus::FileEntries files) {
    beginResetModel();
    m_files = std::move(files);
    endResetModel();
}

Qt::ItemFlags FilesModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return QAbstractTableModel::flags(index);
    const bool editable = m_namesEditable && index.column() == Name;
    return QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled |
           (editable ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

// The engine renames; then the folder is read again.
bool FilesModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !index.isValid() || index.column() != Name)
        return false;
    const QString name = at(index.row()).name, newName = value.toString();
    if (!newName.isEmpty() && newName != name)
        Q_EMIT renameRequested(name, newName);
    return false;
}

void FilesModel::setMounted(const QSet<QString>& names) {
    if (m_mounted == names)
        return;
    m_mounted = names;
    if (!m_files.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const dbus::FileEntry* FilesModel::find(const QString& name) const {
    const int row = rowOf(name);
    return row < 0 ? nullptr : &m_files[row];
}

int FilesModel::rowOf(const QString& name) const {
    const auto found = std::find_if(m_files.begin(), m_files.end(),
                                    [&](const dbus::FileEntry& file) { return file.name == name; });
    return found != m_files.end() ? static_cast<int>(found - m_files.begin()) : -1;
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

QVariant FilesModel::toolTip(const dbus::FileEntry& file, int column) const {
    if (isMounted(file))
        return tr("Mounted at run time: the container sees something else here, which is no part of its "
                  "file system.");
    if (column == Modified)
        return formatTime(file.modified);
    if (column == Size && isPlainFile(file))
        return tr("%n byte(s)", nullptr, static_cast<int>(std::min<quint64>(file.size, INT_MAX)));
    return {};
}

QVariant FilesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::FileEntry& file = m_files[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(file, column);
    case Qt::EditRole:
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
        return toolTip(file, column);
    case Qt::AccessibleTextRole:
        return column == Name
                   ? QVariant(tr("%1, %2").arg(file.name, isMounted(file) ? tr("mounted at run time")
                                                                          : fileKindText(file.mode)))
                   : QVariant();
    default:
        return {};
    }
}

void FilesProxy::sort(int column, Qt::SortOrder order) {
    static_cast<FilesModel*>(sourceModel())->setOrder(column, order);
}

bool FilesProxy::filterAcceptsRow(int row, const QModelIndex&) const {
    const QRegularExpression wanted = filterRegularExpression();
    return wanted.pattern().isEmpty() ||
           static_cast<const FilesModel*>(sourceModel())->at(row).name.contains(wanted);
}

} // namespace escale::gui
