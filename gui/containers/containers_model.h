// The person's containers as a table; CPU and memory are filled in by samples once a second while they are
// looked at.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QHash>

#include <optional>

namespace escale::gui {

/// What a container used at a time: a difference of two readings, so there is none for the first.
struct UsageSample {
    double cpuPercent = 0; // of one processor
    quint64 memory = 0, memoryLimit = 0, pids = 0, pidsLimit = 0;
    double readRate = 0, writeRate = 0; // bytes a second
};

class ContainersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Image, State, Address, Started, Cpu, Memory, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes the rows those of the list with the fewest changes, so that selection and scroll position stay.
    void setContainers(const dbus::ContainerList& containers);
    /// Readings at a time in nanoseconds of a monotonic clock.
    void setStats(const dbus::StatsList& stats, qint64 nanoseconds);
    /// Times like "3 minutes ago" have moved on.
    void refreshTimes();

    [[nodiscard]] const dbus::Container& at(int row) const { return m_rows[row].container; }
    [[nodiscard]] const dbus::Container* find(const QString& id) const;
    [[nodiscard]] std::optional<UsageSample> usage(const QString& id) const;
    [[nodiscard]] QStringList runningIds() const;
    [[nodiscard]] int runningCount() const { return static_cast<int>(runningIds().size()); }

private:
    struct Row {
        dbus::Container container;
        std::optional<dbus::ContainerStats> reading;
        qint64 readAt = 0;
        std::optional<UsageSample> usage;
    };
    [[nodiscard]] QString text(const Row& row, int column) const;
    [[nodiscard]] static QVariant sortValue(const Row& row, int column);
    void reindex();

    QList<Row> m_rows;
    QHash<QString, int> m_rowOf;
};

} // namespace escale::gui
