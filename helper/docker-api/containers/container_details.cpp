#include "helper/docker-api/containers/container_details.h"

#include "engine/container/container_options.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/host_config_json.h"
#include "helper/docker-api/containers/mount_json.h"
#include "helper/docker-api/containers/port_json.h"
#include "helper/docker-api/containers/status_text.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

NetworkChoices choicesOf(const ContainerOptions& options) {
    return networkChoices(options).value_or(NetworkChoices());
}

// Path and Args: what the process is, and what it is given.
void setProcess(Json& json, const QStringList& process) {
    json.set("Path", process.value(0).toStdString())
        .set("Args", Json::strings(fromStringList(process.mid(1))));
}

// The fields that there were before there were several networks: those of the default one.
void setDefaultNetwork(Json& json, const NetworkPlaces& places) {
    const auto found = std::find_if(places.begin(), places.end(),
                                    [](const NetworkPlace& place) { return place.network->isDefault; });
    const Json endpoint = found == places.end() ? Json() : endpointJson(*found, nullptr);
    for (const char* text :
         {"EndpointID", "Gateway", "GlobalIPv6Address", "IPAddress", "IPv6Gateway", "MacAddress"})
        json.set(text, endpoint.at(text).toString());
    for (const char* number : {"GlobalIPv6PrefixLen", "IPPrefixLen"})
        json.set(number, endpoint.at(number).toInteger());
}

} // namespace

Json networkSettingsJson(const ContainerFacts& facts) {
    const bool isAlive = facts.container.pid != 0;
    const std::string pid = std::to_string(facts.container.pid);
    const auto places =
        isAlive ? portPlaces(facts.container.ports, facts.container.exposedPorts) : std::vector<PortPlace>();
    Json json;
    json.set("Bridge", "")
        .set("SandboxID", isAlive ? facts.container.id.toStdString() : std::string())
        .set("SandboxKey", isAlive ? "/proc/" + pid + "/ns/net" : std::string())
        .set("Ports", portMap(places))
        .set("HairpinMode", false)
        .set("LinkLocalIPv6Address", "")
        .set("LinkLocalIPv6PrefixLen", 0)
        .set("SecondaryIPAddresses", Json())
        .set("SecondaryIPv6Addresses", Json());
    setDefaultNetwork(json, facts.places);
    json.set("Networks", networksJson(facts.container, facts.places, choicesOf(facts.options)));
    return json;
}

Json containerDetails(const ContainerFacts& facts) {
    const ListedContainer& container = facts.container;
    const auto mounts = mountSpecs(toStringList(facts.options.mounts));
    Json json;
    json.set("Id", container.id.toStdString()).set("Created", timeText(container.created));
    setProcess(json, container.process);
    json.set("State", containerStateJson(container, facts.probes))
        .set("Image", container.imageDigest.toStdString())
        .set("ResolvConfPath", "")
        .set("HostnamePath", "")
        .set("HostsPath", "")
        .set("LogPath", "")
        .set("Name", "/" + container.name.toStdString())
        .set("RestartCount", container.restartCount)
        .set("Driver", "overlayfs")
        .set("Platform", "linux")
        .set("MountLabel", "")
        .set("ProcessLabel", "")
        .set("AppArmorProfile", facts.options.apparmor)
        .set("ExecIDs", Json())
        .set("HostConfig", hostConfigJson(facts.options, networkMode(container), mounts))
        .set("GraphDriver", Json().set("Name", "overlayfs").set("Data", Json()));
    if (facts.size)
        json.set("SizeRw", facts.size->writable).set("SizeRootFs", facts.size->whole);
    return json.set("Mounts", mountPointsJson(mounts))
        .set("Config", containerConfigJson(facts))
        .set("NetworkSettings", networkSettingsJson(facts));
}

} // namespace escale::docker_api
