// The processes of one container as a table. Processor use is the difference of two readings.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

#include <optional>

namespace escale::gui {

class ProcessesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Pid, HostPid, User, State, Cpu, Memory, Started, Command, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes the rows those of the list with the fewest changes. The reading was made at a time in
    /// nanoseconds of a monotonic clock.
    void setProcesses(const dbus::ProcessList& processes, qint64 nanoseconds);
    void clear();
    [[nodiscard]] const dbus::ContainerProcess& at(int row) const { return m_rows[row].process; }

private:
    struct Row {
        dbus::ContainerProcess process;
        qint64 readAt = 0;
        std::optional<double> cpuPercent; // of one processor
    };
    [[nodiscard]] QString text(const Row& row, int column) const;
    [[nodiscard]] static QVariant sortValue(const Row& row, int column);
    [[nodiscard]] QString tip(const Row& row, int column) const;
    static void read(Row& row, const dbus::ContainerProcess& process, qint64 nanoseconds);

    QList<Row> m_rows;
};

/// "R" → "running", "D" → "waits for a device", …
QString processStateText(const QString& state);

} // namespace escale::gui
