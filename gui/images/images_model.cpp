#include "gui/images/images_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

namespace escale::gui {

QString familiarName(const QString& repository) {
    QString name = repository;
    if (name.startsWith(QLatin1String("docker.io/")))
        name.remove(0, 10);
    if (name.startsWith(QLatin1String("library/")))
        name.remove(0, 8);
    return name;
}

QString ImagesModel::idOf(const dbus::Image& image) {
    // An image without a tag is named by its digest.
    return image.tag.isEmpty() ? image.repository + QLatin1Char('@') + image.digest
                               : image.repository + QLatin1Char(':') + image.tag;
}

int ImagesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImagesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

static bool isFigure(int column) {
    return column == ImagesModel::Size || column == ImagesModel::Layers || column >= ImagesModel::Shared;
}

QVariant ImagesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isFigure(section))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Shared)
        return tr("On the disk, of layers that another image has, too");
    if (role == Qt::ToolTipRole && section == Unique)
        return tr("On the disk, of layers that no other image has: what its removal frees");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Repository:
        return tr("Repository");
    case Tag:
        return tr("Tag");
    case Digest:
        return tr("Digest");
    case Size:
        return tr("Size");
    case Layers:
        return tr("Layers");
    case Created:
        return tr("Created");
    case Shared:
        return tr("Shared");
    case Unique:
        return tr("Its own");
    case Users:
        return tr("Containers");
    default:
        return {};
    }
}

QVariant ImagesModel::usageValue(const dbus::Image& image, int column) const {
    const auto usage = m_usages.constFind(image.digest);
    if (usage == m_usages.constEnd())
        return {};
    return column == Shared   ? QVariant(usage->shared)
           : column == Unique ? QVariant(usage->unique)
                              : QVariant(usage->containers);
}

QString ImagesModel::usageText(const dbus::Image& image, int column) const {
    const QVariant value = usageValue(image, column);
    if (!value.isValid())
        return dash();
    return column == Users ? QLocale().toString(value.toUInt()) : formatBytes(value.toULongLong());
}

static QString cellText(const dbus::Image& image, int column) {
    switch (column) {
    case ImagesModel::Repository:
        return familiarName(image.repository);
    case ImagesModel::Tag:
        return image.tag.isEmpty() ? dash() : image.tag;
    case ImagesModel::Digest:
        return shortDigest(image.digest);
    case ImagesModel::Size:
        return formatBytes(image.size);
    case ImagesModel::Layers:
        return QString::number(image.layers.size());
    case ImagesModel::Created:
        return formatAgo(image.created);
    default:
        return {};
    }
}

static QVariant sortValue(const dbus::Image& image, int column) {
    switch (column) {
    case ImagesModel::Size:
        return image.size;
    case ImagesModel::Layers:
        return image.layers.size();
    case ImagesModel::Created:
        return image.created;
    default:
        return cellText(image, column);
    }
}

QVariant ImagesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::Image& image = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column >= Shared ? usageText(image, column) : cellText(image, column);
    case kSortRole:
        return column >= Shared ? usageValue(image, column) : sortValue(image, column);
    case kIdRole:
        return idOf(image);
    case kMonospaceRole:
        return column == Digest;
    case Qt::TextAlignmentRole:
        return isFigure(column) ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Digest || column == Created ? QVariant(QBrush(Colors::current().muted)) : QVariant();
    case Qt::ToolTipRole:
        if (column == Digest)
            return image.digest;
        if (column == Created)
            return formatTime(image.created);
        return {};
    default:
        return {};
    }
}

void ImagesModel::setImages(const dbus::ImageList& images) {
    QHash<QString, const dbus::Image*> wanted;
    for (const dbus::Image& image : images)
        wanted.insert(idOf(image), &image);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(idOf(m_rows[row])))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    reindex();
    for (const dbus::Image& image : images) {
        const QString id = idOf(image);
        if (const auto known = m_rowOf.constFind(id); known != m_rowOf.constEnd()) {
            m_rows[*known] = image;
            continue;
        }
        const int row = rowCount();
        beginInsertRows({}, row, row);
        m_rows.append(image);
        m_rowOf.insert(id, row);
        endInsertRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ImagesModel::setUsage(const dbus::ImageUsages& usages) {
    m_usages.clear();
    for (const dbus::ImageUsage& usage : usages)
        m_usages.insert(usage.digest, usage);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Shared), index(rowCount() - 1, Users));
}

const dbus::Image* ImagesModel::find(const QString& id) const {
    const auto known = m_rowOf.constFind(id);
    return known == m_rowOf.constEnd() ? nullptr : &m_rows[*known];
}

void ImagesModel::reindex() {
    m_rowOf.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rowOf.insert(idOf(m_rows[row]), row);
}

} // namespace escale::gui
