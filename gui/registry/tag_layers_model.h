// The layers behind a tag, base first: what made each, what it costs, and whether it is here already.
#pragma once

#include "gui/registry/tag_details.h"

#include <QAbstractTableModel>
#include <QSet>

namespace escale::gui {

class TagLayersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Instruction, Size, Here, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setLayers(const QList<TagLayer>& layers);
    /// diffIDs of this machine's layers.
    void setHere(const QSet<QString>& here);

private:
    QList<TagLayer> m_rows;
    QSet<QString> m_here;
};

} // namespace escale::gui
