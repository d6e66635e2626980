// What each step of a build costs, in time and bytes: a row a step that can cost something.
#pragma once

#include "gui/build/build_model.h"
#include "gui/common/table.h"

#include <QAbstractTableModel>

namespace escale::gui {

/// 0…1 of the largest in the column; draws a bar beside the figure.
inline constexpr int kShareRole = kElideMiddleRole + 1;

class StepCostsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Step, Instruction, State, Time, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    /// `now`: Unix milliseconds, for steps that run.
    void setSteps(const QList<ShownStage>& stages, qint64 now);
    [[nodiscard]] qint64 totalTime() const { return m_totalTime; }
    [[nodiscard]] quint64 totalSize() const { return m_totalSize; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        ShownStep step;
        QString place; // "builder 3"
        qint64 time = 0;
    };
    [[nodiscard]] QString text(const Row& row, int column) const;
    [[nodiscard]] QVariant sortValue(const Row& row, int number, int column) const;
    [[nodiscard]] double share(const Row& row, int column) const;

    QList<Row> m_rows;
    qint64 m_longest = 0, m_totalTime = 0;
    quint64 m_largest = 0, m_totalSize = 0;
};

/// A figure with a bar of its share.
class ShareDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace escale::gui
