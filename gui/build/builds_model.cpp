#include "gui/build/builds_model.h"

#include "gui/build/step_text.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <QBrush>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace escale::gui {

QString shownBuildName(const dbus::Build& build) {
    QString name = QFileInfo(build.name).fileName();
    if (name.isEmpty())
        name = build.dockerfile;
    else if (!build.dockerfile.isEmpty() && build.dockerfile != u"Dockerfile")
        name += QStringLiteral(" (%1)").arg(build.dockerfile);
    return name.isEmpty() ? dash() : name;
}

qint64 buildDuration(const dbus::Build& build, qint64 now) {
    return build.started == 0 ? 0
                              : std::max<qint64>(0, (build.ended != 0 ? build.ended : now) - build.started);
}

void BuildsModel::setBuilds(const dbus::BuildList& builds) {
    const bool isSame = std::equal(builds.begin(), builds.end(), m_builds.begin(), m_builds.end(),
                                   [](const auto& one, const auto& other) { return one.id == other.id; });
    if (isSame) {
        m_builds = builds;
        if (!builds.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_builds = builds;
    endResetModel();
}

const dbus::Build* BuildsModel::find(const QString& id) const {
    const auto found = std::find_if(m_builds.begin(), m_builds.end(),
                                    [&id](const dbus::Build& build) { return build.id == id; });
    return found == m_builds.end() ? nullptr : &*found;
}

void BuildsModel::updateTimes() {
    for (int row = 0; row < rowCount(); ++row) {
        if (m_builds[row].ended == 0)
            Q_EMIT dataChanged(index(row, Started), index(row, Duration));
    }
}

int BuildsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_builds.size());
}

int BuildsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString BuildsModel::text(const dbus::Build& build, int column) {
    switch (column) {
    case State:
        return buildStateText(build.state);
    case Name:
        return shownBuildName(build);
    case Tags:
        return build.tags.isEmpty() ? dash() : build.tags.join(QStringLiteral(", "));
    case Started:
        return formatAgo(build.started);
    case Duration:
        return formatDuration(buildDuration(build, QDateTime::currentMSecsSinceEpoch()));
    case Cached:
        return build.steps == 0 ? dash() : tr("%1 of %2").arg(build.cached).arg(build.steps);
    case Size:
        return build.size == 0 ? dash() : formatBytes(build.size);
    default:
        return {};
    }
}

QVariant BuildsModel::sortValue(const dbus::Build& build, int column) {
    switch (column) {
    case Started:
        return build.started;
    case Duration:
        return buildDuration(build, QDateTime::currentMSecsSinceEpoch());
    case Cached:
        return build.steps == 0 ? -1.0 : static_cast<double>(build.cached) / build.steps;
    case Size:
        return build.size;
    default:
        return text(build, column);
    }
}

QVariant BuildsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::Build& build = m_builds[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(build, column);
    case kSortRole:
        return sortValue(build, column);
    case kIdRole:
        return build.id;
    case kToneRole:
        return column == State ? QVariant::fromValue(buildStateTone(build.state)) : QVariant();
    case kElideMiddleRole:
        return column == Tags;
    case Qt::ForegroundRole:
        return column == Started || column == Cached ? QVariant(QBrush(Colors::current().muted)) : QVariant();
    case Qt::ToolTipRole:
        if (column == Name)
            return build.name;
        if (column == State && !build.error.isEmpty())
            return build.error.left(2000);
        return column == Started ? QVariant(formatTime(build.started)) : QVariant();
    default:
        return {};
    }
}

QVariant BuildsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Cached)
        return tr("Steps whose result was there from an earlier build");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Folder");
    case Tags:
        return tr("Tags");
    case Started:
        return tr("When");
    case Duration:
        return tr("Duration");
    case Cached:
        return tr("From the cache");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace escale::gui
