#include "gui/build/build_comparison.h"

#include "gui/build/step_text.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

#include <QBrush>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

using Steps = QList<ShownStep>;
using Change = ComparedStep::Change;

Steps costing(const ShownStage& stage) {
    Steps steps;
    for (const ShownStep& step : stage.steps) {
        if (step.makesFiles())
            steps.append(step);
    }
    return steps;
}

// Lengths of the longest common sequences of texts, from each pair of places on.
QList<QList<int>> commonLengths(const Steps& before, const Steps& after) {
    QList<QList<int>> lengths(before.size() + 1, QList<int>(after.size() + 1, 0));
    for (qsizetype i = before.size() - 1; i >= 0; --i) {
        for (qsizetype j = after.size() - 1; j >= 0; --j)
            lengths[i][j] = before[i].text == after[j].text ? lengths[i + 1][j + 1] + 1
                                                            : std::max(lengths[i + 1][j], lengths[i][j + 1]);
    }
    return lengths;
}

// What stands between two steps that are the same: by turns, as long as their instructions are of one kind.
void addBetween(QList<ComparedStep>& rows, const QString& stage, Steps& before, Steps& after) {
    while (!before.isEmpty() && !after.isEmpty() && before.first().keyword == after.first().keyword)
        rows.append({before.takeFirst(), after.takeFirst(), stage, Change::Changed});
    for (const ShownStep& step : std::as_const(before))
        rows.append({step, {}, stage, Change::Removed});
    for (const ShownStep& step : std::as_const(after))
        rows.append({{}, step, stage, Change::Added});
    before.clear();
    after.clear();
}

void compareStages(QList<ComparedStep>& rows, const QString& stage, const Steps& before, const Steps& after) {
    const QList<QList<int>> lengths = commonLengths(before, after);
    Steps onlyBefore, onlyAfter;
    qsizetype i = 0, j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i].text == after[j].text) {
            addBetween(rows, stage, onlyBefore, onlyAfter);
            rows.append({before[i++], after[j++], stage, Change::Same});
        } else if (j == after.size() || (i < before.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
            onlyBefore.append(before[i++]);
        } else {
            onlyAfter.append(after[j++]);
        }
    }
    addBetween(rows, stage, onlyBefore, onlyAfter);
}

const ShownStage* matching(const QList<ShownStage>& stages, const ShownStage& wanted) {
    const auto found = std::find_if(stages.begin(), stages.end(), [&wanted](const ShownStage& stage) {
        return wanted.name.isEmpty() ? stage.name.isEmpty() && stage.id == wanted.id
                                     : stage.name == wanted.name;
    });
    return found == stages.end() ? nullptr : &*found;
}

QString sideText(const std::optional<ShownStep>& step) {
    return step ? stepFigures(*step, step->finished) : dash();
}

qint64 timeOf(const ComparedStep& row) {
    return row.before && row.after ? row.after->duration(0) - row.before->duration(0) : 0;
}

qint64 sizeOf(const ComparedStep& row) {
    return static_cast<qint64>(row.after ? row.after->size : 0) -
           static_cast<qint64>(row.before ? row.before->size : 0);
}

QString sign(qint64 value) {
    return value < 0 ? QStringLiteral("−") : QStringLiteral("+");
}

} // namespace

QList<ComparedStep> compareBuilds(const BuildModel& before, const BuildModel& after) {
    QList<ComparedStep> rows;
    for (const ShownStage& stage : after.stages()) {
        const ShownStage* old = matching(before.stages(), stage);
        compareStages(rows, stage.title(), old != nullptr ? costing(*old) : Steps(), costing(stage));
    }
    for (const ShownStage& stage : before.stages()) {
        if (matching(after.stages(), stage) == nullptr)
            compareStages(rows, stage.title(), costing(stage), {});
    }
    return rows;
}

QString signedBytes(qint64 difference) {
    return difference == 0 ? dash()
                           : sign(difference) +
                                 formatBytes(static_cast<quint64>(difference < 0 ? -difference : difference));
}

QString signedDuration(qint64 milliseconds) {
    return std::abs(milliseconds) < 50 ? dash() : sign(milliseconds) + formatDuration(std::abs(milliseconds));
}

void ComparisonModel::setSteps(const QList<ComparedStep>& steps) {
    beginResetModel();
    m_rows = steps;
    endResetModel();
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ComparisonModel::text(const ComparedStep& row, int column) {
    switch (column) {
    case Instruction:
        return row.after ? row.after->text : row.before->text;
    case Change:
        return row.change == Change::Same      ? tr("the same")
               : row.change == Change::Changed ? tr("changed")
               : row.change == Change::Added   ? tr("new")
                                               : tr("gone");
    case Before:
        return sideText(row.before);
    case After:
        return sideText(row.after);
    case Time:
        return signedDuration(timeOf(row));
    case Size:
        return signedBytes(sizeOf(row));
    default:
        return {};
    }
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparedStep& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case kSortRole:
        return column == Instruction ? QVariant(index.row())
               : column == Time      ? QVariant(timeOf(row))
               : column == Size      ? QVariant(sizeOf(row))
                                     : QVariant(text(row, column));
    case kIdRole:
        return QString::number(index.row());
    case kMonospaceRole:
        return column == Instruction;
    case Qt::ForegroundRole:
        if (column == Change && row.change != Change::Same)
            return QBrush(Colors::current().amber);
        if ((column == Time && timeOf(row) > 50) || (column == Size && sizeOf(row) > 0))
            return QBrush(Colors::current().red);
        if ((column == Time && timeOf(row) < -50) || (column == Size && sizeOf(row) < 0))
            return QBrush(Colors::current().green);
        return column == Instruction ? QVariant() : QVariant(QBrush(Colors::current().muted));
    case Qt::ToolTipRole:
        if (column != Instruction)
            return {};
        return row.change == Change::Changed ? row.before->text + QStringLiteral("\n→ ") + row.after->text
                                             : text(row, Instruction);
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Instruction:
        return tr("Instruction");
    case Change:
        return tr("Text");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    case Time:
        return tr("Time");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace escale::gui
