#include "engine/image/reference.h"
#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/system/disk_usage.h"

#include <QHash>
#include <QMap>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kMillisecondsPerSecond = 1000;

// "debian:12", "localhost/build@sha256:…"
std::string nameOf(const dbus::Image& image) {
    const std::string full = (image.repository + (image.tag.isEmpty() ? u'@' : u':') +
                              (image.tag.isEmpty() ? image.digest : image.tag))
                                 .toStdString();
    const auto reference = Reference::parse(full);
    return reference ? reference->familiar() : full;
}

// Docker's words for what the cache keeps.
std::string cacheType(const QString& kind) {
    if (kind == QLatin1String("context"))
        return "source.local";
    return kind == QLatin1String("mount") ? "exec.cachemount" : "regular";
}

} // namespace

Json imagesUsageJson(const dbus::ImageList& images, const dbus::ImageUsages& usages) {
    QHash<QString, const dbus::ImageUsage*> byDigest;
    for (const auto& usage : usages)
        byDigest.insert(usage.digest, &usage);
    QMap<QString, dbus::ImageList> names; // of each image
    for (const auto& image : images)
        names[image.digest].append(image);
    Json list = Json::Array();
    for (const dbus::ImageList& same : names) {
        const dbus::Image& image = same.first();
        Json tags = Json::Array(), digests = Json::Array();
        for (const auto& each : same)
            (each.tag.isEmpty() ? digests : tags).append(nameOf(each));
        const auto* usage = byDigest.value(image.digest);
        const auto size = std::uint64_t(usage == nullptr ? image.size : usage->size);
        list.append(
            Json()
                .set("Id", image.digest.toStdString())
                .set("ParentId", "")
                .set("RepoTags", tags)
                .set("RepoDigests", digests)
                .set("Created", std::int64_t(image.created / kMillisecondsPerSecond))
                .set("Size", size)
                .set("VirtualSize", size) // what clients before 1.44 look at
                .set("SharedSize", usage == nullptr ? std::int64_t(-1) : std::int64_t(usage->shared))
                .set("Labels", Json())
                .set("Containers", usage == nullptr ? std::int64_t(0) : std::int64_t(usage->containers)));
    }
    return list;
}

Json volumesUsageJson(const dbus::VolumeList& volumes) {
    Json list = Json::Array();
    for (const auto& volume : volumes)
        list.append(
            Json()
                .set("CreatedAt", timeText(volume.created))
                .set("Driver", volume.driver.toStdString())
                .set("Labels", textsJson(volume.labels))
                .set("Mountpoint", "")
                .set("Name", volume.name.toStdString())
                .set("Options", textsJson(volume.options))
                .set("Scope", "local")
                .set("UsageData",
                     Json()
                         .set("RefCount", static_cast<std::int64_t>(volume.users.size()))
                         .set("Size", volume.measured == 0 ? std::int64_t(-1) : std::int64_t(volume.size))));
    return list;
}

Json buildCacheJson(const dbus::BuildCache& cache) {
    Json list = Json::Array();
    for (const auto& entry : cache)
        list.append(Json()
                        .set("ID", std::to_string(entry.number))
                        .set("Parents", Json())
                        .set("Type", cacheType(entry.kind))
                        .set("Description", entry.text.toStdString())
                        .set("InUse", entry.inUse)
                        .set("Shared", false)
                        .set("Size", std::uint64_t(entry.size))
                        .set("CreatedAt", timeText(entry.made))
                        .set("LastUsedAt", entry.used == 0 ? Json() : Json(timeText(entry.used)))
                        .set("UsageCount", 1));
    return list;
}

} // namespace escale::docker_api
