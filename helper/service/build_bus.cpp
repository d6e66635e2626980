#include "helper/service/build_bus.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"

namespace escale {
namespace {

// A list of all builds must fit into a message.
constexpr std::size_t kLongestError = 4096;

} // namespace

dbus::Build toBus(const BuildRecord& record, bool keepsFailedStep) {
    const Json options = Json::parse(record.options).value_or(Json());
    dbus::Build build;
    build.id = toQString(record.id);
    build.state = toQString(record.state);
    build.started = record.startedAt;
    build.ended = record.endedAt;
    build.name = toQString(options.at("name").toString());
    build.dockerfile = toQString(options.at("dockerfile").toString());
    build.target = toQString(options.at("target").toString());
    for (const Json& tag : options.at("tags").items())
        build.tags.append(toQString(tag.toString()));
    build.image = toQString(record.image);
    build.size = record.size;
    build.steps = record.steps;
    build.cached = record.cached;
    build.error = toQString(record.error.substr(0, kLongestError));
    build.keepsFailedStep = keepsFailedStep;
    return build;
}

dbus::BuildCacheEntry toBus(const CacheEntry& entry) {
    constexpr std::size_t kLongestText = 1024;
    return {entry.number,
            QString::fromLatin1(cacheKindName(entry.kind)),
            toQString(entry.text.substr(0, kLongestText)),
            entry.size,
            entry.madeAt,
            entry.usedAt,
            entry.isInUse || entry.isShared};
}

} // namespace escale
