#include "gui/images/layers_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"

namespace escale::gui {

int LayersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Layer");
    case DiffId:
        return tr("Content");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

QVariant LayersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::ImageLayer& layer = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Number)
            return QString::number(index.row() + 1);
        return index.column() == DiffId ? shortDigest(layer.diffId) : formatBytes(layer.size);
    case kSortRole:
        if (index.column() == Number)
            return index.row();
        return index.column() == DiffId ? QVariant(layer.diffId) : QVariant(layer.size);
    case kIdRole:
        return layer.diffId;
    case kMonospaceRole:
        return index.column() == DiffId;
    case Qt::TextAlignmentRole:
        return index.column() == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == DiffId ? QVariant(layer.diffId) : QVariant();
    default:
        return {};
    }
}

void LayersModel::setLayers(const QList<dbus::ImageLayer>& layers) {
    beginResetModel();
    m_rows = layers;
    endResetModel();
}

} // namespace escale::gui
