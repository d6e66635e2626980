#include "helper/docker-api/system/disk_usage.h"

#include "engine/base/clock.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_sizes.h"
#include "helper/docker-api/containers/container_summary.h"
#include "helper/docker-api/http/exchange.h"

#include <algorithm>
#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array<std::string_view, 4> kTypes{"container", "image", "volume", "build-cache"};

using Usage = std::tuple<dbus::ImageUsages, dbus::ContainerUsages, dbus::TotalUsage>;

Result<void> setImages(Json& json, const Bus& bus, const Usage& usage) {
    TRY_ASSIGN(const auto images, bus.ask<dbus::ImageList>(Face::Images, "List"));
    json.set("LayersSize", std::uint64_t(std::get<2>(usage).images))
        .set("Images", imagesUsageJson(images, std::get<0>(usage)));
    return {};
}

Result<void> setContainers(Json& json, const Bus& bus, const Usage& usage) {
    TRY_ASSIGN(const auto overview, allContainers(bus));
    const NetworkIndex index(overview.networks);
    const ContainerSizes sizes(std::get<0>(usage), std::get<1>(usage));
    Json list = Json::Array();
    for (const auto& container : overview.containers)
        list.append(
            containerSummary(container, index.of(container.id), nowMilliseconds(), sizes.of(container)));
    json.set("Containers", list);
    return {};
}

// Counts them first, as dockerd does.
Result<void> setVolumes(Json& json, Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const auto volumes, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    QStringList names;
    for (const auto& volume : volumes)
        names.append(volume.name);
    if (!names.isEmpty()) {
        TRY_ASSIGN(const auto job, bus.ask<QDBusObjectPath>(Face::Volumes, "Measure", names));
        TRY(bus.finish(job, exchange));
    }
    TRY_ASSIGN(const auto measured, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    json.set("Volumes", volumesUsageJson(measured));
    return {};
}

Result<void> setBuildCache(Json& json, const Bus& bus) {
    TRY_ASSIGN(const auto cache, bus.ask<dbus::BuildCache>(Face::Builds, "ListCache"));
    std::uint64_t size = 0;
    for (const auto& entry : cache)
        size += entry.size;
    json.set("BuildCache", buildCacheJson(cache)).set("BuilderSize", size);
    return {};
}

} // namespace

Result<void> diskUsage(Exchange& exchange, const Bus& bus) {
    const auto types = exchange.query().texts("type");
    for (const std::string& type : types) {
        if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
            return fail(ErrorCode::InvalidArgument, "unknown object type: " + type);
    }
    const auto has = [&types](std::string_view type) {
        return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
    };
    Json json;
    if (has("image") || has("container")) {
        TRY_ASSIGN(const Usage usage, (bus.ask<dbus::ImageUsages, dbus::ContainerUsages, dbus::TotalUsage>(
                                          Face::Images, "DiskUsage")));
        if (has("image"))
            TRY(setImages(json, bus, usage));
        if (has("container"))
            TRY(setContainers(json, bus, usage));
    }
    if (has("volume"))
        TRY(setVolumes(json, exchange, bus));
    if (has("build-cache"))
        TRY(setBuildCache(json, bus));
    return exchange.reply(200, json);
}

} // namespace escale::docker_api
