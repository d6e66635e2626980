#include "gui/networks/networks_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/networks/network_text.h"

#include <QBrush>
#include <QSet>

namespace escale::gui {

int NetworksModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NetworksModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NetworksModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Driver:
        return tr("Driver");
    case Subnets:
        return tr("Subnet");
    case Members:
        return tr("Containers");
    case Properties:
        return tr("Properties");
    case Interface:
        return tr("Interface");
    default:
        return {};
    }
}

static QString cellText(const dbus::Network& network, int column) {
    switch (column) {
    case NetworksModel::Name:
        return network.name;
    case NetworksModel::Driver:
        return driverText(network);
    case NetworksModel::Subnets:
        return subnetsText(network);
    case NetworksModel::Members:
        return membersText(network);
    case NetworksModel::Properties:
        return propertiesOf(network).join(QStringLiteral(", "));
    case NetworksModel::Interface:
        if (!network.parent.isEmpty())
            return network.parent;
        return network.interface.isEmpty() ? dash() : network.interface;
    default:
        return {};
    }
}

static QVariant sortValue(const dbus::Network& network, int column) {
    switch (column) {
    case NetworksModel::Name: // the default one first
        return network.isDefault ? QString() : network.name;
    case NetworksModel::Members:
        return network.endpoints.size();
    default:
        return cellText(network, column);
    }
}

static QVariant toolTip(const dbus::Network& network, int column) {
    if (!network.warning.isEmpty() && (column == NetworksModel::Name || column == NetworksModel::Subnets))
        return network.warning;
    if (column == NetworksModel::Properties && !propertySentences(network).isEmpty())
        return propertySentences(network).join(u'\n');
    return {};
}

QVariant NetworksModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::Network& network = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(network, column);
    case kSortRole:
        return sortValue(network, column);
    case kIdRole:
        return network.id;
    case kMonospaceRole:
        return column == Subnets || column == Interface;
    case Qt::ForegroundRole:
        return column == Interface ? QVariant(QBrush(Colors::current().muted)) : QVariant();
    case Qt::DecorationRole: // the delegate draws a sign for it
        return column == Name && !network.warning.isEmpty() ? QVariant(QStringLiteral("warning"))
                                                            : QVariant();
    case Qt::AccessibleTextRole:
        return column == Name ? QVariant(spokenNetwork(network)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(network, column);
    default:
        return {};
    }
}

Qt::ItemFlags NetworksModel::flags(const QModelIndex& index) const {
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDropEnabled : Qt::NoItemFlags);
}

void NetworksModel::setNetworks(const dbus::NetworkList& networks) {
    QSet<QString> wanted;
    for (const dbus::Network& network : networks)
        wanted.insert(network.id);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    reindex();
    for (const dbus::Network& network : networks) {
        if (const auto known = m_rowOf.constFind(network.id); known != m_rowOf.constEnd()) {
            m_rows[*known] = network;
            continue;
        }
        const int row = rowCount();
        beginInsertRows({}, row, row);
        m_rows.append(network);
        m_rowOf.insert(network.id, row);
        endInsertRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const dbus::Network* NetworksModel::find(const QString& id) const {
    const auto known = m_rowOf.constFind(id);
    return known == m_rowOf.constEnd() ? nullptr : &m_rows[*known];
}

void NetworksModel::reindex() {
    m_rowOf.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rowOf.insert(m_rows[row].id, row);
}

} // namespace escale::gui
