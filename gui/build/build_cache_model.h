// What builds have kept for later ones (Builds.ListCache), and what a prune would take of it.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QVariantMap>

#include <optional>

namespace escale::gui {

/// What is to go: by age, down to a size, of some kinds.
struct CachePrune {
    qint64 until = 0;                 // last used before; Unix milliseconds; 0: of any age
    std::optional<quint64> keepBytes; // at most these are left
    QStringList kinds;                // none: all

    [[nodiscard]] QVariantMap options() const;
};
/// Of these entries: what would go, the longest unused first.
dbus::BuildCache prunedBy(const dbus::BuildCache& entries, const CachePrune& prune);
quint64 cacheSize(const dbus::BuildCache& entries);
/// "layer of a step", "files of a folder", "cache of a RUN".
QString cacheKindText(const QString& kind);

class BuildCacheModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Kind, Text, Size, Used, Made, State, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setEntries(const dbus::BuildCache& entries);
    [[nodiscard]] const dbus::BuildCache& entries() const { return m_entries; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString text(const dbus::BuildCacheEntry& entry, int column);
    dbus::BuildCache m_entries;
};

} // namespace escale::gui
