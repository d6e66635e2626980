#include "gui/containers/network_trace.h"

#include "gui/containers/docker_command.h"
#include "helper/dbus/types.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString docker(QStringList words) {
    return dockerCommand(QStringLiteral("network"), words);
}

void addLists(QStringList& words, const QVariantMap& options,
              std::initializer_list<std::pair<const char*, const char*>> known) {
    for (const auto& [key, flag] : known) {
        for (const QString& value : options.value(QLatin1String(key)).toStringList())
            words << QLatin1String(flag) << value;
    }
}

QString createLine(const QString& name, const QVariantMap& options) {
    const auto text = [&](const char* key) { return options.value(QLatin1String(key)).toString(); };
    const auto isOff = [&](const char* key) { return !options.value(QLatin1String(key), true).toBool(); };
    QStringList words{QStringLiteral("create")};
    if (const QString driver = text("driver"); !driver.isEmpty())
        words << QStringLiteral("--driver") << driver;
    if (options.value(QStringLiteral("ipv6")).toBool())
        words << QStringLiteral("--ipv6");
    addLists(words, options, {{"subnet", "--subnet"}, {"ip-range", "--ip-range"}, {"gateway", "--gateway"}});
    if (options.value(QStringLiteral("internal")).toBool())
        words << QStringLiteral("--internal");
    QStringList drivers;
    if (isOff("icc"))
        drivers << QStringLiteral("com.docker.network.bridge.enable_icc=false");
    if (isOff("masquerade"))
        drivers << QStringLiteral("com.docker.network.bridge.enable_ip_masquerade=false");
    if (options.contains(QStringLiteral("mtu")))
        drivers << QStringLiteral("com.docker.network.driver.mtu=") + text("mtu");
    if (!text("parent").isEmpty())
        drivers << QStringLiteral("parent=") + text("parent");
    if (!text("mode").isEmpty())
        drivers << text("driver") + QStringLiteral("_mode=") + text("mode");
    for (const QString& option : std::as_const(drivers))
        words << QStringLiteral("--opt") << option;
    const auto labels = options.value(QStringLiteral("labels")).value<dbus::TextMap>();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        words << QStringLiteral("--label") << label.key() + u'=' + label.value();
    return docker(words << name);
}

QString connectLine(const QString& network, const QString& container, const QVariantMap& options) {
    QStringList words{QStringLiteral("connect")};
    addLists(words, options, {{"aliases", "--alias"}});
    const std::pair<const char*, const char*> addresses[] = {{"ip", "--ip"}, {"ip6", "--ip6"}};
    for (const auto& [key, flag] : addresses) {
        if (const QString address = options.value(QLatin1String(key)).toString(); !address.isEmpty())
            words << QLatin1String(flag) << address;
    }
    if (const QString mac = options.value(QStringLiteral("mac-address")).toString(); !mac.isEmpty())
        words << QStringLiteral("--driver-opt") << QStringLiteral("com.docker.network.endpoint.mac=") + mac;
    return docker(words << network << container);
}

} // namespace

std::optional<NetworkTrace> networkTrace(const QString& method, const QVariantList& arguments,
                                         const std::function<QString(const QString& id)>& nameOf) {
    const QVariantMap options = arguments.isEmpty() ? QVariantMap() : arguments.last().toMap();
    const QString first = arguments.value(0).toString();
    if (method == u"Create")
        return NetworkTrace{translate("ActionTrace", "Create the network %1").arg(first),
                            createLine(first, options)};
    if (method == u"Prune")
        return NetworkTrace{translate("ActionTrace", "Remove the networks that are not used"),
                            docker({QStringLiteral("prune"), QStringLiteral("--force")})};
    const QString network = nameOf(first);
    if (method == u"Remove")
        return NetworkTrace{translate("ActionTrace", "Remove the network %1").arg(network),
                            docker({QStringLiteral("rm"), network})};
    if (method == u"Move") // docker has no command for it
        return NetworkTrace{translate("ActionTrace", "Move %1 to a free subnet").arg(network), {}};
    const QString container = nameOf(arguments.value(1).toString());
    if (method == u"Connect")
        return NetworkTrace{translate("ActionTrace", "Connect %1 to %2").arg(container, network),
                            connectLine(network, container, options)};
    if (method == u"Disconnect")
        return NetworkTrace{translate("ActionTrace", "Disconnect %1 from %2").arg(container, network),
                            docker({QStringLiteral("disconnect"), network, container})};
    return std::nullopt;
}

QStringList networkKernelSteps(const QString& method, const QVariantList& arguments) {
    Q_UNUSED(arguments)
    if (method == u"Create")
        return {translate("KernelSteps",
                          "nothing yet: subnet and name are written to the engine's database; the "
                          "interface comes with the first container")};
    if (method == u"Connect")
        return {
            translate("KernelSteps", "netlink RTM_NEWLINK: the network's bridge, when nobody was in it, with "
                                     "the gateway's address"),
            translate("KernelSteps",
                      "netlink RTM_NEWLINK: a veth pair (or a macvlan, an ipvlan), one end put "
                      "into the container's network namespace"),
            translate("KernelSteps", "netlink RTM_NEWADDR, RTM_NEWROUTE in there: its address, its routes"),
            translate("KernelSteps",
                      "nftables: rules for what the container may send from its port; its names "
                      "are told to the network's DNS")};
    if (method == u"Disconnect")
        return {translate("KernelSteps", "netlink RTM_DELLINK: its interface, both ends of it"),
                translate("KernelSteps", "nftables: its rules go; its names leave the network's DNS")};
    if (method == u"Remove" || method == u"Prune")
        return {translate("KernelSteps",
                          "netlink RTM_DELLINK: the bridge, and nftables: its rules, where there "
                          "are any left")};
    if (method == u"Move")
        return {translate("KernelSteps",
                          "netlink RTM_NEWADDR, RTM_DELADDR: the new gateway's address for the old "
                          "one, and the same in each container"),
                translate("KernelSteps", "nftables: the rules, in one transaction, with the new subnet")};
    return {};
}

} // namespace escale::gui
