#include "gui/build/step_costs_model.h"

#include "gui/build/step_text.h"
#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QPainter>

#include <algorithm>

namespace escale::gui {

void StepCostsModel::setSteps(const QList<ShownStage>& stages, qint64 now) {
    QList<Row> rows;
    m_longest = m_totalTime = 0;
    m_largest = m_totalSize = 0;
    for (const ShownStage& stage : stages) {
        for (const ShownStep& step : stage.steps) {
            if (!stage.isNeeded || !step.makesFiles())
                continue;
            const Row row{step, stage.title() + QStringLiteral(" · ") + step.id.section(u'.', 1),
                          step.duration(now)};
            m_longest = std::max(m_longest, row.time);
            m_largest = std::max(m_largest, step.size);
            m_totalTime += row.time;
            m_totalSize += step.size;
            rows.append(row);
        }
    }
    const bool isSame =
        std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                   [](const Row& one, const Row& other) { return one.step.id == other.step.id; });
    if (isSame) {
        m_rows = rows;
        if (!rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int StepCostsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StepCostsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString StepCostsModel::text(const Row& row, int column) const {
    switch (column) {
    case Step:
        return row.place;
    case Instruction:
        return row.step.text;
    case State:
        return stateText(row.step);
    case Time:
        return row.time == 0 ? dash() : formatDuration(row.time);
    case Size:
        return row.step.size == 0 ? dash() : formatBytes(row.step.size);
    default:
        return {};
    }
}

QVariant StepCostsModel::sortValue(const Row& row, int number, int column) const {
    switch (column) {
    case Step:
        return number;
    case Time:
        return row.time;
    case Size:
        return row.step.size;
    default:
        return text(row, column);
    }
}

double StepCostsModel::share(const Row& row, int column) const {
    if (column == Time)
        return m_longest == 0 ? 0 : static_cast<double>(row.time) / static_cast<double>(m_longest);
    return m_largest == 0 ? 0 : static_cast<double>(row.step.size) / static_cast<double>(m_largest);
}

QVariant StepCostsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case kSortRole:
        return sortValue(row, index.row(), column);
    case kIdRole:
        return row.step.id;
    case kToneRole:
        return column == State ? QVariant::fromValue(stateTone(row.step.state)) : QVariant();
    case kMonospaceRole:
        return column == Instruction;
    case kShareRole:
        return column == Time || column == Size ? QVariant(share(row, column)) : QVariant();
    case Qt::ToolTipRole:
        return column == Instruction ? QVariant(row.step.text.left(4000)) : QVariant();
    default:
        return {};
    }
}

QVariant StepCostsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("Step");
    case Instruction:
        return tr("Instruction");
    case State:
        return tr("State");
    case Time:
        return tr("Time");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

void ShareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const QVariant share = index.data(kShareRole);
    if (!share.isValid())
        return RowDelegate::paint(painter, option, index);
    QStyleOptionViewItem shown(option);
    initStyleOption(&shown, index);
    const QRect room = paintGround(painter, shown, index);
    const int figure = 84;
    const Colors colors = Colors::current();
    const QRect bar(room.left() + figure, room.center().y() - 3, room.width() - figure - 8, 7);
    if (bar.width() > 8 && share.toDouble() > 0) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.border);
        painter->drawRoundedRect(bar, 3, 3);
        painter->setBrush(index.column() == StepCostsModel::Time ? colors.accent : colors.green);
        const int filled = std::max(4, static_cast<int>(bar.width() * share.toDouble()));
        painter->drawRoundedRect(QRect(bar.topLeft(), QSize(filled, bar.height())), 3, 3);
        painter->restore();
    }
    paintText(painter, shown, index, room.adjusted(0, 0, -(room.width() - figure), 0),
              index.data().toString());
}

} // namespace escale::gui
