#include "gui/volumes/volumes_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/volumes/volume_text.h"

#include <QBrush>
#include <QSet>

#include <limits>

namespace escale::gui {

int VolumesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VolumesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VolumesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Kind:
        return tr("Kind");
    case Size:
        return tr("Size");
    case UsedBy:
        return tr("Used by");
    case LastUsed:
        return tr("Last use");
    case State:
        return tr("State");
    default:
        return {};
    }
}

QString VolumesModel::text(const dbus::Volume& volume, int column) const {
    switch (column) {
    case Name:
        return volume.isAnonymous ? shownName(volume) + QStringLiteral("  ") + madeForText(volume)
                                  : volume.name;
    case Kind:
        return volumeKindText(volume);
    case Size:
        if (m_counting.contains(volume.name))
            return tr("counting…");
        return volume.measured == 0 ? tr("Count") : formatBytes(volume.size);
    case UsedBy:
        return usersText(volume);
    case LastUsed:
        return lastUseText(volume);
    case State:
        return volumeStateText(volume);
    default:
        return {};
    }
}

QVariant VolumesModel::sortValue(const dbus::Volume& volume, int column) {
    switch (column) {
    case Name: // those that somebody named first
        return (volume.isAnonymous ? QStringLiteral("~") : QString()) + volume.name;
    case Size:
        return volume.measured == 0 ? qint64(-1) : static_cast<qint64>(volume.size);
    case UsedBy:
        return volume.users.size();
    case LastUsed:
        return isInUse(volume) ? std::numeric_limits<qint64>::max() : volume.lastUsed;
    default:
        return column == Kind ? volumeKindText(volume) : volumeStateText(volume);
    }
}

QVariant VolumesModel::toolTip(const dbus::Volume& volume, int column) const {
    switch (column) {
    case Name:
        return volume.isAnonymous ? QVariant(volume.name + u'\n' + madeForText(volume)) : QVariant();
    case Kind:
        return volumeKindText(volume) + u'\n' + volumeKindSentence(volume);
    case Size:
        return volume.measured == 0
                   ? tr("Click to count its bytes and files.")
                   : tr("%1, counted %2").arg(contentText(volume), formatAgo(volume.measured));
    case LastUsed:
        return volume.lastUsed == 0 ? QVariant() : QVariant(formatTime(volume.lastUsed));
    case State:
        return volume.problem.isEmpty() ? QVariant() : QVariant(volume.problem);
    default:
        return {};
    }
}

QVariant VolumesModel::foreground(const dbus::Volume& volume, int column) {
    const Colors colors = Colors::current();
    if (column == Size && volume.measured == 0)
        return QBrush(colors.accent); // it can be clicked
    const bool isMuted =
        column == Kind || column == LastUsed || ((column == UsedBy || column == Name) && isUnused(volume));
    return isMuted ? QVariant(QBrush(colors.muted)) : QVariant();
}

static Tone toneOf(const dbus::Volume& volume) {
    if (volume.state == u"unreachable" || !volume.problem.isEmpty())
        return Tone::Bad;
    if (volume.state == u"mounting")
        return Tone::Busy;
    return isInUse(volume) ? Tone::Good : Tone::Idle;
}

QVariant VolumesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::Volume& volume = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(volume, column);
    case kSortRole:
        return sortValue(volume, column);
    case kIdRole:
        return volume.name;
    case kUnusedRole:
        return isUnused(volume);
    case kElideMiddleRole:
        return column == Kind;
    case kToneRole:
        return column == State ? QVariant(static_cast<int>(toneOf(volume))) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return foreground(volume, column);
    case Qt::AccessibleTextRole:
        return column == Name ? QVariant(spokenVolume(volume)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(volume, column);
    default:
        return {};
    }
}

void VolumesModel::setVolumes(const dbus::VolumeList& volumes) {
    QSet<QString> wanted;
    for (const dbus::Volume& volume : volumes)
        wanted.insert(volume.name);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[row].name))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    reindex();
    for (const dbus::Volume& volume : volumes) {
        if (const auto known = m_rowOf.constFind(volume.name); known != m_rowOf.constEnd()) {
            m_rows[*known] = volume;
            continue;
        }
        const int row = rowCount();
        beginInsertRows({}, row, row);
        m_rows.append(volume);
        m_rowOf.insert(volume.name, row);
        endInsertRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void VolumesModel::setCounting(const QStringList& names) {
    m_counting = names;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Size), index(rowCount() - 1, Size));
}

const dbus::Volume* VolumesModel::find(const QString& name) const {
    const auto known = m_rowOf.constFind(name);
    return known == m_rowOf.constEnd() ? nullptr : &m_rows[*known];
}

void VolumesModel::reindex() {
    m_rowOf.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rowOf.insert(m_rows[row].name, row);
}

void VolumesProxy::setUnusedOnly(bool only) {
    m_unusedOnly = only;
    invalidateFilter();
}

bool VolumesProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_unusedOnly && !sourceModel()->index(row, 0, parent).data(VolumesModel::kUnusedRole).toBool())
        return false;
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace escale::gui
