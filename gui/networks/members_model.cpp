#include "gui/networks/members_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/networks/container_drag.h"

#include <QMimeData>

#include <algorithm>

namespace escale::gui {

int MembersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MembersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MembersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Container");
    case State:
        return tr("State");
    case Inside:
        return tr("Inside");
    case Addresses:
        return tr("Addresses");
    case Mac:
        return tr("MAC");
    case Aliases:
        return tr("Aliases");
    case DnsNames:
        return tr("Names in DNS");
    case Outside:
        return tr("Outside");
    default:
        return {};
    }
}

static QString orDash(const QString& text) {
    return text.isEmpty() ? dash() : text;
}

QVariant MembersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const dbus::NetworkEndpoint& endpoint = m_rows[index.row()];
    const int column = index.column();
    if (role == kIdRole)
        return endpoint.container;
    if (role == kMonospaceRole)
        return column == Inside || column == Addresses || column == Mac || column == Outside;
    if (role == kToneRole)
        return column == State ? QVariant(static_cast<int>(endpoint.isRunning ? Tone::Good : Tone::Idle))
                               : QVariant();
    if (role == Qt::ToolTipRole && column == Inside && endpoint.isDefaultRoute)
        return tr("Its default route leads through this interface.");
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    switch (column) {
    case Name:
        return endpoint.name;
    case State:
        return endpoint.isRunning ? tr("running") : tr("stopped");
    case Inside:
        return orDash(endpoint.inside);
    case Addresses:
        return orDash(endpoint.addresses.join(QStringLiteral(", ")));
    case Mac:
        return orDash(endpoint.mac);
    case Aliases:
        return orDash(endpoint.aliases.join(QStringLiteral(", ")));
    case DnsNames:
        return orDash(endpoint.dnsNames.join(QStringLiteral(", ")));
    case Outside:
        return orDash(endpoint.hostInterface);
    default:
        return {};
    }
}

Qt::ItemFlags MembersModel::flags(const QModelIndex& index) const {
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList MembersModel::mimeTypes() const {
    return {QString::fromLatin1(ContainerDrag::kMimeType)};
}

QMimeData* MembersModel::mimeData(const QModelIndexList& indexes) const {
    ContainerDrag drag;
    drag.network = m_network;
    for (const QModelIndex& index : indexes) {
        if (index.column() == 0)
            drag.containers.append(index.data(kIdRole).toString());
    }
    return drag.toMime();
}

// Rows keep their places while the same containers are in it: a change of state moves no selection.
void MembersModel::setEndpoints(const QString& network, const QList<dbus::NetworkEndpoint>& endpoints) {
    const bool isSame = network == m_network &&
                        std::equal(m_rows.begin(), m_rows.end(), endpoints.begin(), endpoints.end(),
                                   [](const dbus::NetworkEndpoint& a, const dbus::NetworkEndpoint& b) {
                                       return a.container == b.container;
                                   });
    if (isSame) {
        m_rows = endpoints;
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_network = network;
    m_rows = endpoints;
    endResetModel();
}

} // namespace escale::gui
