#include "helper/docker-api/system/event_json.h"

#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/bus/bus.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kMillisecondsPerSecond = 1000;
constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

bool isAbout(const dbus::Event& event, const char* type) {
    return event.type == QLatin1String(type);
}

bool anyOf(const Filters& filters, const char* key, const QStringList& texts) {
    const auto& wanted = filters.values(key);
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& value) {
        return std::any_of(texts.begin(), texts.end(), [&](const QString& text) {
            return !value.empty() && text.startsWith(toQString(value));
        });
    });
}

// "demo:1" without its tag.
QString untagged(const QString& image) {
    const qsizetype colon = image.lastIndexOf(u':');
    return colon > image.lastIndexOf(u'/') && !image.startsWith(QLatin1String("sha256:")) ? image.left(colon)
                                                                                          : image;
}

bool matchesAction(const dbus::Event& event, const Filters& filters) {
    const auto& wanted = filters.values("event");
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& value) {
               const QString action = toQString(value);
               const bool isBeginning =
                   value == "health_status" || value == "exec_create" || value == "exec_start";
               return event.action == action || (isBeginning && event.action.startsWith(action + u':'));
           });
}

bool matchesImage(const dbus::Event& event, const Filters& filters) {
    if (!filters.has("image"))
        return true;
    const bool isImage = isAbout(event, "image");
    if (!isImage && !isAbout(event, "container"))
        return false;
    const QString name = event.attributes.value(isImage ? QStringLiteral("name") : QStringLiteral("image"));
    const QStringList names{name, untagged(name)};
    const auto& wanted = filters.values("image");
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& value) { return names.contains(toQString(value)); }) ||
           (isImage && anyOf(filters, "image", {event.id}));
}

// What `docker events --filter KIND=NAME` means: that object, and of networks and volumes what containers do
// with it.
bool matchesObject(const dbus::Event& event, const Filters& filters, const char* kind) {
    if (!filters.has(kind))
        return true;
    return isAbout(event, kind) &&
           anyOf(filters, kind, {event.id, event.attributes.value(QStringLiteral("name"))});
}

} // namespace

Json eventJson(const dbus::Event& event) {
    const Json attributes = textsJson(event.attributes);
    const std::string id = event.id.toStdString(), action = event.action.toStdString();
    Json json;
    // What there was of an event before there were types.
    if (isAbout(event, "container") || isAbout(event, "image")) {
        json.set("status", action).set("id", id);
        if (isAbout(event, "container"))
            json.set("from", attributes.at("image").toString());
    }
    return json.set("Type", event.type.toStdString())
        .set("Action", action)
        .set("Actor", Json().set("ID", id).set("Attributes", attributes))
        .set("scope", "local")
        .set("time", std::int64_t(event.time / kMillisecondsPerSecond))
        .set("timeNano", std::int64_t(event.time * kNanosecondsPerMillisecond));
}

bool isWanted(const dbus::Event& event, const Filters& filters) {
    return filters.matchesAny("type", event.type.toStdString()) && filters.matchesAny("scope", "local") &&
           matchesAction(event, filters) && matchesImage(event, filters) &&
           matchesObject(event, filters, "container") && matchesObject(event, filters, "network") &&
           matchesObject(event, filters, "volume") && filters.matchesLabels(event.attributes) &&
           // What Escale has no events of.
           !filters.has("plugin") && !filters.has("service") && !filters.has("node") &&
           !filters.has("secret") && !filters.has("config") && !filters.has("daemon");
}

} // namespace escale::docker_api
