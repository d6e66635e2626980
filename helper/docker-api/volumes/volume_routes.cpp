#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/members.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/volumes/volume_json.h"
#include "helper/docker-api/volumes/volume_prune.h"

#include <array>

namespace escale::docker_api {
namespace {

Result<void> listVolumes(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto filters, Filters::parse(exchange.query(), {"dangling", "driver", "label", "name"}));
    TRY_ASSIGN(const auto isDangling, filters.flag("dangling"));
    TRY_ASSIGN(const auto volumes, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    Json list(Json::Array{});
    for (const auto& volume : volumes) {
        if ((!isDangling || *isDangling == volume.users.isEmpty()) &&
            filters.matchesAny("driver", volume.driver.toStdString()) &&
            filters.matchesPattern("name", volume.name.toStdString()) && filters.matchesLabels(volume.labels))
            list.append(volumeJson(volume));
    }
    return exchange.reply(200, Json().set("Volumes", list).set("Warnings", Json()));
}

Result<void> inspectVolume(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto volume, findVolume(bus, exchange.parameter("name")));
    return exchange.reply(200, volumeJson(volume));
}

// One that is there with the same options is the answer, too, as dockerd has it.
Result<void> createVolume(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY(checkIsObject(body));
    if (body.contains("ClusterVolumeSpec"))
        return fail(ErrorCode::Unsupported,
                    "Escale has no cluster volumes: they belong to a swarm, which it is not in",
                    "Leave the cluster's settings out.");
    TRY_ASSIGN(const std::string name, body.getOptionalString("Name"));
    TRY_ASSIGN(const std::string driver, body.getOptionalString("Driver"));
    TRY_ASSIGN(const auto driverOptions, readTexts(body, "DriverOpts"));
    TRY_ASSIGN(const auto labels, readTexts(body, "Labels"));
    const QVariantMap options{{QStringLiteral("driver"), toQString(driver)},
                              {QStringLiteral("driver-options"), QVariant::fromValue(driverOptions)},
                              {QStringLiteral("labels"), QVariant::fromValue(labels)}};
    TRY_ASSIGN(const QString made, bus.ask<QString>(Face::Volumes, "Create", toQString(name), options));
    TRY_ASSIGN(const auto volume, findVolume(bus, made.toStdString()));
    return exchange.reply(201, volumeJson(volume));
}

Error inUse(const dbus::Volume& volume) {
    QStringList containers;
    for (const auto& user : volume.users)
        containers.append(user.container);
    containers.removeDuplicates();
    return {ErrorCode::InUse,
            "remove " + volume.name.toStdString() + ": volume is in use - [" +
                containers.join(QStringLiteral(", ")).toStdString() + "]",
            {},
            {}};
}

Result<void> removeVolume(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("name");
    const QVariantMap options{{QStringLiteral("force"), exchange.query().flag("force")}};
    auto removed = bus.ask<>(Face::Volumes, "Remove", toQString(name), options);
    if (removed)
        return exchange.replyEmpty(204);
    if (removed.error().code == ErrorCode::NotFound)
        return fail(noSuchVolume(name));
    if (removed.error().code != ErrorCode::InUse)
        return fail(std::move(removed).error());
    TRY_ASSIGN(const auto volume, findVolume(bus, name));
    return fail(inUse(volume));
}

Result<void> updateVolume(Exchange& /*exchange*/, const Bus& /*bus*/) {
    return fail(ErrorCode::Unsupported,
                "only cluster volumes can be updated, and Escale has none: it is in no swarm");
}

constexpr std::array kRoutes{
    Route{"GET", "/volumes", listVolumes},
    Route{"GET", "/volumes/{name}", inspectVolume, Support::Partly,
          "Mountpoint is the folder of a bind volume and else empty: a volume's files are in no place that "
          "other "
          "programs may look into; `docker cp`, or Escale's window, does"},
    Route{"POST", "/volumes/create", createVolume, Support::Partly,
          "driver `local` with Docker's options for NFS, bind, tmpfs and devices (all but bind and tmpfs "
          "need an "
          "administrator); no cluster volumes"},
    Route{"PUT", "/volumes/{name}", updateVolume, Support::Refused, "only cluster volumes can be updated"},
    Route{"DELETE", "/volumes/{name}", removeVolume},
    Route{"POST", "/volumes/prune", pruneVolumes},
};

} // namespace

std::span<const Route> volumeRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
