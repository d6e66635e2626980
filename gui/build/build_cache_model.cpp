#include "gui/build/build_cache_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <QBrush>

#include <algorithm>
#include <numeric>

namespace escale::gui {

QVariantMap CachePrune::options() const {
    QVariantMap options;
    if (until != 0)
        options.insert(QStringLiteral("until"), until);
    if (keepBytes)
        options.insert(QStringLiteral("keep-bytes"), QVariant::fromValue<qulonglong>(*keepBytes));
    if (!kinds.isEmpty())
        options.insert(QStringLiteral("kinds"), kinds);
    return options;
}

quint64 cacheSize(const dbus::BuildCache& entries) {
    return std::accumulate(entries.begin(), entries.end(), quint64(0),
                           [](quint64 sum, const dbus::BuildCacheEntry& entry) { return sum + entry.size; });
}

dbus::BuildCache prunedBy(const dbus::BuildCache& entries, const CachePrune& prune) {
    dbus::BuildCache some;
    for (const dbus::BuildCacheEntry& entry : entries) {
        const bool isWanted = prune.kinds.isEmpty() || prune.kinds.contains(entry.kind);
        if (isWanted && !entry.inUse && (prune.until == 0 || entry.used < prune.until))
            some.append(entry);
    }
    std::stable_sort(some.begin(), some.end(),
                     [](const auto& one, const auto& other) { return one.used < other.used; });
    if (!prune.keepBytes)
        return some;
    quint64 left = cacheSize(entries);
    dbus::BuildCache gone;
    for (const dbus::BuildCacheEntry& entry : std::as_const(some)) {
        if (left <= *prune.keepBytes)
            break;
        left -= entry.size;
        gone.append(entry);
    }
    return gone;
}

QString cacheKindText(const QString& kind) {
    if (kind == u"step")
        return BuildCacheModel::tr("layer of a step");
    if (kind == u"context")
        return BuildCacheModel::tr("files of a folder");
    return kind == u"mount" ? BuildCacheModel::tr("cache of a RUN") : kind;
}

void BuildCacheModel::setEntries(const dbus::BuildCache& entries) {
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int BuildCacheModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int BuildCacheModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString BuildCacheModel::text(const dbus::BuildCacheEntry& entry, int column) {
    switch (column) {
    case Kind:
        return cacheKindText(entry.kind);
    case Text:
        return entry.text.simplified();
    case Size:
        return formatBytes(entry.size);
    case Used:
        return formatAgo(entry.used);
    case Made:
        return formatAgo(entry.made);
    case State:
        return entry.inUse ? tr("in use") : QString();
    default:
        return {};
    }
}

QVariant BuildCacheModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::BuildCacheEntry& entry = m_entries[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, column);
    case kSortRole:
        return column == Size   ? QVariant(entry.size)
               : column == Used ? QVariant(entry.used)
               : column == Made ? QVariant(entry.made)
                                : QVariant(text(entry, column));
    case kIdRole:
        return QString::number(entry.number);
    case kMonospaceRole:
        return column == Text && entry.kind == u"step";
    case Qt::ForegroundRole:
        return column == Text || column == Size ? QVariant() : QVariant(QBrush(Colors::current().muted));
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return column == Text   ? QVariant(entry.text.left(4000))
               : column == Used ? QVariant(formatTime(entry.used))
               : column == Made ? QVariant(formatTime(entry.made))
                                : QVariant();
    default:
        return {};
    }
}

QVariant BuildCacheModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == State)
        return tr("A build that runs needs it, or an image shares it: removing it frees nothing");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind:
        return tr("Kind");
    case Text:
        return tr("What");
    case Size:
        return tr("Size");
    case Used:
        return tr("Last used");
    case Made:
        return tr("Made");
    case State:
        return tr("State");
    default:
        return {};
    }
}

} // namespace escale::gui
