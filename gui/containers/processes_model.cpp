#include "gui/containers/processes_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <QHash>

namespace escale::gui {
namespace {

// A pid may be given to another process: its start tells the two apart.
bool isSame(const dbus::ContainerProcess& a, const dbus::ContainerProcess& b) {
    return a.pid == b.pid && a.started == b.started;
}

bool isNumber(int column) {
    return column == ProcessesModel::Pid || column == ProcessesModel::HostPid ||
           column == ProcessesModel::Cpu || column == ProcessesModel::Memory;
}

Tone toneOf(const QString& state) {
    if (state == QLatin1String("R"))
        return Tone::Good;
    if (state == QLatin1String("Z") || state == QLatin1String("X"))
        return Tone::Bad;
    return state == QLatin1String("D") || state == QLatin1String("T") || state == QLatin1String("t")
               ? Tone::Busy
               : Tone::Idle;
}

} // namespace

QString processStateText(const QString& state) {
    const char letter = state.isEmpty() ? '?' : state.front().toLatin1();
    switch (letter) {
    case 'R':
        return ProcessesModel::tr("running");
    case 'S':
    case 'I':
        return ProcessesModel::tr("sleeping");
    case 'D':
        return ProcessesModel::tr("waits for a device");
    case 'T':
        return ProcessesModel::tr("stopped");
    case 't':
        return ProcessesModel::tr("stopped by a debugger");
    case 'Z':
        return ProcessesModel::tr("ended, not collected");
    case 'X':
        return ProcessesModel::tr("ending");
    default:
        return state;
    }
}

int ProcessesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProcessesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProcessesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isNumber(section))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Pid)
        return tr("The process's number in the container");
    if (role == Qt::ToolTipRole && section == HostPid)
        return tr("The process's number on this machine");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Pid:
        return tr("PID");
    case HostPid:
        return tr("PID here");
    case User:
        return tr("User");
    case State:
        return tr("State");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case Started:
        return tr("Started");
    case Command:
        return tr("Command");
    default:
        return {};
    }
}

QString ProcessesModel::text(const Row& row, int column) const {
    const dbus::ContainerProcess& p = row.process;
    switch (column) {
    case Pid:
        return QString::number(p.insidePid);
    case HostPid:
        return QString::number(p.pid);
    case User:
        return p.uid == 0 ? QStringLiteral("root") : QString::number(p.uid);
    case State:
        return processStateText(p.state);
    case Cpu:
        return row.cpuPercent ? formatPercent(*row.cpuPercent) : dash();
    case Memory:
        return formatMemory(p.memory);
    case Started:
        return formatAgo(p.started);
    case Command:
        return p.command;
    default:
        return {};
    }
}

QVariant ProcessesModel::sortValue(const Row& row, int column) {
    const dbus::ContainerProcess& p = row.process;
    switch (column) {
    case Pid:
        return p.insidePid;
    case HostPid:
        return p.pid;
    case User:
        return p.uid;
    case Cpu:
        return row.cpuPercent.value_or(-1.0);
    case Memory:
        return p.memory;
    case Started:
        return p.started;
    default:
        return {};
    }
}

QString ProcessesModel::tip(const Row& row, int column) const {
    const dbus::ContainerProcess& p = row.process;
    if (column == Started)
        return formatTime(p.started);
    if (column == State && p.state == QLatin1String("Z"))
        return tr("It has ended; its parent has not asked how. An init process in the container (--init) "
                  "collects such processes.");
    if (column != Command)
        return {};
    QStringList lines{p.command};
    for (const Row& other : m_rows) {
        if (other.process.pid == p.parentPid)
            lines.append(tr("Child of %1: %2").arg(other.process.insidePid).arg(other.process.command));
    }
    if (!p.terminal.isEmpty())
        lines.append(tr("Terminal: %1").arg(p.terminal));
    return lines.join(QLatin1Char('\n'));
}

QVariant ProcessesModel::data(const QModelIndex& index, int role) const {
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
        return QString::number(row.process.pid);
    case kToneRole:
        return column == State ? QVariant(static_cast<int>(toneOf(row.process.state))) : QVariant();
    case kMonospaceRole:
        return column == Command;
    case Qt::TextAlignmentRole:
        return isNumber(column) ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == HostPid || column == Started ? QVariant(QBrush(Colors::current().muted))
                                                      : QVariant();
    case Qt::ToolTipRole: {
        const QString words = tip(row, column);
        return words.isEmpty() ? QVariant() : QVariant(words);
    }
    case Qt::AccessibleTextRole:
        return column == Pid ? tr("%1, %2").arg(row.process.insidePid).arg(row.process.command) : QVariant();
    default:
        return {};
    }
}

void ProcessesModel::read(Row& row, const dbus::ContainerProcess& process, qint64 nanoseconds) {
    const double elapsed = static_cast<double>(nanoseconds - row.readAt);
    if (elapsed > 0 && process.cpuMilliseconds >= row.process.cpuMilliseconds)
        row.cpuPercent =
            static_cast<double>(process.cpuMilliseconds - row.process.cpuMilliseconds) * 1e8 / elapsed;
    row.process = process;
    row.readAt = nanoseconds;
}

void ProcessesModel::setProcesses(const dbus::ProcessList& processes, qint64 nanoseconds) {
    QHash<quint32, const dbus::ContainerProcess*> wanted;
    for (const dbus::ContainerProcess& process : processes)
        wanted.insert(process.pid, &process);
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        const auto found = wanted.constFind(m_rows[row].process.pid);
        if (found != wanted.constEnd() && isSame(**found, m_rows[row].process)) {
            read(m_rows[row], **found, nanoseconds);
            wanted.erase(found);
            continue;
        }
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    for (const dbus::ContainerProcess& process : processes) {
        if (!wanted.contains(process.pid))
            continue;
        const int row = static_cast<int>(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.append(Row{process, nanoseconds, {}});
        endInsertRows();
    }
}

void ProcessesModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

} // namespace escale::gui
