// The layers of one image, base first, with their share of its size.
#pragma once

#include "helper/dbus/types.h"

#include <QAbstractTableModel>

namespace escale::gui {

class LayersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, DiffId, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setLayers(const QList<dbus::ImageLayer>& layers);

private:
    QList<dbus::ImageLayer> m_rows;
};

} // namespace escale::gui
