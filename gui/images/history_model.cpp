#include "gui/images/history_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/images/layers_model.h"

namespace escale::gui {

void HistoryModel::setHistory(std::vector<HistoryStep> history) {
    beginResetModel();
    m_steps = std::move(history);
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

static QString cellText(const HistoryStep& step, int row, int column) {
    switch (column) {
    case HistoryModel::Step:
        return QString::number(row + 1);
    case HistoryModel::Instruction:
        return step.instruction.empty() ? dash() : oneLine(step.instruction);
    case HistoryModel::Layer:
        return step.layer ? QString::number(*step.layer + 1) : dash();
    case HistoryModel::Created:
        return formatAgo(step.created);
    case HistoryModel::Comment:
        return oneLine(step.comment.empty() ? step.author : step.comment);
    default:
        return {};
    }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HistoryStep& step = m_steps[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(step, index.row(), column);
    case kSortRole:
        return column == Step      ? QVariant(index.row())
               : column == Layer   ? QVariant(step.layer ? static_cast<int>(*step.layer) : -1)
               : column == Created ? QVariant::fromValue<qint64>(step.created)
                                   : QVariant(cellText(step, index.row(), column));
    case kIdRole:
        return QString::number(index.row());
    case kMonospaceRole:
        return column == Instruction;
    case Qt::TextAlignmentRole:
        return column == Step || column == Layer ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                                 : QVariant();
    case Qt::ForegroundRole:
        return column == Instruction ? QVariant() : QVariant(QBrush(Colors::current().muted));
    case Qt::ToolTipRole:
        if (column == Instruction)
            return QString::fromStdString(step.instruction).left(4000);
        return column == Created ? QVariant(formatTime(step.created)) : QVariant();
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Step || section == Layer))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Layer)
        return tr("The layer that the step made; steps without one change no file");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("Step");
    case Instruction:
        return tr("Instruction");
    case Layer:
        return tr("Layer");
    case Created:
        return tr("Created");
    case Comment:
        return tr("Comment");
    default:
        return {};
    }
}

} // namespace escale::gui
