#include "gui/containers/changes_model.h"

#include "gui/common/table.h"

namespace escale::gui {
namespace {

Tone toneOf(int kind) {
    return kind == ChangesModel::Added ? Tone::Good : kind == ChangesModel::Deleted ? Tone::Bad : Tone::Busy;
}

} // namespace

void ChangesModel::setChanges(dbus::FileChanges changes) {
    beginResetModel();
    m_changes = std::move(changes);
    m_counts = {};
    for (dbus::FileChange& change : m_changes) {
        if (change.kind >= KindCount)
            change.kind = Modified; // of a newer engine
        ++m_counts[change.kind];
    }
    endResetModel();
}

QString ChangesModel::kindText(int kind) {
    return kind == Added ? tr("Added") : kind == Deleted ? tr("Deleted") : tr("Modified");
}

int ChangesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ChangesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Kind ? tr("Change") : tr("Path");
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::FileChange& change = m_changes[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case kSortRole:
        return column == Kind ? kindText(change.kind) : change.path;
    case kIdRole:
        return change.path;
    case kKindRole:
        return static_cast<int>(change.kind);
    case kToneRole:
        return column == Kind ? QVariant(static_cast<int>(toneOf(change.kind))) : QVariant();
    case kMonospaceRole:
    case kElideMiddleRole:
        return column == Path;
    case Qt::AccessibleTextRole:
        return column == Kind ? tr("%1: %2").arg(kindText(change.kind), change.path) : change.path;
    default:
        return {};
    }
}

void ChangesProxy::setWanted(int kind, bool wanted) {
    m_wanted[static_cast<std::size_t>(kind)] = wanted;
    invalidateFilter();
}

bool ChangesProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex path = sourceModel()->index(row, ChangesModel::Path, parent);
    const int kind = path.data(ChangesModel::kKindRole).toInt();
    return m_wanted[static_cast<std::size_t>(kind)] &&
           path.data().toString().contains(filterRegularExpression());
}

} // namespace escale::gui
