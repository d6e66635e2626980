// Sorts and filters the containers' tree. A stack is shown when one of its containers is, and only those of
// its containers that match. Raw values are compared, never the cells' texts: 10,000 rows are sorted as the
// header is clicked.
#pragma once

#include "gui/containers/container_filter.h"

#include <QSortFilterProxyModel>

namespace escale::gui {

class ContainersModel;

class ContainersProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setSourceModel(QAbstractItemModel* model) override;
    void setFilter(const ContainerFilter& filter);
    [[nodiscard]] const ContainersModel& containers() const { return *m_containers; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    ContainerFilter m_filter;
    ContainersModel* m_containers = nullptr;
};

} // namespace escale::gui
