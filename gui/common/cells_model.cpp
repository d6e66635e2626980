#include "gui/common/cells_model.h"

#include <algorithm>

namespace escale::gui {

CellsModel::CellsModel(QStringList columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns)) {}

void CellsModel::setColumns(const QStringList& columns) {
    if (columns == m_columns)
        return;
    beginResetModel();
    m_columns = columns;
    m_rows.clear();
    endResetModel();
}

void CellsModel::setRows(const QList<CellsRow>& rows) {
    const bool sameRows =
        std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                   [](const CellsRow& one, const CellsRow& other) { return one.id == other.id; });
    if (!sameRows) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[row] == rows[row])
            continue;
        m_rows[row] = rows[row];
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
}

int CellsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CellsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const CellsRow& row = m_rows[index.row()];
    const Cell cell = row.cells.value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? QVariant() : QVariant(cell.toolTip);
    case kSortRole:
        return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case kIdRole:
        return row.id;
    case kToneRole:
        return cell.tone == Tone::None ? QVariant() : QVariant(static_cast<int>(cell.tone));
    case kMonospaceRole:
        return cell.isMonospace;
    case kElideMiddleRole:
        return cell.elidesMiddle;
    default:
        return {};
    }
}

QVariant CellsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_columns.value(section);
}

} // namespace escale::gui
