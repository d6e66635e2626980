// The last probes of a health check, newest first.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class HealthModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Result, Time, Duration, Output, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// As the engine lists them: newest last.
    void setProbes(const dbus::HealthProbes& probes);
    [[nodiscard]] const dbus::HealthProbe& at(int row) const { return m_probes[row]; }
    /// How many of those that are kept were good.
    [[nodiscard]] int goodCount() const;

private:
    [[nodiscard]] static QString text(const dbus::HealthProbe& probe, int column);

    dbus::HealthProbes m_probes; // newest first
};

/// "passed", "failed (1)", "command not found (127)", "took too long, or could not be run".
QString probeText(int exitCode);

} // namespace escale::gui
