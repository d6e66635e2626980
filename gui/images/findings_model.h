// Findings about an image as a table.
#pragma once

#include "engine/image/image_findings.h"

#include <QAbstractTableModel>

namespace escale::gui {

class FindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Severity, Title, Layer, Count, Bytes, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setFindings(std::vector<Finding> findings);
    [[nodiscard]] const Finding& at(int row) const { return m_findings[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Finding> m_findings;
};

} // namespace escale::gui
