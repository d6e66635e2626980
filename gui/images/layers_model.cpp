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
    if (role == Qt::ToolTipRole && section == Files)
        return tr("Files that the layer adds, changes and removes; what it removes is still stored below");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Layer");
    case Instruction:
        return tr("Instruction");
    case Size:
        return tr("Size");
    case Files:
        return tr("Files");
    default:
        return {};
    }
}

// "+12 ~3 −1"
QString LayersModel::counts(const Row& row) {
    if (!row.summary)
        return {};
    QStringList parts;
    const auto add = [&parts](QChar sign, std::uint32_t number) {
        if (number > 0)
            parts.append(sign + QLocale().toString(number));
    };
    add(u'+', row.summary->added);
    add(u'~', row.summary->changed);
    add(QChar(0x2212), row.summary->removed);
    return parts.isEmpty() ? dash() : parts.join(u' ');
}

QString LayersModel::countsInWords(const Row& row) {
    if (!row.summary)
        return {};
    const auto number = [](std::uint32_t files) { return QLocale().toString(files); };
    return tr("added: %1, changed: %2, removed: %3")
        .arg(number(row.summary->added), number(row.summary->changed), number(row.summary->removed));
}

QString LayersModel::text(const Row& row, int number, int column) {
    switch (column) {
    case Number:
        return QString::number(number);
    case Instruction:
        return row.instruction.isEmpty() ? shortDigest(row.layer.diffId) : row.instruction;
    case Size:
        return formatBytes(row.layer.size);
    case Files:
        return counts(row);
    default:
        return {};
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
               : row.summary ? QVariant(row.summary->added + row.summary->changed + row.summary->removed)
                             : QVariant();
    case kIdRole:
        return row.layer.diffId;
    case kMonospaceRole:
        return column == Instruction;
    case Qt::TextAlignmentRole:
        return column != Instruction ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Number || column == Files ? QVariant(QBrush(Colors::current().muted)) : QVariant();
    case Qt::ToolTipRole:
        return column == Number        ? QVariant(row.layer.diffId)
               : column == Instruction ? QVariant(row.instruction.left(2000))
               : column == Files       ? QVariant(countsInWords(row))
                                       : QVariant();
    case Qt::AccessibleTextRole:
        return column == Files && row.summary ? QVariant(countsInWords(row)) : QVariant();
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
