// How the selected image was made: its history, oldest step first.
#pragma once

#include "engine/image/image_history.h"

#include <QAbstractTableModel>

namespace escale::gui {

class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Step, Instruction, Layer, Created, Comment, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setHistory(std::vector<HistoryStep> history);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<HistoryStep> m_steps;
};

} // namespace escale::gui
