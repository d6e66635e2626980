#include "helper/dbus/stack_options_map.h"

#include "helper/dbus/container_options_map.h"
#include "helper/dbus/option_variants.h"

namespace escale {
namespace {

// One list of options each, for both ways.
template <class Network, class Visit>
void visitNetwork(Network&& n, Visit&& visit) {
    visit("driver", n.driver);
    visit("subnet", n.subnets);
    visit("ip-range", n.ranges);
    visit("gateway", n.gateways);
    visit("ipv6", n.ipv6);
    visit("internal", n.internal);
    visit("icc", n.icc);
    visit("masquerade", n.masquerade);
    visit("mtu", n.mtu);
    visit("parent", n.parent);
    visit("mode", n.mode);
    visit("labels", n.labels);
}
template <class Volume, class Visit>
void visitVolume(Volume&& v, Visit&& visit) {
    visit("driver", v.driver);
    visit("driver-options", v.driverOptions);
    visit("labels", v.labels);
}

} // namespace

QVariantMap serviceToBus(const ContainerOptions& options) {
    QVariantMap map = optionsToBus(options);
    if (!options.command.empty())
        map.insert(QStringLiteral("command"), option_variants::write(options.command));
    return map;
}

void serviceFromBus(const QVariantMap& map, ContainerOptions& options) {
    optionsFromBus(map, options);
    option_variants::readFrom(map)("command", options.command);
}

QVariantMap networkToBus(const StackNetwork& network) {
    QVariantMap map, defaults;
    visitNetwork(network, option_variants::writeInto(map));
    visitNetwork(StackNetwork(), option_variants::writeInto(defaults));
    return option_variants::without(defaults, map);
}

void networkFromBus(const QVariantMap& map, StackNetwork& network) {
    visitNetwork(network, option_variants::readFrom(map));
}

QVariantMap volumeToBus(const StackVolume& volume) {
    QVariantMap map, defaults;
    visitVolume(volume, option_variants::writeInto(map));
    visitVolume(StackVolume(), option_variants::writeInto(defaults));
    return option_variants::without(defaults, map);
}

void volumeFromBus(const QVariantMap& map, StackVolume& volume) {
    visitVolume(volume, option_variants::readFrom(map));
}

} // namespace escale
