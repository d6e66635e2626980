// Hashes over JSON: what has its default is left out of it, so that an option which a later version adds
// changes no hash of those that do not use it.
#include "engine/base/digest.h"
#include "engine/container/container_options.h"
#include "engine/stack/stack.h"

namespace escale {
namespace {

std::string hashOf(const Json& json) {
    return std::string(Digest::ofData(json.dump()).hex());
}

void setTexts(Json& json, const char* key, const Texts& texts) {
    if (!texts.empty())
        json.set(key, Json::strings(texts));
}
void setText(Json& json, const char* key, const std::string& text) {
    if (!text.empty())
        json.set(key, text);
}
void setMap(Json& json, const char* key, const TextMap& map) {
    Json object = Json::Object();
    for (const auto& [name, value] : map)
        object.set(name, value);
    if (!map.empty())
        json.set(key, std::move(object));
}
template <class Value>
void setUnless(Json& json, const char* key, Value value, Value otherwise) {
    if (value != otherwise)
        json.set(key, value);
}

void setHooks(Json& json, const char* key, const std::vector<StackHook>& hooks) {
    Json list = Json::Array();
    for (const StackHook& hook : hooks) {
        Json one = Json::Object();
        setTexts(one, "command", hook.command);
        setText(one, "user", hook.user);
        setText(one, "workdir", hook.workingDirectory);
        setTexts(one, "environment", hook.environment);
        setUnless(one, "privileged", hook.privileged, false);
        list.append(std::move(one));
    }
    if (!hooks.empty())
        json.set(key, std::move(list));
}

void setFiles(Json& json, const std::vector<StackFile>& files) {
    Json list = Json::Array();
    for (const StackFile& file : files) {
        Json one = Json::Object();
        one.set("path", file.path).set("user", file.user).set("group", file.group).set("mode", file.mode);
        one.set("content", file.contentDigest);
        list.append(std::move(one));
    }
    if (!files.empty())
        json.set("files", std::move(list));
}

/// What a service's networks and volumes are, by their names in the engine: containers are made anew with
/// them.
void setResources(Json& json, const Stack& stack, const ContainerOptions& options) {
    std::map<std::string, std::string> networks;
    std::map<std::string, std::string> volumes;
    if (const auto choices = networkChoices(options)) {
        for (const NetworkChoice& choice : *choices)
            networks.emplace(choice.network, std::string());
    }
    for (const StackNetwork& network : stack.networks) {
        if (const auto used = networks.find(network.name); used != networks.end())
            used->second = networkHash(network);
    }
    if (const auto mounts = mountsOf(options)) {
        for (const MountSpec& mount : *mounts) {
            if (mount.kind == MountKind::Volume && !mount.source.empty())
                volumes.emplace(mount.source, std::string());
        }
    }
    for (const StackVolume& volume : stack.volumes) {
        if (const auto used = volumes.find(volume.name); used != volumes.end())
            used->second = volumeHash(volume);
    }
    setMap(json, "networks", networks);
    setMap(json, "volumes", volumes);
}

} // namespace

std::string serviceHash(const Stack& stack, const StackService& service) {
    Json json = Json::Object();
    json.set("image", service.image);
    setText(json, "platform", service.platform);
    json.set("options", optionsToJson(service.options));
    setFiles(json, service.files);
    setHooks(json, "post-start", service.postStart);
    setHooks(json, "pre-stop", service.preStop);
    setResources(json, stack, service.options);
    return hashOf(json);
}

std::string networkHash(const StackNetwork& network) {
    Json json = Json::Object();
    json.set("name", network.name);
    setUnless(json, "external", network.external, false);
    // What others have made is theirs to describe.
    if (network.external)
        return hashOf(json);
    json.set("driver", network.driver.empty() ? std::string("bridge") : network.driver);
    setTexts(json, "subnets", network.subnets);
    setTexts(json, "ranges", network.ranges);
    setTexts(json, "gateways", network.gateways);
    setUnless(json, "ipv6", network.ipv6, false);
    setUnless(json, "internal", network.internal, false);
    setUnless(json, "icc", network.icc, true);
    setUnless(json, "masquerade", network.masquerade, true);
    setUnless(json, "mtu", network.mtu, 0U);
    setText(json, "parent", network.parent);
    setText(json, "mode", network.mode);
    setMap(json, "labels", network.labels);
    return hashOf(json);
}

std::string volumeHash(const StackVolume& volume) {
    Json json = Json::Object();
    json.set("name", volume.name);
    setUnless(json, "external", volume.external, false);
    if (volume.external)
        return hashOf(json);
    json.set("driver", volume.driver.empty() ? std::string("local") : volume.driver);
    setMap(json, "options", volume.driverOptions);
    setMap(json, "labels", volume.labels);
    return hashOf(json);
}

} // namespace escale
