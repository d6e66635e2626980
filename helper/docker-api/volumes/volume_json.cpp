#include "helper/docker-api/volumes/volume_json.h"

#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {

Result<dbus::Volume> findVolume(const Bus& bus, const std::string& name) {
    TRY_ASSIGN(const auto volumes, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    const QString wanted = toQString(name);
    for (const auto& volume : volumes) {
        if (volume.name == wanted)
            return volume;
    }
    return fail(noSuchVolume(name));
}

Error noSuchVolume(const std::string& name) {
    return {ErrorCode::NotFound, "get " + name + ": no such volume", {}, {}};
}

Json volumeJson(const dbus::Volume& volume) {
    const QString folder =
        volume.kind == QLatin1String("bind") ? volume.options.value(QStringLiteral("device")) : QString();
    return Json()
        .set("CreatedAt", timeText(volume.created))
        .set("Driver", volume.driver.toStdString())
        .set("Labels", textsJson(volume.labels))
        .set("Mountpoint", folder.toStdString())
        .set("Name", volume.name.toStdString())
        .set("Options", textsJson(volume.options))
        .set("Scope", "local");
}

} // namespace escale::docker_api
