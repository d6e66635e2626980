// What the engine tells of networks, in words: for cells, tool tips, screen readers. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

/// "bridge", "macvlan · private", "ipvlan · l3".
QString driverText(const dbus::Network& network);
/// Its subnets, IPv4 first as the engine lists them; a dash when it has none.
QString subnetsText(const dbus::Network& network);
bool hasIpv6(const dbus::Network& network);
/// What sets it apart from a network with nothing chosen: "internal", "no ICC", "no masquerade", "IPv6".
QStringList propertiesOf(const dbus::Network& network);
/// The same as sentences, for a tool tip or a screen reader.
QStringList propertySentences(const dbus::Network& network);
/// "3 · cache, db, web"; a dash when nobody is in it.
QString membersText(const dbus::Network& network);
QStringList memberNames(const dbus::Network& network);
/// The engine's warnings are "what\nhint".
QString warningText(const dbus::Network& network);
QString warningHint(const dbus::Network& network);
/// A network in one sentence.
QString spokenNetwork(const dbus::Network& network);

/// Who gets to a published port: "this machine only", "the local network", "everybody".
QString reachWho(const dbus::PortReach& reach);
/// Why, with the firewall's part in it: sentences.
QString reachWhy(const dbus::PortReach& reach);

/// "12 packets/s", "1.2 k packets/s".
QString formatPacketRate(double packetsPerSecond);

} // namespace escale::gui
