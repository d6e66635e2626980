#include "helper/docker-api/containers/file_place.h"

#include "engine/volume/mount_spec.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/containers/path_stat.h"

#include <optional>

namespace escale::docker_api {
namespace {

struct Mounted {
    MountSpec mount;
    bool isNearer(const std::string& path, const std::optional<Mounted>& other) const {
        return isAtOrBelow(path, mount.target) &&
               (!other || mount.target.size() > other->mount.target.size());
    }
};

Result<std::vector<Mounted>> mountsOf(const Bus& bus, const QString& id, const QVariantMap& options) {
    std::vector<Mounted> mounts;
    for (const QString& text : options.value(QStringLiteral("mounts")).toStringList()) {
        TRY_ASSIGN(MountSpec mount, parseMount(text.toStdString()));
        mounts.push_back({std::move(mount)});
    }
    const auto tmpfs = qdbus_cast<dbus::TextMap>(options.value(QStringLiteral("tmpfs")));
    for (const QString& target : tmpfs.keys()) {
        MountSpec mount;
        mount.kind = MountKind::Tmpfs;
        mount.target = target.toStdString();
        mounts.push_back({std::move(mount)});
    }
    // Those without a name, and those of other containers, are known by who uses them.
    TRY_ASSIGN(const auto volumes, bus.ask<dbus::VolumeList>(Face::Volumes, "List"));
    for (const dbus::Volume& volume : volumes) {
        for (const dbus::VolumeUser& user : volume.users) {
            if (user.container != id)
                continue;
            MountSpec mount;
            mount.source = volume.name.toStdString();
            mount.target = user.target.toStdString();
            mount.readOnly = user.readOnly;
            for (Mounted& known : mounts) {
                if (known.mount.target == mount.target)
                    mount.subpath = known.mount.subpath;
            }
            std::erase_if(mounts,
                          [&mount](const Mounted& known) { return known.mount.target == mount.target; });
            mounts.push_back({std::move(mount)});
        }
    }
    return mounts;
}

Result<void> refuse(const MountSpec& mount, const std::string& container) {
    if (mount.kind == MountKind::Bind)
        return fail(ErrorCode::Unsupported,
                    mount.target + " in container " + container + " is this machine's " + mount.source,
                    "Copy to or from that one: it is the same.");
    return fail(ErrorCode::Unsupported,
                mount.target + " in container " + container + " is a tmpfs, which nobody outside sees",
                "Use docker exec with tar, for example: docker exec " + container + " tar -C " +
                    mount.target + " -c . > files.tar");
}

// The engine mounts these; what is below them in the container's own files is empty.
Result<void> refuseOurs(const std::string& path, const std::string& container) {
    for (const char* ours : {"/etc/hosts", "/etc/hostname", "/etc/resolv.conf"}) {
        if (path == ours)
            return fail(ErrorCode::Unsupported,
                        path + " in container " + container + " is written by the engine",
                        "Read it with docker exec " + container + " cat " + path);
    }
    return {};
}

} // namespace

Result<FilePlace> findFilePlace(const Bus& bus, const std::string& container, const std::string& path) {
    const auto found =
        bus.ask<dbus::Container, QVariantMap, QVariantMap>(Face::Containers, "Inspect", toQString(container));
    if (!found)
        return fail(aboutContainer(found.error(), container));
    const auto& [known, options, image] = *found;
    FilePlace place{Face::Containers,
                    known.id,
                    path,
                    options.value(QStringLiteral("read-only")).toBool(),
                    known.name.toStdString(),
                    options.value(QStringLiteral("user")).toString().toStdString()};
    if (place.user.empty())
        place.user = image.value(QStringLiteral("user")).toString().toStdString();
    TRY_ASSIGN(const auto mounts, mountsOf(bus, known.id, options));
    std::optional<Mounted> nearest;
    for (const Mounted& mounted : mounts) {
        if (mounted.isNearer(path, nearest))
            nearest = mounted;
    }
    if (!nearest) {
        TRY(refuseOurs(path, place.container));
        return place;
    }
    const MountSpec& mount = nearest->mount;
    if (mount.kind != MountKind::Volume)
        TRY(refuse(mount, place.container));
    place.face = Face::Volumes;
    place.name = toQString(mount.source);
    place.isReadOnly = mount.readOnly;
    const std::string rest = path.substr(std::min(path.size(), mount.target.size()));
    place.path = (mount.subpath.empty() ? "" : "/" + mount.subpath) +
                 (rest.empty() && mount.subpath.empty() ? "/" : rest);
    return place;
}

} // namespace escale::docker_api
