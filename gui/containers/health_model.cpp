#include "gui/containers/health_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/containers/state_text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr int kCouldNotRun = -1;

QString durationText(qint64 milliseconds) {
    if (milliseconds < 1000)
        return HealthModel::tr("%1 ms").arg(milliseconds);
    return HealthModel::tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000.0, 'f', 1));
}

// Probes are seconds apart: "just now" would not tell them apart.
QString timeText(qint64 time) {
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(time);
    const QString clock = when.toString(QStringLiteral("HH:mm:ss"));
    return when.date() == QDate::currentDate()
               ? clock
               : QLocale().toString(when.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

} // namespace

QString probeText(int exitCode) {
    if (exitCode == 0)
        return HealthModel::tr("passed");
    if (exitCode == kCouldNotRun)
        return HealthModel::tr("took too long, or could not be run");
    dbus::Container like;
    like.state = QStringLiteral("exited");
    like.exitCode = exitCode;
    return stateText(like);
}

int HealthModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_probes.size());
}

int HealthModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HealthModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Duration)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Result:
        return tr("Result");
    case Time:
        return tr("Time");
    case Duration:
        return tr("Duration");
    case Output:
        return tr("Output");
    default:
        return {};
    }
}

QString HealthModel::text(const dbus::HealthProbe& probe, int column) {
    switch (column) {
    case Result:
        return probeText(probe.exitCode);
    case Time:
        return timeText(probe.started);
    case Duration:
        return durationText(probe.ended - probe.started);
    case Output:
        return probe.output.trimmed().section(QLatin1Char('\n'), 0, 0);
    default:
        return {};
    }
}

QVariant HealthModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::HealthProbe& probe = m_probes[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(probe, column);
    case kSortRole:
        return column == Time       ? QVariant(probe.started)
               : column == Duration ? QVariant(probe.ended - probe.started)
                                    : QVariant(text(probe, column));
    case kIdRole:
        return QString::number(probe.started);
    case kToneRole:
        return column == Result ? QVariant(static_cast<int>(probe.exitCode == 0 ? Tone::Good : Tone::Bad))
                                : QVariant();
    case kMonospaceRole:
        return column == Output;
    case Qt::TextAlignmentRole:
        return column == Duration ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Time ? QVariant(QBrush(Colors::current().muted)) : QVariant();
    case Qt::ToolTipRole:
        return column == Time ? QVariant(formatTime(probe.started)) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Result ? tr("%1, %2").arg(probeText(probe.exitCode), formatTime(probe.started))
                                : QVariant();
    default:
        return {};
    }
}

// New ones come on top, old ones go below: those between stay, so that a selection stays, too.
void HealthModel::setProbes(const dbus::HealthProbes& probes) {
    const auto has = [](const dbus::HealthProbes& all, qint64 started) {
        return std::any_of(all.begin(), all.end(),
                           [started](const dbus::HealthProbe& probe) { return probe.started == started; });
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (has(probes, m_probes[row].started))
            continue;
        beginRemoveRows({}, row, row);
        m_probes.removeAt(row);
        endRemoveRows();
    }
    for (const dbus::HealthProbe& probe : probes) {
        if (has(m_probes, probe.started))
            continue;
        beginInsertRows({}, 0, 0);
        m_probes.prepend(probe);
        endInsertRows();
    }
}

int HealthModel::goodCount() const {
    return static_cast<int>(
        std::count_if(m_probes.begin(), m_probes.end(),
                      [](const dbus::HealthProbe& probe) { return probe.exitCode == 0; }));
}

} // namespace escale::gui
