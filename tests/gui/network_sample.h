// Networks for the GUI's tests: three with eight containers, and ten with sixty.
#pragma once

#include "gui/networks/topology_graph.h"
#include "tests/gui/sample.h"

namespace escale::test {

inline dbus::Network network(const QString& name, const QString& subnet,
                             const QString& driver = QStringLiteral("bridge")) {
    dbus::Network made;
    made.id = QStringLiteral("id-") + name;
    made.name = name;
    made.driver = driver;
    made.interface = driver == QLatin1String("bridge") ? QStringLiteral("br-") + name.left(10) : QString();
    made.created = 1'767'225'600'000;
    made.pools = {{subnet, {}, subnet.section(u'.', 0, 2) + QStringLiteral(".1")}};
    return made;
}

/// Puts the container into the network, with the next address of its subnet.
inline void join(dbus::Network& network, const dbus::Container& container, bool isDefaultRoute = true,
                 const QString& inside = QStringLiteral("eth0")) {
    const auto number = network.endpoints.size() + 2;
    dbus::NetworkEndpoint endpoint;
    endpoint.container = container.id;
    endpoint.name = container.name;
    endpoint.isRunning = container.state == QLatin1String("running");
    endpoint.inside = endpoint.isRunning ? inside : QString();
    endpoint.hostInterface = endpoint.isRunning
                                 ? QStringLiteral("ve%1").arg(qHash(network.id + container.id) % 100'000)
                                 : QString();
    endpoint.addresses = {network.pools.first().subnet.section(u'.', 0, 2) +
                          QStringLiteral(".%1/24").arg(number)};
    endpoint.mac = QStringLiteral("02:42:0a:59:00:%1").arg(number, 2, 16, QLatin1Char('0'));
    if (!network.isDefault)
        endpoint.dnsNames = {container.name};
    endpoint.isDefaultRoute = isDefaultRoute;
    network.endpoints.append(endpoint);
}

inline dbus::HostInterface hostInterface(const QString& name, const QString& address,
                                         const QString& kind = QString()) {
    dbus::HostInterface made;
    made.name = name;
    made.kind = kind;
    made.isUp = true;
    made.mac = QStringLiteral("52:54:00:12:34:56");
    if (!address.isEmpty())
        made.addresses = {address};
    return made;
}

inline dbus::Container named(const QString& name, const QStringList& ports = {},
                             const QString& state = QStringLiteral("running")) {
    dbus::Container made = container(QStringLiteral("c-") + name, state);
    made.name = name;
    made.ports = ports;
    return made;
}

/// A shop: its front and its back, a database that both reach, one network on the local network itself.
inline gui::TopologyInput smallTopology() {
    gui::TopologyInput in;
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    in.containers = {named(text("web"), {text("0.0.0.0:8080->80/tcp")}),
                     named(text("api"), {text("127.0.0.1:9000->9000/tcp")}),
                     named(text("db")),
                     named(text("cache")),
                     named(text("worker")),
                     named(text("mailer"), {}, text("exited")),
                     named(text("printer")),
                     named(text("tools"))};
    dbus::Network fallback = network(text("bridge"), text("172.17.0.0/24"));
    fallback.isDefault = true;
    fallback.interface = text("escale0");
    dbus::Network front = network(text("frontend"), text("10.89.1.0/24"));
    dbus::Network back = network(text("backend"), text("10.89.2.0/24"));
    back.isInternal = true;
    back.pools.append({text("fd12:3456:789a::/64"), {}, text("fd12:3456:789a::1")});
    dbus::Network local = network(text("lan"), text("192.168.1.0/24"), text("macvlan"));
    local.mode = text("bridge");
    local.parent = text("eth0");
    front.warning = text("A route of tun0, 10.0.0.0/8, overlaps its subnet.\nMove it to a free one.");
    join(front, in.containers[0]);
    join(front, in.containers[1]);
    join(back, in.containers[1], false, text("eth1"));
    join(back, in.containers[2]);
    join(back, in.containers[3]);
    join(back, in.containers[4]);
    join(back, in.containers[5]);
    join(local, in.containers[6]);
    join(fallback, in.containers[7]);
    in.networks = {fallback, front, back, local};
    in.interfaces = {hostInterface(text("lo"), text("127.0.0.1/8"), text("loopback")),
                     hostInterface(text("eth0"), text("192.168.1.20/24")),
                     hostInterface(text("wlan0"), text("192.168.7.4/24")),
                     hostInterface(text("escale0"), text("172.17.0.1/24"), text("bridge")),
                     hostInterface(text("br-frontend"), text("10.89.1.1/24"), text("bridge")),
                     hostInterface(text("docker0"), text("172.18.0.1/16"), text("bridge")),
                     hostInterface(text("ve1"), {}, text("veth"))};
    in.reach.insert(
        in.containers[0].id,
        {{in.containers[0].ports[0], text("local"), text("no-public-address"), {}, true, text("INPUT")}});
    in.reach.insert(in.containers[1].id,
                    {{in.containers[1].ports[0], text("machine"), text("loopback"), {}, true, {}}});
    return in;
}

/// Ten networks, sixty containers, every fifth of them in the next network, too.
inline gui::TopologyInput largeTopology() {
    gui::TopologyInput in;
    for (int i = 0; i < 10; ++i) {
        in.networks.append(
            network(QStringLiteral("stack-%1").arg(i), QStringLiteral("10.90.%1.0/24").arg(i)));
        in.networks.last().isDefault = i == 0;
    }
    in.networks[8].isInternal = true;
    for (int i = 0; i < 60; ++i) {
        in.containers.append(named(
            QStringLiteral("service-%1").arg(i, 2, 10, QLatin1Char('0')),
            i % 6 == 0 ? QStringList(QStringLiteral("127.0.0.1:%1->80/tcp").arg(8000 + i)) : QStringList()));
        join(in.networks[i / 6], in.containers.last());
        if (i % 5 == 4)
            join(in.networks[(i / 6 + 1) % 10], in.containers.last(), false, QStringLiteral("eth1"));
    }
    in.interfaces = {hostInterface(QStringLiteral("eth0"), QStringLiteral("192.168.1.20/24")),
                     hostInterface(QStringLiteral("wlan0"), QStringLiteral("192.168.7.4/24"))};
    return in;
}

/// Counters after so many seconds in which endpoint number i has had i packets a second each way.
inline dbus::EndpointStatistics statisticsOf(const gui::TopologyInput& in, quint64 seconds) {
    dbus::EndpointStatistics all;
    quint64 rate = 0;
    for (const dbus::Network& network : in.networks) {
        for (const dbus::NetworkEndpoint& endpoint : network.endpoints) {
            ++rate;
            if (endpoint.isRunning)
                all.append({network.id, endpoint.container, endpoint.inside, rate * 900 * seconds,
                            rate * seconds, rate * 200 * seconds, rate * seconds / 2, 0});
        }
    }
    return all;
}

} // namespace escale::test
