#include "helper/docker-api/containers/mount_json.h"

#include "engine/base/identifier.h"
#include "helper/docker-api/containers/host_config_json.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

std::string propagationOf(const MountSpec& mount) {
    return mount.propagation.empty() ? "rprivate" : mount.propagation;
}

// A volume whose name nobody chose.
bool isAnonymous(const MountSpec& mount) {
    return mount.kind == MountKind::Volume && (mount.source.empty() || isId(mount.source));
}

// Whether "source:target:ro" says all of it.
bool isPlain(const MountSpec& mount) {
    if (mount.kind == MountKind::Bind)
        return mount.createSource && mount.recursive && mount.recursiveReadOnly == "enabled";
    return mount.kind == MountKind::Volume && mount.subpath.empty() && mount.volumeOptions.empty() &&
           mount.volumeLabels.empty();
}

std::string bindText(const MountSpec& mount) {
    std::string options = mount.readOnly ? "ro" : "";
    const auto add = [&](const std::string& option) { options += (options.empty() ? "" : ",") + option; };
    if (!mount.propagation.empty())
        add(mount.propagation);
    if (mount.noCopy)
        add("nocopy");
    return mount.source + ":" + mount.target + (options.empty() ? "" : ":" + options);
}

Json bindOptionsJson(const MountSpec& mount) {
    Json options = Json::Object();
    if (!mount.propagation.empty())
        options.set("Propagation", mount.propagation);
    if (!mount.recursive)
        options.set("NonRecursive", true);
    if (mount.createSource)
        options.set("CreateMountpoint", true);
    if (mount.recursiveReadOnly == "writable")
        options.set("ReadOnlyNonRecursive", true);
    if (mount.recursiveReadOnly == "readonly")
        options.set("ReadOnlyForceRecursive", true);
    return options;
}

Json volumeOptionsJson(const MountSpec& mount) {
    Json options = Json::Object();
    if (mount.noCopy)
        options.set("NoCopy", true);
    if (!mount.volumeLabels.empty())
        options.set("Labels", textMapJson(mount.volumeLabels));
    if (!mount.volumeOptions.empty())
        options.set("DriverConfig",
                    Json().set("Name", "local").set("Options", textMapJson(mount.volumeOptions)));
    if (!mount.subpath.empty())
        options.set("Subpath", mount.subpath);
    return options;
}

Json tmpfsOptionsJson(const MountSpec& mount) {
    Json options = Json::Object();
    if (mount.tmpfsSize != 0)
        options.set("SizeBytes", mount.tmpfsSize);
    if (mount.tmpfsMode)
        options.set("Mode", *mount.tmpfsMode);
    return options;
}

Json mountJson(const MountSpec& mount) {
    Json json = Json().set("Type", mountKindName(mount.kind));
    if (!mount.source.empty())
        json.set("Source", mount.source);
    json.set("Target", mount.target);
    if (mount.readOnly)
        json.set("ReadOnly", true);
    switch (mount.kind) {
    case MountKind::Bind:
        return json.set("BindOptions", bindOptionsJson(mount));
    case MountKind::Volume:
        return json.set("VolumeOptions", volumeOptionsJson(mount));
    case MountKind::Tmpfs:
        return json.set("TmpfsOptions", tmpfsOptionsJson(mount));
    }
    return json;
}

} // namespace

std::vector<MountSpec> mountSpecs(const QStringList& mounts) {
    std::vector<MountSpec> specs;
    for (const QString& text : mounts) {
        if (auto spec = parseMount(text.toStdString()))
            specs.push_back(*std::move(spec));
    }
    return specs;
}

Json mountPointsJson(const std::vector<MountSpec>& mounts) {
    Json points = Json::Array();
    for (const MountSpec& mount : mounts) {
        Json point = Json().set("Type", mountKindName(mount.kind));
        if (mount.kind == MountKind::Volume)
            point.set("Name", mount.source);
        point.set("Source", mount.kind == MountKind::Bind ? mount.source : std::string())
            .set("Destination", mount.target);
        if (mount.kind == MountKind::Volume)
            point.set("Driver", "local");
        points.append(
            point.set("Mode", mount.readOnly ? "ro" : "")
                .set("RW", !mount.readOnly)
                .set("Propagation", mount.kind == MountKind::Bind ? propagationOf(mount) : std::string()));
    }
    return points;
}

Json bindsJson(const std::vector<MountSpec>& mounts) {
    Json binds;
    for (const MountSpec& mount : mounts) {
        if (isPlain(mount) && !isAnonymous(mount))
            binds.append(bindText(mount));
    }
    return binds;
}

Json mountsJson(const std::vector<MountSpec>& mounts) {
    Json list;
    for (const MountSpec& mount : mounts) {
        if (!isPlain(mount))
            list.append(mountJson(mount));
    }
    return list;
}

Json anonymousVolumesJson(const std::vector<MountSpec>& mounts) {
    Json volumes;
    for (const MountSpec& mount : mounts) {
        if (isPlain(mount) && isAnonymous(mount))
            volumes.set(mount.target, Json::Object());
    }
    return volumes;
}

} // namespace escale::docker_api
