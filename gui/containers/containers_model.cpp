#include "gui/containers/containers_model.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"
#include "gui/containers/state_text.h"

namespace escale::gui {

int ContainersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ContainersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ContainersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Cpu || section == Memory))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Image:
        return tr("Image");
    case State:
        return tr("State");
    case Address:
        return tr("Address");
    case Started:
        return tr("Started");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    default:
        return {};
    }
}

QString ContainersModel::text(const Row& row, int column) const {
    const dbus::Container& c = row.container;
    switch (column) {
    case Name:
        return c.name;
    case Image:
        return c.image;
    case State:
        return stateText(c);
    case Address:
        return c.address.isEmpty() ? dash() : c.address.section(QLatin1Char('/'), 0, 0);
    case Started:
        return formatAgo(c.started > 0 ? c.started : c.created);
    case Cpu:
        return row.usage ? formatPercent(row.usage->cpuPercent) : dash();
    case Memory:
        return row.reading ? formatMemory(row.reading->memory) : dash();
    default:
        return {};
    }
}

QVariant ContainersModel::sortValue(const Row& row, int column) {
    const dbus::Container& c = row.container;
    switch (column) {
    case Started:
        return c.started > 0 ? c.started : c.created;
    case Cpu:
        return row.usage ? row.usage->cpuPercent : -1.0;
    case Memory:
        return row.reading ? row.reading->memory : 0;
    default:
        return {};
    }
}

QVariant ContainersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case kSortRole: {
        const QVariant raw = sortValue(row, column);
        return raw.isValid() ? raw : QVariant(text(row, column));
    }
    case kIdRole:
        return row.container.id;
    case kToneRole:
        return column == State ? QVariant(static_cast<int>(stateTone(row.container))) : QVariant();
    case kMonospaceRole:
        return column == Address;
    case Qt::TextAlignmentRole:
        return column == Cpu || column == Memory ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                                 : QVariant();
    case Qt::ForegroundRole:
        return column == Image || column == Started || column == Address
                   ? QVariant(QBrush(Colors::current().muted))
                   : QVariant();
    case Qt::ToolTipRole:
        if (column == Started)
            return formatTime(row.container.started > 0 ? row.container.started : row.container.created);
        if (column == State && !row.container.error.isEmpty())
            return row.container.error;
        return {};
    case Qt::AccessibleTextRole:
        return column == Name ? tr("%1, %2").arg(row.container.name, stateText(row.container)) : QVariant();
    default:
        return {};
    }
}

void ContainersModel::setContainers(const dbus::ContainerList& containers) {
    QHash<QString, const dbus::Container*> wanted;
    for (const dbus::Container& container : containers)
        wanted.insert(container.id, &container);
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[row].container.id))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    reindex();
    for (const dbus::Container& container : containers) {
        if (const auto known = m_rowOf.constFind(container.id); known != m_rowOf.constEnd()) {
            Row& row = m_rows[*known];
            row.container = container;
            if (!isRunning(container)) {
                row.reading.reset();
                row.usage.reset();
            }
            continue;
        }
        const int row = static_cast<int>(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.append(Row{container, {}, 0, {}});
        m_rowOf.insert(container.id, row);
        endInsertRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ContainersModel::setStats(const dbus::StatsList& stats, qint64 nanoseconds) {
    for (const dbus::ContainerStats& reading : stats) {
        const auto known = m_rowOf.constFind(reading.id);
        if (known == m_rowOf.constEnd())
            continue;
        Row& row = m_rows[*known];
        const double elapsed = static_cast<double>(nanoseconds - row.readAt);
        // A counter that went back belongs to a new start of the container.
        if (row.reading && elapsed > 0 && reading.cpuNanoseconds >= row.reading->cpuNanoseconds) {
            const auto rate = [elapsed](quint64 now, quint64 before) {
                return now >= before ? static_cast<double>(now - before) * 1e9 / elapsed : 0.0;
            };
            row.usage = UsageSample{
                static_cast<double>(reading.cpuNanoseconds - row.reading->cpuNanoseconds) * 100.0 / elapsed,
                reading.memory,
                reading.memoryLimit,
                reading.pids,
                reading.pidsLimit,
                rate(reading.read, row.reading->read),
                rate(reading.written, row.reading->written)};
        } else {
            row.usage.reset();
        }
        row.reading = reading;
        row.readAt = nanoseconds;
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Cpu), index(rowCount() - 1, Memory));
}

void ContainersModel::refreshTimes() {
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Started), index(rowCount() - 1, Started), {Qt::DisplayRole});
}

const dbus::Container* ContainersModel::find(const QString& id) const {
    const auto known = m_rowOf.constFind(id);
    return known == m_rowOf.constEnd() ? nullptr : &m_rows[*known].container;
}

std::optional<UsageSample> ContainersModel::usage(const QString& id) const {
    const auto known = m_rowOf.constFind(id);
    return known == m_rowOf.constEnd() ? std::nullopt : m_rows[*known].usage;
}

QStringList ContainersModel::runningIds() const {
    QStringList ids;
    for (const Row& row : m_rows) {
        if (isRunning(row.container))
            ids.append(row.container.id);
    }
    return ids;
}

void ContainersModel::reindex() {
    m_rowOf.clear();
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        m_rowOf.insert(m_rows[row].container.id, row);
}

} // namespace escale::gui
