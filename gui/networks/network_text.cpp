#include "gui/networks/network_text.h"

#include "gui/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

} // namespace

QString driverText(const dbus::Network& network) {
    return network.mode.isEmpty() ? network.driver : network.driver + QStringLiteral(" · ") + network.mode;
}

QString subnetsText(const dbus::Network& network) {
    QStringList subnets;
    for (const dbus::NetworkPool& pool : network.pools)
        subnets.append(pool.subnet);
    return subnets.isEmpty() ? dash() : subnets.join(QStringLiteral(", "));
}

bool hasIpv6(const dbus::Network& network) {
    return std::any_of(network.pools.begin(), network.pools.end(),
                       [](const dbus::NetworkPool& pool) { return pool.subnet.contains(u':'); });
}

QStringList propertiesOf(const dbus::Network& network) {
    QStringList words;
    if (network.isInternal)
        words << translate("NetworkText", "internal");
    if (!network.icc)
        words << translate("NetworkText", "no ICC");
    if (!network.masquerade && !network.isInternal && network.driver == u"bridge")
        words << translate("NetworkText", "no masquerade");
    if (hasIpv6(network))
        words << translate("NetworkText", "IPv6");
    return words;
}

QStringList propertySentences(const dbus::Network& network) {
    QStringList words;
    if (network.isDefault)
        words << translate("NetworkText", "Containers that name no network get this one; it has no names.");
    if (network.isInternal)
        words << translate("NetworkText", "Internal: no way out of this machine.");
    if (!network.icc)
        words << translate("NetworkText", "No inter-container communication: its containers do not reach "
                                          "each other.");
    if (!network.masquerade && !network.isInternal && network.driver == u"bridge")
        words << translate("NetworkText", "No masquerade: packets leave with the container's own address.");
    if (hasIpv6(network))
        words << translate("NetworkText", "IPv6 beside IPv4.");
    return words;
}

QStringList memberNames(const dbus::Network& network) {
    QStringList names;
    for (const dbus::NetworkEndpoint& endpoint : network.endpoints)
        names.append(endpoint.name);
    names.sort(Qt::CaseInsensitive);
    return names;
}

QString membersText(const dbus::Network& network) {
    if (network.endpoints.isEmpty())
        return dash();
    return QLocale().toString(network.endpoints.size()) + QStringLiteral(" · ") +
           memberNames(network).join(QStringLiteral(", "));
}

QString warningText(const dbus::Network& network) {
    return network.warning.section(u'\n', 0, 0);
}

QString warningHint(const dbus::Network& network) {
    return network.warning.section(u'\n', 1);
}

QString spokenNetwork(const dbus::Network& network) {
    QStringList words{translate("NetworkText", "%1, network of the driver %2, %3")
                          .arg(network.name, driverText(network), subnetsText(network))};
    if (network.endpoints.isEmpty())
        words << translate("NetworkText", "nobody is in it");
    else
        words << translate("NetworkText", "with %1").arg(memberNames(network).join(QStringLiteral(", ")));
    if (const QStringList properties = propertiesOf(network); !properties.isEmpty())
        words << properties.join(QStringLiteral(", "));
    if (!network.warning.isEmpty())
        words << translate("NetworkText", "warning: %1").arg(warningText(network));
    return words.join(QStringLiteral("; "));
}

QString reachWho(const dbus::PortReach& reach) {
    if (reach.who == u"machine")
        return translate("NetworkText", "This machine only");
    if (reach.who == u"local")
        return translate("NetworkText", "The local network");
    return translate("NetworkText", "Everybody");
}

QString reachWhy(const dbus::PortReach& reach) {
    QStringList words;
    if (reach.why == u"loopback")
        words << translate("NetworkText", "It is published on the loopback address, which no other machine "
                                          "reaches.");
    else if (reach.why == u"forward-dropped")
        words << translate("NetworkText",
                           "The firewall of this machine drops what comes from outside, in its "
                           "chain %1.")
                     .arg(reach.chain);
    else if (reach.why == u"private-address")
        words << translate("NetworkText", "It is published on a private address: the local network gets "
                                          "there, the Internet does not, unless a router forwards it.");
    else if (reach.why == u"no-public-address")
        words << translate("NetworkText", "This machine has private addresses only: the local network gets "
                                          "there, the Internet does not, unless a router forwards it.");
    else if (reach.why == u"public-address")
        words << translate("NetworkText", "This machine has a public address, and nothing holds it back: "
                                          "the whole Internet gets there.");
    if (!reach.bypassed.isEmpty())
        words << translate("NetworkText", "The firewall's chain %1 drops by default, but published ports do "
                                          "not pass it: they are forwarded before.")
                     .arg(reach.bypassed);
    if (!reach.isCertain)
        words << translate("NetworkText", "This is not certain: the firewall has rules that depend on more "
                                          "than the port.");
    return words.join(u' ');
}

QString formatPacketRate(double packetsPerSecond) {
    const QLocale locale;
    if (packetsPerSecond >= 1e6)
        return translate("NetworkText", "%1 M packets/s")
            .arg(locale.toString(packetsPerSecond / 1e6, 'f', 1));
    if (packetsPerSecond >= 1e4)
        return translate("NetworkText", "%1 k packets/s")
            .arg(locale.toString(packetsPerSecond / 1e3, 'f', 1));
    return translate("NetworkText", "%1 packets/s").arg(locale.toString(packetsPerSecond, 'f', 0));
}

} // namespace escale::gui
