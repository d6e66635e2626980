#include "gui/images/layers_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

namespace escale::gui {

QString oneLine(const std::string& text) {
    return QString::fromStdString(text).simplified();
}

int LayersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section != Instruction)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Added:
            return tr("Files that the layer adds");
        case Changed:
            return tr("Files of layers below that it replaces or changes");
        case Removed:
            return tr("Files of layers below that it hides; they are still stored");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Layer");
    case Instruction:
        return tr("Instruction");
    case Size:
        return tr("Size");
    case Added:
        return tr("Added");
    case Changed:
        return tr("Changed");
    case Removed:
        return tr("Removed");
    default:
        return {};
    }
}

QVariant LayersModel::count(const Row& row, int column) {
    if (!row.summary)
        return {};
    return column == Added     ? row.summary->added
           : column == Changed ? row.summary->changed
                               : row.summary->removed;
}

QString LayersModel::text(const Row& row, int number, int column) {
    switch (column) {
    case Number:
        return QString::number(number);
    case Instruction:
        return row.instruction.isEmpty() ? shortDigest(row.layer.diffId) : row.instruction;
    case Size:
        return formatBytes(row.layer.size);
    default: {
        const QVariant files = count(row, column);
        return !files.isValid() || files.toUInt() == 0 ? dash() : QLocale().toString(files.toUInt());
    }
    }
}

QVariant LayersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.row() + 1, column);
    case kSortRole:
        return column == Number        ? QVariant(index.row())
               : column == Instruction ? QVariant(row.instruction)
               : column == Size        ? QVariant(row.layer.size)
                                       : count(row, column);
    case kIdRole:
        return row.layer.diffId;
    case kMonospaceRole:
        return column == Instruction;
    case Qt::TextAlignmentRole:
        return column != Instruction ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Number || (column > Size && count(row, column).toUInt() == 0)
                   ? QVariant(QBrush(Colors::current().muted))
                   : QVariant();
    case Qt::ToolTipRole:
        return column == Number        ? QVariant(row.layer.diffId)
               : column == Instruction ? QVariant(row.instruction.left(2000))
                                       : QVariant();
    default:
        return {};
    }
}

void LayersModel::setLayers(const QList<dbus::ImageLayer>& layers) {
    beginResetModel();
    m_rows.clear();
    for (const dbus::ImageLayer& layer : layers)
        m_rows.append({layer, {}, {}});
    endResetModel();
}

void LayersModel::setHistory(const std::vector<HistoryStep>& history) {
    for (const HistoryStep& step : history) {
        if (step.layer && *step.layer < static_cast<std::size_t>(m_rows.size()))
            m_rows[static_cast<qsizetype>(*step.layer)].instruction = oneLine(step.instruction);
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void LayersModel::setSummaries(const LayerStack& stack) {
    for (std::size_t i = 0; i < stack.layerCount() && i < static_cast<std::size_t>(m_rows.size()); ++i)
        m_rows[static_cast<qsizetype>(i)].summary = stack.summary(i);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

} // namespace escale::gui
