#include "helper/service/networks_service.h"

#include "engine/network/kernel_drivers.h"
#include "helper/service/container_bus.h"
#include "helper/service/network_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/network_options.h"

#include <net/if.h>

#include <algorithm>
#include <map>
#include <set>

namespace escale {
namespace {

using Work = std::function<Result<QVariantList>(uid_t owner)>;

void answer(QThreadPool& pool, const CallPointer& call, Work work) {
    answerFrom(pool, call, [owner = call->owner(), work = std::move(work)] { return work(owner); });
}

std::optional<InterfaceCounters> countersOf(const ContainerStats& stats, const std::string& interface) {
    for (const auto& one : stats.interfaces) {
        if (one.name == interface)
            return one.counters;
    }
    return std::nullopt;
}

// The first container's, in the order of interfaces, in which the machine is reached.
void markDefaultRoutes(dbus::NetworkList& networks) {
    std::map<QString, dbus::NetworkEndpoint*> first;
    for (auto& network : networks) {
        for (auto& endpoint : network.endpoints) {
            if (!endpoint.isRunning || network.isInternal)
                continue;
            auto& one = first[endpoint.container];
            if (one == nullptr || endpoint.inside < one->inside)
                one = &endpoint;
        }
    }
    for (const auto& [container, endpoint] : first)
        endpoint->isDefaultRoute = true;
}

} // namespace

NetworksService::NetworksService(Dispatcher& dispatcher, const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (NetworksService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Networks", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    const auto tell = [&dispatcher, this](const char* member,
                                          Result<QVariantList> (NetworksService::*query)(uid_t)) {
        dispatcher.handle("org.escale.Engine1.Networks", member, [this, query](const CallPointer& call) {
            answer(m_parts.pool, call, [this, query](uid_t owner) { return (this->*query)(owner); });
        });
    };
    tell("List", &NetworksService::list);
    tell("Interfaces", &NetworksService::interfaces);
    tell("Statistics", &NetworksService::statistics);
    handle("Create", &NetworksService::create);
    handle("Check", &NetworksService::check);
    handle("Remove", &NetworksService::remove);
    handle("Prune", &NetworksService::prune);
    handle("Connect", &NetworksService::connectContainer);
    handle("Disconnect", &NetworksService::disconnectContainer);
    handle("Move", &NetworksService::move);
    handle("Rules", &NetworksService::rules);
    handle("Reach", &NetworksService::reach);
    dispatcher.handle("org.escale.Engine1.Networks", "Drivers", [this](const CallPointer& call) {
        answer(m_parts.pool, call, [](uid_t) -> Result<QVariantList> {
            TRY_ASSIGN(const DriverSupport has, driverSupport());
            dbus::NetworkDrivers drivers;
            for (const auto& [name, isThere] :
                 {std::pair("bridge", has.bridge), std::pair("macvlan", has.macvlan),
                  std::pair("ipvlan", has.ipvlan), std::pair("vlan", has.vlan)})
                drivers.append({QString::fromLatin1(name),
                                isThere ? QString() : toQString(missingDriver(name).message)});
            return QVariantList{QVariant::fromValue(drivers)};
        });
    });
}

Result<QVariantList> NetworksService::list(uid_t owner) {
    Networks& networks = m_parts.containers.networks();
    TRY_ASSIGN(const auto records, networks.list(owner));
    TRY_ASSIGN(const auto endpoints, networks.endpointsOfOwner(owner));
    TRY_ASSIGN(const auto routes, networks.foreignRoutes());
    EndpointOwners owners;
    TRY(m_parts.containers.visit(owner, ContainerChoice::All, [&](const Container& container) {
        owners.emplace(container.id, EndpointOwner(container));
    }));
    dbus::NetworkList result = toBus(records, endpoints, owners);
    for (qsizetype i = 0; i < result.size(); ++i) {
        const NetworkRecord& record = records[static_cast<std::size_t>(i)];
        dbus::Network& network = result[i];
        if (::if_nametoindex(record.network.interface.c_str()) != 0)
            network.interface = toQString(record.network.interface);
        if (Containers::answersNames(record))
            network.warning = toQString(m_parts.containers.namesProblem());
        if (const auto overlap = Networks::overlapOf(record, routes); !overlap.empty())
            network.warning =
                QStringLiteral("its subnet overlaps %1\nMove it to a free subnet.").arg(toQString(overlap));
    }
    markDefaultRoutes(result);
    return QVariantList{QVariant::fromValue(result)};
}

// Interfaces of other people's networks and containers are not shown.
Result<QVariantList> NetworksService::interfaces(uid_t owner) {
    Networks& networks = m_parts.containers.networks();
    TRY_ASSIGN(const auto others, networks.interfacesOfOthers(owner));
    TRY_ASSIGN(const auto all, hostInterfaces());
    dbus::HostInterfaces result;
    for (const auto& interface : all) {
        if (!others.contains(interface.name))
            result.append(toBus(interface));
    }
    return QVariantList{QVariant::fromValue(result)};
}

// Endpoints on the link of a host's interface have no end here: they are counted once a second, with the
// rest.
Result<QVariantList> NetworksService::statistics(uid_t owner) {
    Networks& networks = m_parts.containers.networks();
    TRY_ASSIGN(const auto own, networks.endpointsOfOwner(owner));
    std::map<std::string, InterfaceCounters> counters;
    TRY_ASSIGN(auto file, InterfaceCountersFile::open());
    TRY(file.read([&](std::string_view name, const InterfaceCounters& one) { counters.emplace(name, one); }));
    dbus::EndpointStatistics result;
    for (const auto& endpoint : own) {
        if (endpoint.addresses.empty())
            continue;
        std::optional<InterfaceCounters> inside;
        if (const auto found = counters.find(endpoint.hostInterface()); found != counters.end())
            inside = found->second.reversed();
        else if (const auto stats = m_parts.containers.stats(owner, endpoint.container))
            inside = countersOf(*stats, endpoint.inside());
        if (inside)
            result.append({toQString(endpoint.network), toQString(endpoint.container),
                           toQString(endpoint.inside()), inside->receivedBytes, inside->receivedPackets,
                           inside->sentBytes, inside->sentPackets, inside->receiveDrops + inside->sendDrops});
    }
    return QVariantList{QVariant::fromValue(result)};
}

void NetworksService::create(const CallPointer& call) {
    auto options = networkOptions(call->arguments().at(0).toString(), call->options());
    if (!options) {
        call->refuse(options.error());
        return;
    }
    answer(m_parts.pool, call, [this, options = *std::move(options)](uid_t owner) -> Result<QVariantList> {
        TRY_ASSIGN(const auto record, m_parts.containers.networks().create(owner, options));
        m_parts.containers.emitNetworkEvent(record, "create");
        changed(record);
        return QVariantList{toQString(record.network.id)};
    });
}

void NetworksService::check(const CallPointer& call) {
    auto options = networkOptions(call->arguments().at(0).toString(), call->options());
    if (!options) {
        call->refuse(options.error());
        return;
    }
    answer(m_parts.pool, call, [this, options = *std::move(options)](uid_t owner) -> Result<QVariantList> {
        TRY_ASSIGN(const auto plan, m_parts.containers.networks().check(owner, options));
        dbus::NetworkProblems problems;
        for (const auto& problem : plan.problems)
            problems.append(
                {toQString(problem.option), toQString(problem.error.message), toQString(problem.error.hint)});
        const auto pools = problems.isEmpty() ? toBus(plan.network.pools) : dbus::NetworkPools();
        return QVariantList{QVariant::fromValue(problems), QVariant::fromValue(pools)};
    });
}

void NetworksService::remove(const CallPointer& call) {
    const auto id = checkNetworkId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answer(m_parts.pool, call, [this, id = *id](uid_t owner) -> Result<QVariantList> {
        TRY_ASSIGN(const auto record, m_parts.containers.networks().find(owner, id));
        TRY(m_parts.containers.networks().remove(record));
        m_parts.containers.emitNetworkEvent(record, "destroy");
        changed(record);
        return QVariantList();
    });
}

void NetworksService::prune(const CallPointer& call) {
    auto labels = boundedWords(call->options().value(QStringLiteral("label")).toStringList(), "the labels");
    if (!labels) {
        call->refuse(labels.error());
        return;
    }
    const qint64 until = call->options().value(QStringLiteral("until")).toLongLong();
    answer(m_parts.pool, call,
           [this, until, labels = *std::move(labels)](uid_t owner) -> Result<QVariantList> {
               TRY_ASSIGN(const auto gone, m_parts.containers.networks().prune(owner, until, labels));
               QStringList names;
               for (const auto& record : gone) {
                   names.append(toQString(record.network.name));
                   m_parts.containers.emitNetworkEvent(record, "destroy");
                   changed(record);
               }
               return QVariantList{names};
           });
}

void NetworksService::connectContainer(const CallPointer& call) {
    const auto network = checkNetworkId(call->arguments().at(0).toString());
    const auto container = checkContainerId(call->arguments().at(1).toString());
    const auto request = endpointRequest(call->options());
    if (!network || !container || !request) {
        call->refuse(!network ? network.error() : !container ? container.error() : request.error());
        return;
    }
    answer(m_parts.pool, call,
           [this, network = *network, container = *container,
            request = *request](uid_t owner) -> Result<QVariantList> {
               TRY(m_parts.containers.connectNetwork(owner, container, network, request));
               return QVariantList();
           });
}

void NetworksService::disconnectContainer(const CallPointer& call) {
    const auto network = checkNetworkId(call->arguments().at(0).toString());
    const auto container = checkContainerId(call->arguments().at(1).toString());
    if (!network || !container) {
        call->refuse(!network ? network.error() : container.error());
        return;
    }
    answer(m_parts.pool, call,
           [this, network = *network, container = *container](uid_t owner) -> Result<QVariantList> {
               TRY(m_parts.containers.disconnectNetwork(owner, container, network));
               return QVariantList();
           });
}

void NetworksService::move(const CallPointer& call) {
    const auto id = checkNetworkId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answer(m_parts.pool, call, [this, id = *id](uid_t owner) -> Result<QVariantList> {
        TRY_ASSIGN(const auto record, m_parts.containers.moveNetwork(owner, id));
        return QVariantList{QVariant::fromValue(toBus(record.network.pools))};
    });
}

void NetworksService::rules(const CallPointer& call) {
    const auto network = checkNetworkId(call->arguments().at(0).toString());
    const QString which = call->arguments().at(1).toString();
    const auto container = which.isEmpty() ? Result<std::string>(std::string()) : checkContainerId(which);
    if (!network || !container) {
        call->refuse(!network ? network.error() : container.error());
        return;
    }
    answer(m_parts.pool, call,
           [this, network = *network, name = *container](uid_t owner) -> Result<QVariantList> {
               TRY_ASSIGN(const auto record, m_parts.containers.networks().find(owner, network));
               std::string id;
               if (!name.empty()) {
                   TRY_ASSIGN(const auto found, m_parts.containers.find(owner, name));
                   id = found.id;
               }
               TRY_ASSIGN(const auto chains, m_parts.containers.networks().rulesOf(record, id));
               dbus::RuleChains result;
               for (const auto& chain : chains)
                   result.append({toQString(chain.name), toQString(chain.rules)});
               return QVariantList{QVariant::fromValue(result)};
           });
}

void NetworksService::reach(const CallPointer& call) {
    const auto container = checkContainerId(call->arguments().at(0).toString());
    if (!container) {
        call->refuse(container.error());
        return;
    }
    answer(m_parts.pool, call, [this, name = *container](uid_t owner) -> Result<QVariantList> {
        TRY_ASSIGN(const auto found, m_parts.containers.find(owner, name));
        TRY_ASSIGN(const auto reaches, m_parts.containers.reach(found));
        dbus::PortReaches result;
        for (const auto& [port, reach] : reaches)
            result.append(toBus(port, reach));
        return QVariantList{QVariant::fromValue(result)};
    });
}

void NetworksService::changed(const NetworkRecord& record) {
    QMetaObject::invokeMethod(
        &m_parts.changes,
        [&changes = m_parts.changes, owner = record.owner, id = toQString(record.network.id)] {
            changes.note(owner, QStringLiteral("networks"), id);
        },
        Qt::QueuedConnection);
}

} // namespace escale
