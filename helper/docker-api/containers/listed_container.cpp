#include "helper/docker-api/containers/listed_container.h"

#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {

ListedContainer listed(const dbus::Container& container, const dbus::ContainerSettings& settings) {
    ListedContainer result{container, settings.process, settings.exposedPorts, settings.network,
                           settings.mounts};
    result.labels = settings.imageLabels;
    result.labels.insert(container.labels);
    return result;
}

static Result<ContainerOverview> overview(const Bus& bus, const QStringList& ids,
                                          const QVariantMap& options = {}) {
    TRY_ASSIGN(auto told, (bus.ask<dbus::ContainerList, dbus::ContainerSettingsList, dbus::NetworkList>(
                              Face::Containers, "Overview", ids, options)));
    auto& [containers, settings, networks] = told;
    if (containers.size() != settings.size())
        return fail(ErrorCode::Internal, "the engine's overview of containers does not fit together");
    ContainerOverview result{{}, std::move(networks)};
    result.containers.reserve(containers.size());
    for (qsizetype i = 0; i < containers.size(); ++i)
        result.containers.append(listed(containers[i], settings[i]));
    return result;
}

Result<ContainerOverview> allContainers(const Bus& bus) {
    return overview(bus, {});
}

Result<ContainerOverview> runningContainers(const Bus& bus) {
    return overview(bus, {}, {{QStringLiteral("running"), true}});
}

Result<ContainerOverview> oneContainer(const Bus& bus, const QString& id) {
    return overview(bus, {id});
}

} // namespace escale::docker_api
