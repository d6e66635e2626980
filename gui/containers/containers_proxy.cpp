#include "gui/containers/containers_proxy.h"

#include "gui/containers/containers_model.h"

#include <algorithm>

namespace escale::gui {

void ContainersProxy::setSourceModel(QAbstractItemModel* model) {
    m_containers = qobject_cast<ContainersModel*>(model);
    QSortFilterProxyModel::setSourceModel(model);
}

void ContainersProxy::setFilter(const ContainerFilter& filter) {
    m_filter = filter;
    invalidateRowsFilter();
}

bool ContainersProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_filter.isEmpty())
        return true;
    const ContainerNode& node = *m_containers->node(parent).children[static_cast<std::size_t>(row)];
    if (!node.isStack())
        return m_filter.matches(node.container);
    return std::any_of(
        node.children.begin(), node.children.end(),
        [this](const std::unique_ptr<ContainerNode>& child) { return m_filter.matches(child->container); });
}

bool ContainersProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const ContainerNode& a = m_containers->node(left);
    const ContainerNode& b = m_containers->node(right);
    // By name the stacks come first, whichever way it is sorted: as folders do.
    if (sortColumn() == 0 && a.isStack() != b.isStack())
        return a.isStack() == (sortOrder() == Qt::AscendingOrder);
    return compareNodes(a, b, sortColumn()) < 0;
}

} // namespace escale::gui
