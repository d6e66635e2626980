// What a container mounts: Binds, Mounts, Tmpfs, and the anonymous volumes of Volumes.
#include "helper/docker-api/containers/create_request_parts.h"

#include <algorithm>
#include <set>

namespace escale::docker_api {
namespace {

tl::unexpected<Error> wrong(const std::string& type, const std::string& why) {
    return fail(ErrorCode::InvalidArgument, "invalid mount config for type \"" + type + "\": " + why);
}

Result<void> readBinds(const Fields& host, CreateRequest& request) {
    Texts binds;
    TRY(host.read("Binds", binds));
    for (const std::string& text : binds) {
        auto mount = parseVolumeFlag(text);
        if (!mount)
            return fail(std::move(mount).error().prefixed("invalid volume specification"));
        if (mount->kind == MountKind::Bind && !mount->source.starts_with('/'))
            return fail(ErrorCode::InvalidArgument,
                        "invalid volume specification: '" + text.substr(0, 200) +
                            "': the source is neither an absolute path nor a volume's name");
        request.mounts.push_back(*std::move(mount));
    }
    return {};
}

Result<void> readBindOptions(const Fields& mount, MountSpec& spec) {
    TRY_ASSIGN(const Fields options, mount.object("BindOptions"));
    bool nonRecursive = false, staysWritable = false, mustBeReadOnly = false;
    TRY(options.read("Propagation", spec.propagation));
    TRY(options.read("NonRecursive", nonRecursive));
    TRY(options.read("CreateMountpoint", spec.createSource));
    TRY(options.read("ReadOnlyNonRecursive", staysWritable));
    TRY(options.read("ReadOnlyForceRecursive", mustBeReadOnly));
    if (spec.propagation == "rprivate")
        spec.propagation.clear();
    spec.recursive = !nonRecursive;
    if (staysWritable && mustBeReadOnly)
        return wrong("bind", "ReadOnlyNonRecursive and ReadOnlyForceRecursive exclude each other");
    if (staysWritable || mustBeReadOnly)
        spec.recursiveReadOnly = staysWritable ? "writable" : "readonly";
    return {};
}

Result<void> readVolumeOptions(const Fields& mount, MountSpec& spec) {
    TRY_ASSIGN(const Fields options, mount.object("VolumeOptions"));
    TRY(options.read("NoCopy", spec.noCopy));
    TRY(options.read("Labels", spec.volumeLabels));
    TRY(options.read("Subpath", spec.subpath));
    TRY_ASSIGN(const Fields driver, options.object("DriverConfig"));
    std::string name;
    TRY(driver.read("Name", name));
    TRY(driver.read("Options", spec.volumeOptions));
    if (!name.empty() && name != "local")
        return refused("the volume driver \"" + name + "\"", "there is the driver local only");
    return {};
}

// [["noexec"], ["size", "1m"]]: Docker's words of TmpfsOptions.Options.
Result<std::string> tmpfsWords(const Fields& options) {
    std::string words;
    for (const Json& option : options.at("Options").items()) {
        std::string word;
        for (const Json& part : option.items())
            word += (word.empty() ? "" : "=") + part.toString();
        if (word.empty() || word.find(',') != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        options.nameOf("Options") + " holds no option of a tmpfs");
        words += "," + word;
    }
    return words;
}

// A tmpfs with options is one of HostConfig.Tmpfs, which has them as words.
Result<void> readTmpfs(const Fields& mount, const MountSpec& base, CreateRequest& request) {
    MountSpec spec = base;
    TRY_ASSIGN(const Fields options, mount.object("TmpfsOptions"));
    std::uint64_t size = 0;
    std::uint32_t mode = 0;
    TRY(options.read("SizeBytes", size));
    TRY(options.read("Mode", mode));
    TRY_ASSIGN(const std::string words, tmpfsWords(options));
    spec.tmpfsSize = size;
    if (mode != 0)
        spec.tmpfsMode = mode;
    if (words.empty()) {
        request.mounts.push_back(std::move(spec));
        return {};
    }
    std::string text = spec.readOnly ? "ro" : "rw";
    if (size != 0)
        text += ",size=" + std::to_string(size);
    if (mode != 0) {
        std::string octal;
        for (unsigned rest = mode; rest != 0; rest /= 8)
            octal.insert(octal.begin(), static_cast<char>('0' + rest % 8));
        text += ",mode=" + octal;
    }
    request.options.tmpfs[spec.target] = text + words;
    return {};
}

Result<void> readMount(const Fields& mount, CreateRequest& request) {
    MountSpec spec;
    std::string type;
    TRY(mount.read("Type", type));
    TRY(mount.read("Source", spec.source));
    TRY(mount.read("Target", spec.target));
    TRY(mount.read("ReadOnly", spec.readOnly));
    if (spec.target.empty())
        return wrong(type, "field Target must not be empty");
    const auto mustNotHave = [&mount, &type](std::initializer_list<const char*> members) -> Result<void> {
        for (const char* name : members) {
            if (mount.has(name))
                return wrong(type, std::string("field ") + name + " must not be specified");
        }
        return {};
    };
    if (type == "tmpfs") {
        spec.kind = MountKind::Tmpfs;
        TRY(mustNotHave({"BindOptions", "VolumeOptions"}));
        return readTmpfs(mount, spec, request);
    }
    if (type == "bind") {
        spec.kind = MountKind::Bind;
        TRY(mustNotHave({"VolumeOptions", "TmpfsOptions"}));
        if (!spec.source.starts_with('/'))
            return wrong(type, "invalid mount path: '" + spec.source.substr(0, 200) +
                                   "' mount path must be absolute");
        TRY(readBindOptions(mount, spec));
    } else if (type == "volume" || type.empty()) {
        TRY(mustNotHave({"BindOptions", "TmpfsOptions"}));
        TRY(readVolumeOptions(mount, spec));
    } else if (type == "image" || type == "npipe" || type == "cluster") {
        return refused("a mount of type \"" + type + "\"",
                       type == "image" ? "images are not mounted into containers here"
                                       : "it belongs to Windows or to a swarm",
                       "The types are bind, volume and tmpfs.");
    } else {
        return fail(ErrorCode::InvalidArgument, "mount type unknown: \"" + type + "\"");
    }
    request.mounts.push_back(std::move(spec));
    return {};
}

// In the form of mountText(), and no two at one place.
Result<void> settle(CreateRequest& request) {
    std::set<std::string> targets;
    for (const auto& [target, words] : request.options.tmpfs)
        targets.insert(target);
    for (MountSpec& mount : request.mounts) {
        TRY_ASSIGN(mount, parseMount(mountText(mount)));
        TRY(checkMount(mount));
        if (!targets.insert(mount.target).second)
            return fail(ErrorCode::InvalidArgument, "Duplicate mount point: " + mount.target);
    }
    return {};
}

Result<void> addAnonymousVolumes(const Fields& body, CreateRequest& request) {
    TRY_ASSIGN(const auto volumes, body.entries("Volumes"));
    for (const auto& [path, nothing] : volumes) {
        MountSpec wanted;
        wanted.target = path;
        TRY_ASSIGN(const MountSpec mount, parseMount(mountText(wanted)));
        TRY(checkMount(mount));
        const bool isThere =
            request.options.tmpfs.contains(mount.target) ||
            std::any_of(request.mounts.begin(), request.mounts.end(),
                        [&mount](const MountSpec& other) { return other.target == mount.target; });
        if (!isThere)
            request.mounts.push_back(mount);
    }
    return {};
}

} // namespace

Result<void> readMounts(const Fields& body, const Fields& host, CreateRequest& request) {
    std::string driver;
    TRY(host.read("VolumeDriver", driver));
    if (!driver.empty() && driver != "local")
        return refused("the volume driver \"" + driver + "\"", "there is the driver local only");
    TRY(host.read("Tmpfs", request.options.tmpfs));
    TRY(readBinds(host, request));
    TRY_ASSIGN(const auto mounts, host.objects("Mounts"));
    for (const Fields& mount : mounts)
        TRY(readMount(mount, request));
    TRY(settle(request));
    return addAnonymousVolumes(body, request);
}

} // namespace escale::docker_api
