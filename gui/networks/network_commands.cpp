#include "gui/networks/network_commands.h"

#include "gui/containers/docker_command.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString prefixOf(const QString& subnet) {
    return subnet.section(u'/', 1);
}

// "10.89.0.2/24" or the address alone, for which the pool of its family knows the prefix.
QString withPrefix(const QString& address, const dbus::Network& network) {
    if (address.contains(u'/'))
        return address;
    for (const dbus::NetworkPool& pool : network.pools) {
        if (pool.subnet.contains(u':') == address.contains(u':'))
            return address + u'/' + prefixOf(pool.subnet);
    }
    return address;
}

class Script {
public:
    void say(const QString& words) {
        if (!m_lines.isEmpty())
            m_lines.append(QString());
        m_lines.append(QStringLiteral("# ") + words);
    }
    void run(const QString& line) { m_lines.append(line); }
    [[nodiscard]] QString text() const { return m_lines.join(u'\n') + u'\n'; }

private:
    QStringList m_lines;
};

void addBridge(Script& script, const dbus::Network& network) {
    const QString name = network.interface.isEmpty() ? QStringLiteral("BRIDGE") : network.interface;
    script.say(translate("NetworkCommands", "The bridge: a switch in the kernel, and this machine's own "
                                            "address on it, the gateway"));
    script.run(QStringLiteral("ip link add %1 type bridge").arg(name));
    if (network.mtu > 0)
        script.run(QStringLiteral("ip link set %1 mtu %2").arg(name).arg(network.mtu));
    for (const dbus::NetworkPool& pool : network.pools) {
        if (!pool.gateway.isEmpty() && !network.isInternal)
            script.run(
                QStringLiteral("ip address add %1/%2 dev %3").arg(pool.gateway, prefixOf(pool.subnet), name));
    }
    script.run(QStringLiteral("ip link set %1 up").arg(name));
    if (network.isInternal) {
        script.say(translate("NetworkCommands", "Internal: nothing is forwarded out of it or into it"));
        script.run(
            QStringLiteral("nft add rule inet escale forward iifname %1 oifname != %1 drop").arg(name));
    } else if (network.masquerade) {
        script.say(translate("NetworkCommands", "The way out: packets are forwarded, and leave with this "
                                                "machine's address"));
        script.run(QStringLiteral("sysctl -w net.ipv4.ip_forward=1"));
        for (const dbus::NetworkPool& pool : network.pools)
            script.run(
                QStringLiteral("nft add rule inet escale postrouting %1 saddr %2 oifname != %3 masquerade")
                    .arg(pool.subnet.contains(u':') ? QStringLiteral("ip6") : QStringLiteral("ip"),
                         pool.subnet, name));
    }
    if (!network.icc) {
        script.say(translate("NetworkCommands", "No inter-container communication: its ports are isolated "
                                                "from each other"));
        script.run(QStringLiteral("nft add rule bridge escale forward meta ibrname %1 drop").arg(name));
    }
}

void addVlan(Script& script, const dbus::Network& network) {
    if (!network.parent.contains(u'.'))
        return;
    script.say(translate("NetworkCommands", "The parent's VLAN"));
    script.run(QStringLiteral("ip link add link %1 name %2 type vlan id %3")
                   .arg(network.parent.section(u'.', 0, 0), network.parent, network.parent.section(u'.', 1)));
}

void addEndpoint(Script& script, const dbus::Network& network, const dbus::NetworkEndpoint& endpoint) {
    const QString space = endpoint.name;
    const QString inside = endpoint.inside.isEmpty() ? QStringLiteral("eth0") : endpoint.inside;
    script.say(translate("NetworkCommands", "%1: an interface in its network namespace").arg(endpoint.name));
    if (network.driver == u"bridge") {
        const QString outside =
            endpoint.hostInterface.isEmpty() ? QStringLiteral("VETH") : endpoint.hostInterface;
        script.run(
            QStringLiteral("ip link add %1 type veth peer name %2 netns %3").arg(outside, inside, space));
        script.run(
            QStringLiteral("ip link set %1 master %2 up")
                .arg(outside, network.interface.isEmpty() ? QStringLiteral("BRIDGE") : network.interface));
    } else {
        script.run(QStringLiteral("ip link add %1 link %2 netns %3 type %4 mode %5")
                       .arg(inside, network.parent, space, network.driver, network.mode));
    }
    if (!endpoint.mac.isEmpty() && network.driver != u"ipvlan")
        script.run(QStringLiteral("ip -n %1 link set %2 address %3").arg(space, inside, endpoint.mac));
    for (const QString& address : endpoint.addresses)
        script.run(QStringLiteral("ip -n %1 address add %2 dev %3")
                       .arg(space, withPrefix(address, network), inside));
    script.run(QStringLiteral("ip -n %1 link set %2 up").arg(space, inside));
    if (!endpoint.isDefaultRoute || network.isInternal)
        return;
    for (const dbus::NetworkPool& pool : network.pools) {
        if (!pool.gateway.isEmpty())
            script.run(QStringLiteral("ip -n %1 route add default via %2").arg(space, pool.gateway));
    }
}

} // namespace

QString dockerNetworkLine(const dbus::Network& network) {
    QStringList words{QStringLiteral("create"), QStringLiteral("--driver"), network.driver};
    for (const dbus::NetworkPool& pool : network.pools) {
        if (pool.subnet.contains(u':'))
            words << QStringLiteral("--ipv6");
        words << QStringLiteral("--subnet") << pool.subnet;
        if (!pool.range.isEmpty())
            words << QStringLiteral("--ip-range") << pool.range;
        if (!pool.gateway.isEmpty())
            words << QStringLiteral("--gateway") << pool.gateway;
    }
    const auto option = [&words](const QString& text) { words << QStringLiteral("--opt") << text; };
    if (network.isInternal)
        words << QStringLiteral("--internal");
    if (!network.icc)
        option(QStringLiteral("com.docker.network.bridge.enable_icc=false"));
    if (!network.masquerade)
        option(QStringLiteral("com.docker.network.bridge.enable_ip_masquerade=false"));
    if (network.mtu > 0)
        option(QStringLiteral("com.docker.network.driver.mtu=%1").arg(network.mtu));
    if (!network.parent.isEmpty())
        option(QStringLiteral("parent=") + network.parent);
    if (!network.mode.isEmpty())
        option(
            (network.driver == u"ipvlan" ? QStringLiteral("ipvlan_mode=") : QStringLiteral("macvlan_mode=")) +
            network.mode);
    for (auto label = network.labels.begin(); label != network.labels.end(); ++label)
        words << QStringLiteral("--label") << label.key() + u'=' + label.value();
    return dockerCommand(QStringLiteral("network"), words << network.name);
}

QString networkCommands(const dbus::Network& network) {
    Script script;
    if (!network.isDefault) {
        script.say(translate("NetworkCommands", "What docker users write"));
        script.run(dockerNetworkLine(network));
    }
    if (network.driver == u"bridge")
        addBridge(script, network);
    else
        addVlan(script, network);
    for (const dbus::NetworkEndpoint& endpoint : network.endpoints)
        addEndpoint(script, network, endpoint);
    return script.text();
}

} // namespace escale::gui
