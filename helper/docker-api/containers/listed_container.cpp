#include "helper/docker-api/containers/listed_container.h"

#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/status_text.h"

#include <QHash>

namespace escale::docker_api {

ListedContainer listed(const dbus::Container& container, const dbus::ContainerSettings& settings) {
    ListedContainer result{container, settings.process, settings.exposedPorts, settings.network,
                           settings.mounts};
    result.labels = settings.imageLabels;
    result.labels.insert(container.labels);
    return result;
}

namespace {

constexpr qsizetype kFew = 64; // whose ids are named one by one

// `ids`: theirs; none: those of all containers.
Result<ListedContainers> withSettings(const Bus& bus, const dbus::ContainerList& containers,
                                      const QStringList& ids) {
    ListedContainers result;
    if (containers.isEmpty())
        return result;
    TRY_ASSIGN(const auto settings, bus.ask<dbus::ContainerSettingsList>(Face::Containers, "Settings", ids));
    QHash<QString, const dbus::ContainerSettings*> byId;
    for (const auto& each : settings)
        byId.insert(each.id, &each);
    result.reserve(containers.size());
    for (const auto& container : containers) {
        if (const auto* found = byId.value(container.id)) // else it has gone meanwhile
            result.append(listed(container, *found));
    }
    return result;
}

} // namespace

Result<ListedContainers> allContainers(const Bus& bus) {
    TRY_ASSIGN(const auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
    return withSettings(bus, containers, {});
}

Result<ListedContainers> runningContainers(const Bus& bus) {
    TRY_ASSIGN(auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
    containers.removeIf([](const auto& container) { return !countsAsRunning(container); });
    QStringList ids;
    for (const auto& container : containers)
        ids.append(container.id);
    return withSettings(bus, containers, ids.size() <= kFew ? ids : QStringList());
}

Result<dbus::ContainerSettings> settingsOf(const Bus& bus, const QString& id) {
    TRY_ASSIGN(const auto settings,
               bus.ask<dbus::ContainerSettingsList>(Face::Containers, "Settings", QStringList(id)));
    return settings.isEmpty() ? dbus::ContainerSettings() : settings.first();
}

} // namespace escale::docker_api
