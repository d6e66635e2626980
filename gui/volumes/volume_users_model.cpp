#include "gui/volumes/volume_users_model.h"

#include "gui/common/table.h"

namespace escale::gui {

// The same containers keep their rows, and the selection with them.
void VolumeUsersModel::setUsers(const QList<dbus::VolumeUser>& users) {
    const auto isSame = [](const dbus::VolumeUser& one, const dbus::VolumeUser& other) {
        return one.container == other.container && one.target == other.target;
    };
    if (std::equal(m_rows.begin(), m_rows.end(), users.begin(), users.end(), isSame)) {
        m_rows = users;
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = users;
    endResetModel();
}

int VolumeUsersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VolumeUsersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VolumeUsersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Container");
    case State:
        return tr("State");
    case Target:
        return tr("Path inside");
    default:
        return tr("Access");
    }
}

QVariant VolumeUsersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::VolumeUser& user = m_rows[index.row()];
    const int column = index.column();
    const QString state = user.isRunning ? tr("running") : tr("stopped");
    const QString access = user.readOnly ? tr("reads only") : tr("reads and writes");
    switch (role) {
    case Qt::DisplayRole:
    case kSortRole:
        return column == Name ? user.name : column == State ? state : column == Target ? user.target : access;
    case kIdRole:
        return user.container;
    case kToneRole:
        return column == State ? QVariant(static_cast<int>(user.isRunning ? Tone::Good : Tone::Idle))
                               : QVariant();
    case kMonospaceRole:
        return column == Target;
    case Qt::AccessibleTextRole:
        return column == Name ? QVariant(tr("%1, %2, at %3, %4").arg(user.name, state, user.target, access))
                              : QVariant();
    default:
        return {};
    }
}

} // namespace escale::gui
