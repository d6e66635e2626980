// What is mounted into a container beside its root: volumes, folders of this machine, tmpfs, secrets.
//
// Chosen when it is made (chooseMounts), made anew for each start (prepareMounts) as detached mounts: the
// runtime gets them as /proc/<our pid>/fd/<n>, so that nothing is mounted on the host for them.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/making.h"
#include "engine/base/mount.h"
#include "engine/base/open_as_user.h"
#include "engine/base/syscalls.h"
#include "engine/base/thread.h"
#include "engine/base/user_namespace.h"
#include "engine/container/bind_source.h"
#include "engine/container/container_options.h"
#include "engine/container/launch.h"
#include "engine/container/option_forms.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sched.h>
#include <set>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

// The container's folder remembers that there were secrets: the memory that they are in does not.
constexpr const char* kSecretsMark = "/secrets";

// The bind mounts' own descriptors; none where nobody has opened any.
Result<void> findSources(std::vector<MountSpec>& mounts, const std::vector<UniqueFd>& opened, uid_t owner) {
    const auto isBind = [](const MountSpec& mount) { return mount.kind == MountKind::Bind; };
    const auto count = static_cast<std::size_t>(std::count_if(mounts.begin(), mounts.end(), isBind));
    if (count == 0 && opened.empty())
        return {};
    if (!opened.empty() && opened.size() != count)
        return fail(ErrorCode::InvalidArgument, std::to_string(opened.size()) + " sources were passed for " +
                                                    std::to_string(count) + " bind mounts");
    TRY_ASSIGN(const UserCredentials user, credentialsOf(owner));
    auto next = opened.begin();
    for (auto& mount : mounts) {
        if (!isBind(mount))
            continue;
        auto path =
            opened.empty() ? findBindSource(user, mount) : checkBindSource(user, (next++)->get(), mount);
        if (!path)
            return fail(std::move(path).error());
        mount.source = *std::move(path);
    }
    return {};
}

Texts tmpfsOptions(const MountSpec& mount) {
    Texts options{"nosuid", "nodev", "noexec"};
    if (mount.readOnly)
        options.emplace_back("ro");
    if (mount.tmpfsSize != 0)
        options.push_back("size=" + std::to_string(mount.tmpfsSize));
    std::array<char, 16> mode{};
    std::snprintf(mode.data(), mode.size(), "mode=%o", mount.tmpfsMode.value_or(01777));
    options.emplace_back(mode.data());
    if (mount.tmpfsUser)
        options.push_back("uid=" + std::to_string(*mount.tmpfsUser));
    if (mount.tmpfsGroup)
        options.push_back("gid=" + std::to_string(*mount.tmpfsGroup));
    return options;
}

// As docker: links may lead on inside of the volume, never out of it.
Result<UniqueFd> openInside(int root, const std::string& path, const std::string& what) {
    const int found = sys::openAt2(root, path.c_str(), O_PATH, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
    if (found == -EXDEV)
        return fail(ErrorCode::PermissionDenied, path + " in " + what + " leads out of it");
    if (found < 0)
        return fail(systemError(-found, "cannot open " + path + " in " + what));
    return UniqueFd(found);
}

// A detached mount of a part of `content`, which `user` can reach if one is given. Only what stands in a
// mount namespace can be copied (before Linux 6.15), so it stands for a moment in one that nobody else is in.
Result<UniqueFd> openPart(int content, const std::string& path, const std::string& what,
                          const std::optional<UserCredentials>& user) {
    Result<UniqueFd> part = fail(ErrorCode::Internal, "nothing was done");
    TRY_ASSIGN(auto thread, startThread([&] {
                   part = [&]() -> Result<UniqueFd> {
                       if (::unshare(CLONE_FS | CLONE_NEWNS) != 0)
                           return failErrno("cannot make a mount namespace");
                       // Where it is shared, as by systemd, the whole machine would see what is mounted
                       // there.
                       if (::mount(nullptr, "/proc", nullptr, MS_PRIVATE, nullptr) != 0)
                           return failErrno("cannot make the mount namespace private");
                       TRY(attachMount(content, "/proc"));
                       const auto root = std::make_shared<UniqueFd>();
                       TRY_ASSIGN(*root, openFile("/proc", O_PATH | O_DIRECTORY));
                       const auto open = [root, path, what] { return openInside(root->get(), path, what); };
                       TRY_ASSIGN(const UniqueFd found, user ? openAsUser(*user, what, open) : open());
                       return cloneMount(found.get(), "");
                   }();
               }));
    thread.join();
    return part;
}

// In a folder of this machine a part is found with the rights of the container's root: our root would enter
// what its owner may not.
std::optional<UserCredentials> finderOf(const VolumeRecord& record, std::uint32_t idBase) {
    if (volumeKind(record) != VolumeKind::Bind || record.owner == 0 || idBase == 0)
        return std::nullopt;
    return UserCredentials{idBase, idBase, {idBase}};
}

std::string yesIf(bool is) {
    return is ? "yes" : "";
}

std::string mapOf(std::uint32_t own, std::uint32_t base, std::uint32_t count) {
    return std::to_string(own) + ":" + std::to_string(base) + ":" + std::to_string(count);
}

// Everybody else of the machine is nobody there (makeOwnersNamespace()).
void tellBind(MadeNow& step, const MountSpec& mount, const UserCredentials& owner, std::uint32_t idBase) {
    const std::uint32_t count = owner.uid == 0 ? kIdRangeSize : 1;
    const bool isMapped = idBase != 0;
    step.done("source-open",
              {{"path", mount.source},
               {"target", mount.target},
               {"read-only", yesIf(mount.readOnly)},
               {"map", isMapped ? mapOf(owner.uid, idBase, count) : ""},
               {"group-map", isMapped && owner.gid != owner.uid ? mapOf(owner.gid, idBase, count) : ""}});
}

void tellVolume(MadeNow& step, const MountSpec& mount, const VolumeRecord& record, std::string folder,
                std::uint32_t idBase) {
    const VolumeKind kind = volumeKind(record);
    const bool isMapped = idBase != 0 && (kind == VolumeKind::Local || kind == VolumeKind::Device);
    if (!mount.subpath.empty())
        folder += "/" + mount.subpath;
    step.done("source-open", {{"path", "volume " + record.name},
                              {"folder", std::move(folder)},
                              {"target", mount.target},
                              {"read-only", yesIf(mount.readOnly)},
                              {"map", isMapped ? mapOf(0, idBase, kIdRangeSize) : ""}});
}

MountSpec imagesVolume(const std::string& path) {
    MountSpec mount;
    mount.target = std::filesystem::path("/" + path).lexically_normal().string();
    while (mount.target.size() > 1 && mount.target.back() == '/')
        mount.target.pop_back();
    if (mount.target.starts_with("//"))
        mount.target.erase(0, 1);
    return mount;
}

bool isTaken(const std::vector<MountSpec>& mounts, const ContainerOptions& options,
             const std::string& target) {
    return options.tmpfs.contains(target) ||
           std::any_of(mounts.begin(), mounts.end(),
                       [&](const auto& mount) { return mount.target == target; });
}

} // namespace

std::string pathForRuntime(const UniqueFd& fd) {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(fd.get());
}

// Of the containers that volumes-from names, and the image's, where nothing else is mounted.
Result<void> Containers::State::addInherited(const Container& container, const ImageConfig& image,
                                             std::vector<MountSpec>& mounts) {
    for (const auto& text : container.options.volumesFrom) {
        TRY_ASSIGN(const auto from, parseVolumesFrom(text));
        TRY_ASSIGN(const auto other, m_records.find(container.owner, from.container));
        TRY_ASSIGN(auto others, mountsOf(other.options));
        for (auto& mount : others) {
            if (mount.kind == MountKind::Tmpfs || isTaken(mounts, container.options, mount.target))
                continue;
            mount.readOnly = mount.readOnly || from.readOnly;
            // What shows on this machine needs an administrator, who was asked for the other one alone.
            if (mount.propagation == "shared" || mount.propagation == "rshared")
                mount.propagation = "rslave";
            mounts.push_back(std::move(mount));
        }
    }
    for (const auto& path : image.volumes) {
        auto mount = imagesVolume(path);
        if (mount.target != "/" && !isTaken(mounts, container.options, mount.target))
            mounts.push_back(std::move(mount));
    }
    return {};
}

// The one of this name, or a new one, which goes again when the container is not made after all.
Result<VolumeRecord> Containers::State::volumeFor(const Container& container, const MountSpec& mount,
                                                  std::vector<VolumeRecord>& made, Revert& revert) {
    if (!mount.source.empty()) {
        auto found = m_volumes->find(container.owner, mount.source);
        if (found || found.error().code != ErrorCode::NotFound) {
            if (found && !mount.volumeOptions.empty() && found->options != mount.volumeOptions)
                return fail(ErrorCode::AlreadyExists,
                            "there is a volume " + mount.source + " with other options",
                            "Leave the options out to use it as it is, or choose another name.");
            return found;
        }
    }
    bool isNew = false;
    TRY_ASSIGN(
        auto record,
        m_volumes->create(container.owner, {mount.source, mount.volumeOptions, mount.volumeLabels}, &isNew));
    if (!isNew) // somebody else has made it just now: theirs stays
        return record;
    made.push_back(record);
    revert.add([this, record]() -> Result<void> {
        auto removed = m_volumes->remove(record);
        if (!removed && removed.error().code == ErrorCode::InUse)
            return {}; // another container has taken it meanwhile
        return removed;
    });
    return record;
}

Result<std::vector<VolumeUse>> Containers::State::chooseMounts(Container& container, const ImageConfig& image,
                                                               const MountSources& sources,
                                                               std::vector<VolumeRecord>& made,
                                                               Revert& revert) {
    ContainerOptions& options = container.options;
    TRY_ASSIGN(auto mounts, mountsOf(options));
    TRY(findSources(mounts, sources.binds, container.owner));
    std::set<std::string> chosen; // by name, here
    for (const auto& mount : mounts) {
        if (mount.kind == MountKind::Volume)
            chosen.insert(mount.source);
    }
    TRY(addInherited(container, image, mounts));
    std::vector<VolumeUse> uses;
    options.mounts.clear();
    options.volumesFrom.clear();
    for (auto& mount : mounts) {
        if (mount.kind == MountKind::Volume) {
            TRY_ASSIGN(const VolumeRecord record, volumeFor(container, mount, made, revert));
            // Who runs something once to look into what another container has left keeps it.
            if (record.isAnonymous && options.removeWhenStopped && chosen.contains(record.name))
                TRY(m_volumes->keep(record));
            mount.source = record.name;
            mount.volumeOptions.clear(); // the volume has them
            mount.volumeLabels.clear();
            uses.push_back({container.id, mount.target, record.number, mount.readOnly});
        }
        options.mounts.push_back(mountText(mount));
    }
    TRY(checkMountOptions(options));
    return uses;
}

Result<void> Containers::State::keepSecrets(const Container& container, const std::vector<Secret>& secrets,
                                            Revert& revert) {
    if (secrets.empty())
        return {};
    TRY(checkSecrets(secrets));
    TRY_ASSIGN(const auto mounts, mountsOf(container.options));
    for (const auto& secret : secrets) {
        if (isTaken(mounts, container.options, secret.target))
            return fail(ErrorCode::InvalidArgument,
                        "two things are mounted at \"" + secret.target.substr(0, 200) + '"');
    }
    std::uint32_t idBase = 0;
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(idBase, m_store.idRangeOf(container.owner));
    }
    TRY(m_secrets.store(container.id, secrets, idBase));
    revert.add([this, id = container.id] { return m_secrets.remove(id); });
    TRY(openFile(m_store.containerFolder(container.id) + kSecretsMark, O_WRONLY | O_CREAT, 0600));
    return {};
}

Result<std::vector<std::pair<VolumeUse, VolumeRecord>>>
Containers::State::volumesOf(const Container& container) {
    std::vector<std::pair<VolumeUse, VolumeRecord>> found;
    TRY_ASSIGN(const auto uses, m_volumes->usesOf(container.id));
    if (uses.empty())
        return found;
    TRY_ASSIGN(const auto records, m_volumes->list(container.owner));
    for (const auto& use : uses) {
        for (const auto& record : records) {
            if (record.number == use.volume)
                found.emplace_back(use, record);
        }
    }
    return found;
}

Result<void> Containers::State::prepareMounts(Launch& launch, Revert& revert,
                                              const Cancellation& cancellation) {
    TRY_ASSIGN(const auto mounts, mountsOf(launch.container.options));
    TRY_ASSIGN(const auto volumes, volumesOf(launch.container));
    for (const auto& mount : mounts) {
        TRY(cancellation.check());
        if (mount.kind == MountKind::Tmpfs) {
            launch.mounts.push_back({mount.target, "tmpfs", "tmpfs", tmpfsOptions(mount)});
        } else if (mount.kind == MountKind::Bind) {
            TRY(prepareBind(launch, mount));
        } else {
            const auto used = std::find_if(volumes.begin(), volumes.end(), [&](const auto& volume) {
                return volume.first.target == mount.target;
            });
            if (used == volumes.end())
                return fail(ErrorCode::NotFound, "the volume " + mount.source + " is gone",
                            "Make the container again.");
            TRY(prepareVolume(launch, mount, used->second, revert, cancellation));
        }
    }
    return prepareSecrets(launch);
}

Result<void> Containers::State::prepareBind(Launch& launch, const MountSpec& mount) {
    const Container& container = launch.container;
    MadeNow step;
    TRY_ASSIGN(const UserCredentials owner, credentialsOf(container.owner));
    TRY_ASSIGN(const UniqueFd source, openBindSource(owner, mount));
    bool asItIs = false;
    TRY_ASSIGN(UniqueFd shown, showBindSource(owner, source.get(), mount, launch.idBase, asItIs));
    if (asItIs)
        logWarning("container " + shortId(container.id) + ": the file system of " + mount.source +
                   " cannot show ids shifted; the container sees its files as anybody does");
    launch.mounts.push_back({mount.target,
                             "bind",
                             pathForRuntime(shown),
                             {"rbind", mount.propagation.empty() ? "rprivate" : mount.propagation}});
    launch.mountFds.push_back(std::move(shown));
    tellBind(step, mount, owner, asItIs ? 0 : launch.idBase);
    return {};
}

Result<void> Containers::State::prepareVolume(Launch& launch, const MountSpec& mount,
                                              const VolumeRecord& record, Revert& revert,
                                              const Cancellation& cancellation) {
    const std::string& id = launch.container.id;
    MadeNow step;
    TRY(m_volumes->acquire(record, id, cancellation));
    revert.add([this, record, id] { return m_volumes->release(record, id); });
    if (!mount.noCopy && mount.subpath.empty())
        TRY(copyUp(launch, mount, record, cancellation));
    TRY_ASSIGN(UniqueFd content, m_volumes->openContent(record, launch.idBase));
    if (!mount.subpath.empty()) {
        TRY_ASSIGN(content, openPart(content.get(), mount.subpath, "the volume " + record.name,
                                     finderOf(record, launch.idBase)));
    }
    Texts options{"rbind", "rprivate"};
    if (mount.readOnly)
        options.emplace_back("rro");
    launch.mounts.push_back({mount.target, "bind", pathForRuntime(content), std::move(options)});
    launch.mountFds.push_back(std::move(content));
    tellVolume(step, mount, record, m_volumes->placeOf(record), launch.idBase);
    return {};
}

// What the image has where an empty volume is mounted.
Result<void> Containers::State::copyUp(const Launch& launch, const MountSpec& mount,
                                       const VolumeRecord& record, const Cancellation& cancellation) {
    TRY_ASSIGN(const UniqueFd root, openFile(launch.bundle + "/rootfs", O_PATH | O_DIRECTORY));
    const auto source = openInRoot(root.get(), mount.target, O_PATH);
    if (!source && source.error().code == ErrorCode::NotFound)
        return {};
    if (!source)
        return fail(source.error());
    if (!isFolder(source->get()))
        return {};
    UniqueFd userNamespace;
    if (launch.idBase != 0) {
        TRY_ASSIGN(userNamespace, makeUserNamespace(launch.idBase));
    }
    return m_volumes->fill(record, source->get(), launch.idBase, userNamespace.get(), cancellation);
}

Result<void> Containers::State::prepareSecrets(Launch& launch) {
    const std::string& id = launch.container.id;
    if (!exists(m_store.containerFolder(id) + kSecretsMark))
        return {};
    const auto files = m_secrets.filesOf(id);
    if (!files && files.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::WrongState,
                    "the secrets of the container " + launch.container.options.name +
                        " are gone: they were in memory only, and the machine has been restarted",
                    "Make the container again, with its secrets.");
    if (!files)
        return fail(files.error());
    for (const auto& file : *files) {
        MadeNow step;
        TRY_ASSIGN(UniqueFd mount, cloneMount(file.path));
        struct stat status {};
        if (::fstat(mount.get(), &status) != 0)
            return failErrno("cannot look at the secret " + file.target);
        // A script may be one of them: its mode says so.
        launch.mounts.push_back({file.target,
                                 "bind",
                                 pathForRuntime(mount),
                                 {"bind", "rprivate", "ro", "nosuid", "nodev",
                                  (status.st_mode & 0111U) != 0 ? "exec" : "noexec"}});
        launch.mountFds.push_back(std::move(mount));
        step.done("source-open", {{"path", "secret"}, {"target", file.target}, {"read-only", "yes"}});
    }
    return {};
}

void Containers::State::emitVolumeEvent(const VolumeRecord& record, std::string action, TextMap attributes) {
    attributes["driver"] = "local";
    m_events->add(record.owner, "volume", std::move(action), record.name, std::move(attributes));
}

// After a start, and after the end of one that ran.
void Containers::State::tellVolumeUse(const Container& container, const char* action) {
    const auto volumes = volumesOf(container);
    if (!volumes) {
        logError("container " + shortId(container.id) + ": " + volumes.error().text());
        return;
    }
    for (const auto& [use, record] : *volumes) {
        if (const auto noted = m_volumes->touch(record); !noted)
            logWarning("volume " + record.name + ": " + noted.error().text());
        emitVolumeEvent(record, action,
                        {{"container", container.id},
                         {"destination", use.target},
                         {"read/write", use.readOnly ? "false" : "true"}});
    }
}

Result<void> Containers::State::releaseVolumes(const Container& container) {
    TRY_ASSIGN(const auto volumes, volumesOf(container));
    Result<void> outcome;
    for (const auto& [use, record] : volumes) {
        if (auto released = m_volumes->release(record, container.id); !released)
            outcome = std::move(released);
    }
    return outcome;
}

Result<void> Containers::State::adoptVolumes(const Container& container) {
    TRY_ASSIGN(const auto volumes, volumesOf(container));
    for (const auto& [use, record] : volumes)
        m_volumes->adopt(record, container.id);
    return {};
}

// Of a container that has just been removed.
void Containers::State::removeAnonymous(const std::vector<std::pair<VolumeUse, VolumeRecord>>& volumes) {
    for (const auto& [use, record] : volumes) {
        if (!record.isAnonymous)
            continue;
        const auto removed = m_volumes->remove(record);
        if (removed)
            emitVolumeEvent(record, "destroy");
        else if (removed.error().code != ErrorCode::InUse && removed.error().code != ErrorCode::NotFound)
            logError("volume " + record.name + ": " + removed.error().text());
    }
}

} // namespace escale
