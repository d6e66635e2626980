// The layers of one image as a stack, base first: the instruction that made each, its size, and what it did
// to files.
#pragma once

#include "engine/image/image_history.h"
#include "engine/image/layer_stack.h"
#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class LayersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Instruction, Size, Files, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// What is known at once; the rest comes as it is read.
    void setLayers(const QList<dbus::ImageLayer>& layers);
    void setHistory(const std::vector<HistoryStep>& history);
    void setSummaries(const LayerStack& stack);

private:
    struct Row {
        dbus::ImageLayer layer;
        QString instruction;
        std::optional<LayerStack::LayerSummary> summary;
    };
    [[nodiscard]] static QString counts(const Row& row);
    [[nodiscard]] static QString countsInWords(const Row& row);
    [[nodiscard]] static QString text(const Row& row, int number, int column);
    QList<Row> m_rows;
};

/// A text of the engine, which may be no UTF-8, on one line.
QString oneLine(const std::string& text);

} // namespace escale::gui
