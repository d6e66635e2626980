#include "helper/dbus/container_options_map.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_details.h"
#include "helper/docker-api/containers/container_sizes.h"
#include "helper/docker-api/containers/container_views.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {

Result<void> inspectContainer(Exchange& exchange, const Bus& bus) {
    const std::string id = exchange.parameter("id");
    const auto inspected =
        bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", toQString(id));
    if (!inspected)
        return fail(aboutContainer(inspected.error(), id));
    ContainerFacts facts;
    const dbus::Container& container = std::get<0>(*inspected);
    TRY_ASSIGN(const auto overview, oneContainer(bus, container.id));
    if (overview.containers.isEmpty())
        return fail(noSuchContainer(id)); // it has gone meanwhile
    facts.container = overview.containers.first();
    optionsFromBus(std::get<1>(*inspected), facts.options);
    for (const QString& word : container.command) // which is no option
        facts.options.command.push_back(word.toStdString());
    facts.image = std::get<2>(*inspected);
    const NetworkIndex index(overview.networks);
    facts.places = index.of(facts.container.id);
    if (!facts.container.health.isEmpty()) {
        auto probes = bus.ask<dbus::HealthProbes>(Face::Containers, "Health", facts.container.id);
        if (!probes)
            return fail(aboutContainer(std::move(probes).error(), id));
        facts.probes = *std::move(probes);
    }
    if (exchange.query().flag("size")) {
        TRY_ASSIGN(const auto sizes, ContainerSizes::ask(bus));
        facts.size = sizes.of(facts.container);
    }
    return exchange.reply(200, containerDetails(facts));
}

} // namespace escale::docker_api
