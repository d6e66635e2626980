#include "helper/docker-api/volumes/volume_prune.h"

#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {
namespace {

constexpr ApiVersion kPrunesAnonymousOnly{1, 42};

struct Pruned {
    QStringList names;
    std::uint64_t bytes = 0;
};

// The engine knows no labels that a volume must not have: then they are removed one by one, counted before.
Result<Pruned> pruneOneByOne(Exchange& exchange, const Bus& bus, const Filters& filters, bool all) {
    const auto isMeant = [&](const dbus::Volume& volume) {
        return volume.users.isEmpty() && (all || volume.isAnonymous) && filters.matchesLabels(volume.labels);
    };
    TRY_ASSIGN(const auto before, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    QStringList names;
    for (const auto& volume : before) {
        if (isMeant(volume))
            names.append(volume.name);
    }
    Pruned pruned;
    if (names.isEmpty())
        return pruned;
    TRY_ASSIGN(const auto job, bus.ask<QDBusObjectPath>(Face::Volumes, "Measure", names));
    TRY(bus.finish(job, exchange));
    TRY_ASSIGN(const auto volumes, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    for (const auto& volume : volumes) {
        if (!names.contains(volume.name) || !isMeant(volume))
            continue;
        const auto removed = bus.ask<>(Face::Volumes, "Remove", volume.name, QVariantMap());
        if (removed) {
            pruned.names.append(volume.name);
            pruned.bytes += volume.size;
        } else if (removed.error().code != ErrorCode::InUse && removed.error().code != ErrorCode::NotFound) {
            return fail(removed.error());
        }
    }
    return pruned;
}

Result<Pruned> prune(Exchange& exchange, const Bus& bus, const Filters& filters, bool all) {
    if (filters.has("label!"))
        return pruneOneByOne(exchange, bus, filters, all);
    const QVariantMap options{{QStringLiteral("all"), all},
                              {QStringLiteral("label"), toStringList(filters.values("label"))}};
    TRY_ASSIGN(const auto answer, (bus.ask<QStringList, qulonglong>(Face::Volumes, "Prune", options)));
    return Pruned{std::get<0>(answer), std::get<1>(answer)};
}

} // namespace

Result<void> pruneVolumes(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto filters, Filters::parse(exchange.query(), {"all", "label", "label!"}));
    TRY_ASSIGN(const auto all, filters.flag("all"));
    const bool prunesNamed = exchange.request().version < kPrunesAnonymousOnly || all.value_or(false);
    TRY_ASSIGN(const Pruned pruned, prune(exchange, bus, filters, prunesNamed));
    Json names(Json::Array{});
    for (const QString& name : pruned.names)
        names.append(name.toStdString());
    return exchange.reply(200, Json().set("VolumesDeleted", names).set("SpaceReclaimed", pruned.bytes));
}

} // namespace escale::docker_api
