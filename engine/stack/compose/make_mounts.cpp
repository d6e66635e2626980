// Volumes, binds, tmpfs, secrets and configs: words of the service and of the top level → options and
// sources.
#include "engine/stack/compose/make_service.h"
#include "engine/volume/mount_spec.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace escale::compose {
namespace {

StackVolume volumeOf(const Part& part, const std::string& key, const std::string& project) {
    StackVolume volume;
    volume.key = key;
    volume.external = part["external"].flag();
    volume.name = part.text("name");
    if (volume.name.empty())
        volume.name = volume.external ? key : project + '_' + key;
    if (volume.external)
        return volume;
    volume.driver = part.text("driver");
    if (!volume.driver.empty() && volume.driver != "local" && volume.driver != "default")
        part["driver"].refuse("the volume driver " + inQuotes(volume.driver), "the engine has local alone",
                              "Use local: it mounts NFS and other file systems, too.");
    if (volume.driver == "default")
        volume.driver.clear();
    volume.driverOptions = part["driver_opts"].textMap();
    volume.labels = part["labels"].textMap();
    return volume;
}

/// The name in the engine of a key of the top level.
std::string useVolume(Making& making, const std::string& key) {
    auto& volumes = making.made.stack.volumes;
    const auto found = std::find_if(volumes.begin(), volumes.end(),
                                    [&key](const StackVolume& volume) { return volume.key == key; });
    if (found != volumes.end())
        return found->name;
    volumes.push_back(volumeOf(making.root()["volumes"][key], key, making.project.name));
    return volumes.back().name;
}

void makeBind(const Part& bind, MountSpec& mount) {
    mount.propagation = bind.text("propagation");
    if (mount.propagation == "rprivate")
        mount.propagation.clear();
    mount.createSource = bind["create_host_path"].flag(true);
    const std::string recursive = bind.text("recursive");
    if (recursive == "disabled")
        mount.recursive = false;
    else if (!recursive.empty())
        mount.recursiveReadOnly = recursive;
}

void makeVolume(Making& making, const Part& part, MountSpec& mount) {
    const std::string source = part.text("source");
    if (!source.empty())
        mount.source = useVolume(making, source);
    const Part volume = part["volume"];
    mount.noCopy = volume["nocopy"].flag();
    mount.subpath = volume.text("subpath");
    mount.volumeLabels = volume["labels"].textMap();
    if (!source.empty() && !mount.volumeLabels.empty()) {
        volume["labels"].leaveOut("labels of a named volume at its mount", "they belong to the volume",
                                  "Write them at the top level, below volumes.");
        mount.volumeLabels.clear();
    }
}

void makeTmpfs(const Part& tmpfs, MountSpec& mount) {
    mount.tmpfsSize = tmpfs["size"].bytes().value_or(0);
    if (const auto mode = tmpfs["mode"].integer(0, 07777))
        mount.tmpfsMode = static_cast<std::uint32_t>(*mode);
}

void makeMount(Making& making, const Part& part, StackService& made) {
    MountSpec mount;
    mount.target = part.text("target");
    mount.readOnly = part["read_only"].flag();
    const std::string type = part.text("type");
    if (type == "bind") {
        mount.kind = MountKind::Bind;
        mount.source = part.text("source");
        makeBind(part["bind"], mount);
    } else if (type == "tmpfs") {
        mount.kind = MountKind::Tmpfs;
        makeTmpfs(part["tmpfs"], mount);
    } else if (type == "volume" || type.empty()) {
        makeVolume(making, part, mount);
    } else {
        part["type"].refuse("mounts of type " + inQuotes(type), "the engine has none",
                            "The types are volume, bind and tmpfs.");
        return;
    }
    if (const auto good = checkMount(mount); !good) {
        part.error(good.error().message, good.error().hint);
        return;
    }
    if (mount.kind == MountKind::Bind) {
        StackSource source;
        source.path = mount.source;
        source.create = mount.createSource;
        source.place = part["source"].place();
        made.binds.push_back(making.addSource(std::move(source)));
    }
    // As it will come back from the engine: paths cleaned.
    const auto clean = parseMount(mountText(mount));
    made.options.mounts.push_back(mountText(clean ? *clean : mount));
}

/// "db:ro" → "service:db:ro"; "container:NAME" is somebody else's.
void makeVolumesFrom(const Part& service, ContainerOptions& options) {
    for (const std::string& text : service["volumes_from"].texts())
        options.volumesFrom.push_back(
            text.starts_with("container:") || text.starts_with("service:") ? text : "service:" + text);
}

std::optional<std::uint32_t> identityOf(const Part& part, const char* what) {
    if (!part)
        return 0;
    const std::string text = part.text();
    std::uint32_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed == std::errc() && end == text.data() + text.size() && value != UINT32_MAX)
        return value;
    part.refuse(std::string("the ") + what + ' ' + inQuotes(text) + " by name",
                "names are known in the image alone, and the file is there before", "Give its number.");
    return std::nullopt;
}

/// What a secret or config holds; nullopt: nothing, and it has been told (external ones by the loader).
std::optional<StackSource> contentOf(const Making& making, const Part& definition) {
    StackSource source;
    source.place = definition.place();
    if (definition["file"]) {
        source.kind = StackSource::Kind::File;
        source.path = definition.text("file");
        source.place = definition["file"].place();
        return source;
    }
    source.kind = StackSource::Kind::Content;
    if (definition["content"].isThere()) {
        source.text = definition.text("content");
        return source;
    }
    const std::string name = definition.text("environment");
    if (name.empty())
        return std::nullopt;
    const std::string* value = making.variable(name);
    if (value == nullptr) {
        definition["environment"].error("the variable " + inQuotes(name) + " is not set",
                                        "Set it in the environment or in the .env file.");
        return std::nullopt;
    }
    source.text = *value;
    return source;
}

void makeFile(Making& making, const Part& use, const char* what, StackService& made) {
    const bool isSecret = std::string_view(what) == "secret";
    const std::string name = use.isMap() ? use.text("source") : use.text();
    const Part definition = making.root()[isSecret ? "secrets" : "configs"][name];
    const Part target = use["target"];
    StackFile file;
    file.path = target ? target.text() : name;
    if (!file.path.starts_with('/'))
        file.path.insert(0, isSecret ? "/run/secrets/" : "/");
    if (file.path.ends_with('/') || (file.path + '/').find("/../") != std::string::npos) {
        (target ? target : use).error(inQuotes(file.path) + " is no place for a file");
        return;
    }
    for (const StackFile& other : made.files) {
        if (other.path == file.path) {
            (target ? target : use)
                .error("another secret or config of the service is at " + inQuotes(file.path));
            return;
        }
    }
    const auto user = identityOf(use["uid"], "user");
    const auto group = identityOf(use["gid"], "group");
    const auto mode = use["mode"] ? use["mode"].integer(0, 07777) : std::optional<std::int64_t>(0444);
    auto source = contentOf(making, definition);
    if (!user || !group || !mode || !source)
        return;
    file.user = *user;
    file.group = *group;
    file.mode = static_cast<std::uint32_t>(*mode);
    file.source = making.addSource(*std::move(source));
    made.files.push_back(std::move(file));
}

} // namespace

void makeMounts(Making& making, const Part& service, StackService& made) {
    for (const Part& part : service["volumes"].items())
        makeMount(making, part, made);
    for (const std::string& text : service["tmpfs"].texts()) {
        const auto colon = text.find(':');
        made.options.tmpfs[text.substr(0, colon)] =
            colon == std::string::npos ? std::string() : text.substr(colon + 1);
    }
    makeVolumesFrom(service, made.options);
}

void makeFiles(Making& making, const Part& service, StackService& made) {
    for (const Part& use : service["secrets"].items())
        makeFile(making, use, "secret", made);
    for (const Part& use : service["configs"].items())
        makeFile(making, use, "config", made);
}

} // namespace escale::compose
