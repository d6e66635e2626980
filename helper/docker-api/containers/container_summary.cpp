#include "helper/docker-api/containers/container_summary.h"

#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/containers/mount_json.h"
#include "helper/docker-api/containers/port_json.h"
#include "helper/docker-api/containers/status_text.h"

namespace escale::docker_api {
namespace {

constexpr std::int64_t kMillisecondsPerSecond = 1000;

Json portsOf(const ListedContainer& container) {
    if (container.pid == 0)
        return Json::Array(); // what is published is open while it runs
    return portList(portPlaces(container.ports, container.exposedPorts));
}

} // namespace

std::string commandText(const QStringList& process) {
    std::string text = process.value(0).toStdString();
    for (const QString& argument : process.mid(1)) {
        const std::string word = argument.toStdString();
        text += word.find(' ') == std::string::npos ? " " + word : " '" + word + "'";
    }
    return text;
}

Json containerSummary(const ListedContainer& container, const NetworkPlaces& places, std::int64_t now,
                      const std::optional<ContainerSize>& size) {
    Json json;
    json.set("Id", container.id.toStdString())
        .set("Names", Json().append("/" + container.name.toStdString()))
        .set("Image", container.image.toStdString())
        .set("ImageID", container.imageDigest.toStdString())
        .set("Command", commandText(container.process))
        .set("Created", std::int64_t(container.created / kMillisecondsPerSecond))
        .set("Ports", portsOf(container));
    if (size)
        json.set("SizeRw", size->writable).set("SizeRootFs", size->whole);
    json.set("Labels", textsJson(container.labels))
        .set("State", container.state.toStdString())
        .set("Status", statusText(container, now))
        .set("HostConfig", Json().set("NetworkMode", networkMode(container)))
        .set("NetworkSettings", Json().set("Networks", networksJson(container, places)))
        .set("Mounts", mountPointsJson(mountSpecs(container.mounts)));
    return json;
}

} // namespace escale::docker_api
