#include "gui/registry/names_model.h"

#include "gui/common/table.h"

namespace escale::gui {

int NamesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_names.size());
}

QVariant NamesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return role == Qt::DisplayRole || role == kSortRole || role == kIdRole ? QVariant(m_names[index.row()])
                                                                           : QVariant();
}

QVariant NamesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return orientation == Qt::Horizontal && section == 0 && role == Qt::DisplayRole ? QVariant(m_title)
                                                                                    : QVariant();
}

void NamesModel::setNames(const QStringList& names) {
    beginResetModel();
    m_names = names;
    endResetModel();
}

} // namespace escale::gui
