#include "helper/service/volume_bus.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"

namespace escale {
namespace {

dbus::TextMap toMap(const std::map<std::string, std::string>& values) {
    dbus::TextMap map;
    for (const auto& [name, value] : values)
        map.insert(toQString(name), toQString(value));
    return map;
}

} // namespace

dbus::Volume toBus(const VolumeRecord& record, const Volumes::MountState& state) {
    dbus::Volume result;
    result.name = toQString(record.name);
    result.driver = QStringLiteral("local");
    result.created = record.createdAt;
    result.lastUsed = record.usedAt;
    result.kind = toQString(volumeKindName(volumeKind(record)));
    result.options = toMap(record.options);
    result.labels = toMap(record.labels);
    result.isAnonymous = record.isAnonymous;
    result.state = toQString(state.state);
    if (!state.problem.message.empty())
        result.problem = toQString(state.problem.message + "\n" + state.problem.hint);
    result.size = record.size;
    result.files = record.files;
    result.measured = record.measuredAt;
    return result;
}

dbus::VolumeUser toBus(const VolumeUse& use, const Container& container) {
    return {toQString(use.container), toQString(container.options.name), toQString(use.target),
            isAlive(container.state), use.readOnly};
}

dbus::VolumeProblems toBus(const std::vector<VolumeProblemFound>& problems) {
    dbus::VolumeProblems result;
    for (const auto& problem : problems)
        result.append(
            {toQString(problem.option), toQString(problem.error.message), toQString(problem.error.hint)});
    return result;
}

QString toText(const Volumes::Connection& connection) {
    Json json;
    json.set("milliseconds", connection.milliseconds)
        .set("total", connection.total)
        .set("free", connection.free)
        .set("uid", connection.uid)
        .set("gid", connection.gid)
        .set("mode", connection.mode)
        .set("writable", connection.isWritable);
    if (connection.seenAs)
        json.set("seen-as", *connection.seenAs);
    return toQString(json.dump());
}

} // namespace escale
