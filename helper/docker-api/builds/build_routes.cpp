#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/builds/build.h"
#include "helper/docker-api/builds/buildkit_refusal.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

#include <array>
#include <set>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

Result<std::set<qint64>> cacheEntries(const Bus& bus) {
    TRY_ASSIGN(const auto entries, bus.ask<dbus::BuildCache>(Face::Builds, "ListCache"));
    std::set<qint64> numbers;
    for (const auto& entry : entries)
        numbers.insert(entry.number);
    return numbers;
}

Result<void> pruneCache(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto filters, Filters::parse(exchange.query(), {"until"}));
    QVariantMap options;
    if (filters.has("until")) {
        TRY_ASSIGN(const std::int64_t until, readTime(filters.values("until").front()));
        options.insert(QStringLiteral("until"), qint64(until / kNanosecondsPerMillisecond));
    }
    if (const std::string keep = exchange.query().text("keep-storage"); !keep.empty()) {
        const auto bytes = exchange.query().number("keep-storage");
        if (!bytes || *bytes < 0)
            return fail(ErrorCode::InvalidArgument, "keep-storage is no number of bytes: \"" + keep + '"');
        if (*bytes > 0)
            options.insert(QStringLiteral("keep-bytes"), QVariant::fromValue(quint64(*bytes)));
    }
    // The engine tells how many went; which ones is seen by those that are left.
    TRY_ASSIGN(const auto before, cacheEntries(bus));
    TRY_ASSIGN(const auto pruned, (bus.ask<quint32, qulonglong>(Face::Builds, "PruneCache", options)));
    TRY_ASSIGN(const auto after, cacheEntries(bus));
    Json deleted(Json::Array{});
    for (const qint64 number : before) {
        if (!after.contains(number))
            deleted.append(std::to_string(number));
    }
    return exchange.reply(
        200, Json().set("CachesDeleted", deleted).set("SpaceReclaimed", std::uint64_t(std::get<1>(pruned))));
}

Result<void> cancelBuild(Exchange& exchange, const Bus& /*bus*/) {
    return fail(ErrorCode::NotFound, "no build has the id \"" + exchange.query().text("id") + '"',
                "Ids are BuildKit's; a build ends when its client goes.");
}

constexpr std::array kRoutes{
    Route{"POST", "/build", build, Support::Partly,
          "the classic builder's, with all of docker/dockerfile:1 but what needs a client's session (RUN's "
          "secrets and "
          "agents). RUN has limits for memory and processors (quota) and the networks default, none and host "
          "(an "
          "administrator); rm, forcerm and cachefrom have no effect, as steps leave no containers and every "
          "layer of the "
          "caller's builds is a cache; remote, squash, outputs, ulimits and security options are refused"},
    Route{"POST", "/build/prune", pruneCache, Support::Partly,
          "until and keep-storage; without them the whole cache goes, all or not"},
    Route{"POST", "/build/cancel", cancelBuild, Support::Refused,
          "a classic build ends when its client goes"},
    Route{"POST", "/session", refuseSession, Support::Refused,
          "BuildKit's: docker 20.10 speaks it with DOCKER_BUILDKIT=1 alone, and shows that DOCKER_BUILDKIT=0 "
          "is to be set"},
    Route{
        "POST", "/grpc", refuseGrpc, Support::Refused,
        "BuildKit's: each call is answered with what to do. docker 23 and later with its plugin buildx, and "
        "`docker compose build`, show that DOCKER_BUILDKIT=0 is to be set; without the plugin they use the "
        "classic builder"},
};

} // namespace

std::span<const Route> buildRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
