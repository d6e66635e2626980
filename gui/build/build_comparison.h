// Two builds side by side: which steps are the same, which instruction differs, where the cache ended, what
// it cost. Pure, but for the model.
#pragma once

#include "gui/build/build_model.h"

#include <QAbstractTableModel>

#include <optional>

namespace escale::gui {

/// One line of the comparison: a step of either build, or of both.
struct ComparedStep {
    std::optional<ShownStep> before, after;
    QString stage; // title
    enum class Change { Same, Changed, Added, Removed };
    Change change = Change::Same;
};

/// Steps that can cost something, in the order of the files; stages are matched by name, then by number. The
/// same instructions are paired first, then what stands at the same place.
QList<ComparedStep> compareBuilds(const BuildModel& before, const BuildModel& after);

class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Instruction, Change, Before, After, Time, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setSteps(const QList<ComparedStep>& steps);
    [[nodiscard]] const ComparedStep& at(int row) const { return m_rows[row]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString text(const ComparedStep& row, int column);
    QList<ComparedStep> m_rows;
};

/// "+12 MB", "−0.4 s", a dash for none.
QString signedBytes(qint64 difference);
QString signedDuration(qint64 milliseconds);

} // namespace escale::gui
