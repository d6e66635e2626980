#include "gui/registry/tag_layers_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"

namespace escale::gui {

int TagLayersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TagLayersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TagLayersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Number || section == Size))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Layer");
    case Instruction:
        return tr("Instruction");
    case Size:
        return tr("Size");
    case Here:
        return tr("Needed");
    default:
        return {};
    }
}

QVariant TagLayersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TagLayer& layer = m_rows[index.row()];
    const bool isHere = m_here.contains(layer.diffId);
    const int column = index.column();
    if (role == kIdRole)
        return layer.diffId;
    if (role == kMonospaceRole)
        return column == Instruction;
    if (role == Qt::TextAlignmentRole && (column == Number || column == Size))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == kToneRole && column == Here)
        return static_cast<int>(isHere ? Tone::Good : Tone::Idle);
    if (role == Qt::ToolTipRole && column == Here)
        return layer.digest;
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    switch (column) {
    case Number:
        return role == kSortRole ? QVariant(index.row()) : QVariant(QString::number(index.row() + 1));
    case Instruction:
        return layer.instruction.isEmpty() ? shortDigest(layer.diffId) : layer.instruction;
    case Size:
        return role == kSortRole ? QVariant(layer.size) : QVariant(formatBytes(layer.size));
    case Here:
        return isHere ? tr("is here") : tr("to download");
    default:
        return {};
    }
}

void TagLayersModel::setLayers(const QList<TagLayer>& layers) {
    beginResetModel();
    m_rows = layers;
    endResetModel();
}

void TagLayersModel::setHere(const QSet<QString>& here) {
    m_here = here;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

} // namespace escale::gui
