// The builds of this person, newest first (Builds.List).
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class BuildsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Name, Tags, Started, Duration, Cached, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setBuilds(const dbus::BuildList& builds);
    [[nodiscard]] const dbus::BuildList& builds() const { return m_builds; }
    [[nodiscard]] const dbus::Build* find(const QString& id) const;
    /// How long those that run do so has changed.
    void updateTimes();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString text(const dbus::Build& build, int column);
    [[nodiscard]] static QVariant sortValue(const dbus::Build& build, int column);
    dbus::BuildList m_builds;
};

/// "shop", "shop (docker/Dockerfile)".
QString shownBuildName(const dbus::Build& build);
/// Milliseconds, so far or in the end.
qint64 buildDuration(const dbus::Build& build, qint64 now);

} // namespace escale::gui
