#include "gui/networks/connect_dialog.h"

#include "gui/client/engine_client.h"
#include "gui/common/noted_field.h"
#include "gui/containers/state_text.h"
#include "gui/networks/address_text.h"
#include "gui/networks/network_text.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

#include <algorithm>

namespace escale::gui {

ConnectDialog::ConnectDialog(EngineClient& client, dbus::NetworkList networks, dbus::ContainerList containers,
                             const QString& network, const QStringList& chosen, QWidget* parent)
    : ActionDialog(QStringLiteral("connectDialog"), tr("Connect a container"), tr("Connect"), parent)
    , m_client(client)
    , m_networks(std::move(networks))
    , m_containers(std::move(containers))
    , m_chosen(chosen.value(0))
    , m_network(new QComboBox(this))
    , m_container(new QComboBox(this))
    , m_aliases(new QLineEdit(this))
    , m_ip(new QLineEdit(this))
    , m_ip6(new QLineEdit(this))
    , m_mac(new QLineEdit(this)) {
    addWords(tr("A container can be in several networks. One that runs gets an interface more, at once."));
    std::sort(m_containers.begin(), m_containers.end(),
              [](const dbus::Container& a, const dbus::Container& b) {
                  return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
              });
    for (const dbus::Network& one : std::as_const(m_networks))
        m_network->addItem(one.name + QStringLiteral(" · ") + subnetsText(one), one.id);
    m_network->setCurrentIndex(std::max(0, m_network->findData(network)));
    addField(tr("&Network"), m_network, QStringLiteral("network"));
    addField(tr("&Container"), m_container, QStringLiteral("container"));
    addField(tr("&Aliases"), m_aliases, QStringLiteral("aliases"));
    m_aliases->setPlaceholderText(tr("more names for it, for example db, database"));
    const auto addAddress = [this](int row, const QString& title, QLineEdit* field, const char* name) {
        m_rows[row] = new NotedField(field, QStringLiteral("connectDialog.") + QLatin1String(name),
                                     QString(title).remove(u'&'), this);
        addField(title, m_rows[row], QLatin1String(name) + QStringLiteral("Row"));
        field->setPlaceholderText(tr("chosen for it"));
        connect(field, &QLineEdit::textChanged, this, &ConnectDialog::edited);
    };
    addAddress(0, tr("&IPv4 address"), m_ip, "ip");
    addAddress(1, tr("IPv&6 address"), m_ip6, "ip6");
    addAddress(2, tr("&MAC address"), m_mac, "mac");
    connect(m_network, &QComboBox::currentIndexChanged, this, [this] {
        fillContainers();
        edited();
    });
    fillContainers();
    edited();
}

const dbus::Network* ConnectDialog::network() const {
    const QString id = m_network->currentData().toString();
    const auto found =
        std::find_if(m_networks.begin(), m_networks.end(), [&](const auto& one) { return one.id == id; });
    return found == m_networks.end() ? nullptr : &*found;
}

// Those that are not in it yet.
void ConnectDialog::fillContainers() {
    const QString before = m_container->count() > 0 ? m_container->currentData().toString() : m_chosen;
    m_container->clear();
    const dbus::Network* into = network();
    for (const dbus::Container& one : std::as_const(m_containers)) {
        const bool isIn = into != nullptr &&
                          std::any_of(into->endpoints.begin(), into->endpoints.end(),
                                      [&](const auto& endpoint) { return endpoint.container == one.id; });
        if (!isIn)
            m_container->addItem(one.name + QStringLiteral(" · ") + stateText(one), one.id);
    }
    m_container->setCurrentIndex(std::max(0, m_container->findData(before)));
}

static QStringList subnetsOf(const dbus::Network& network, bool six) {
    QStringList subnets;
    for (const dbus::NetworkPool& pool : network.pools) {
        if (pool.subnet.contains(u':') == six)
            subnets.append(pool.subnet);
    }
    return subnets;
}

void ConnectDialog::edited() {
    const dbus::Network* into = network();
    if (into == nullptr)
        return check();
    static const QRegularExpression kMac(QStringLiteral("\\A[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}\\z"));
    m_rows[0]->setProblem(addressProblem(m_ip->text().trimmed(), subnetsOf(*into, false), false));
    m_ip6->setEnabled(hasIpv6(*into));
    m_rows[1]->setProblem(
        hasIpv6(*into) ? addressProblem(m_ip6->text().trimmed(), subnetsOf(*into, true), true) : QString());
    const QString mac = m_mac->text().trimmed();
    m_rows[2]->setProblem(mac.isEmpty() || kMac.match(mac).hasMatch()
                              ? QString()
                              : tr("Write six bytes, for example 02:42:ac:11:00:02."));
    m_aliases->setEnabled(!into->isDefault);
    m_aliases->setToolTip(into->isDefault ? tr("The default network knows no names.") : QString());
    check();
}

QString ConnectDialog::problem() const {
    if (network() == nullptr)
        return tr("Choose a network.");
    if (m_container->count() == 0)
        return tr("Every container is in it already.");
    for (const NotedField* row : m_rows) {
        if (!row->problem().isEmpty())
            return tr("An address is not right yet.");
    }
    return {};
}

QVariantMap ConnectDialog::options() const {
    QVariantMap options;
    QStringList aliases;
    if (m_aliases->isEnabled())
        aliases = m_aliases->text().split(QRegularExpression(QStringLiteral("[,\\s]+")), Qt::SkipEmptyParts);
    if (!aliases.isEmpty())
        options.insert(QStringLiteral("aliases"), aliases);
    const std::pair<const char*, QLineEdit*> fields[] = {
        {"ip", m_ip}, {"ip6", m_ip6}, {"mac-address", m_mac}};
    for (const auto& [key, field] : fields) {
        if (field->isEnabled() && !field->text().trimmed().isEmpty())
            options.insert(QLatin1String(key), field->text().trimmed());
    }
    return options;
}

void ConnectDialog::submit() {
    const QString container = m_container->currentData().toString();
    m_client.connectNetwork(
        network()->id, container, options(), this, [this, container](const Result<>& done) {
            if (!done)
                return showError(done.error(), tr("Connect %1").arg(m_client.nameOf(container)));
            Q_EMIT connected(m_client.nameOf(container), network()->name);
            accept();
        });
}

} // namespace escale::gui
