// A container's files, for who looks at and copies them: its overlay is shown at filesOf(id) while somebody
// does. There is at most one overlay for an upper folder: what runs already is shown a second time (a bind
// mount), and a container that starts meanwhile gets what is shown here.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/mount.h"
#include "engine/base/user_namespace.h"
#include "engine/container/containers_state.h"
#include "engine/container/oci_config.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace escale {

void Containers::State::releaseLayers(const std::string& user) {
    const auto removeUnused = [this] {
        if (const auto removed = m_layers.removeUnused(); !removed)
            logWarning(removed.error().text());
    };
    m_layers.release(user);
    if (m_settings.keepLayers.count() == 0)
        removeUnused();
    else
        m_timers->schedule("layers", m_settings.keepLayers,
                           [this, removeUnused] { inBackground(removeUnused); });
}

ContainerRoot::~ContainerRoot() {
    m_directory.reset(); // it would keep the mount
    if (m_release)
        m_release();
}

Result<ContainerRoot> Containers::State::openRoot(const std::string& id) {
    const auto slot = slotOf(id);
    const std::lock_guard root(slot->root);
    TRY_ASSIGN(const Container container, m_records.byId(id));
    UniqueFd userNamespace;
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(const std::uint32_t base, m_store.idRangeOf(container.owner));
        TRY_ASSIGN(userNamespace, makeUserNamespace(base));
    }
    if (slot->rootUsers == 0)
        TRY(mountForFiles(container));
    ++slot->rootUsers;
    auto directory = openFile(filesOf(id), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!directory) {
        releaseRoot(*slot, id);
        return fail(std::move(directory).error());
    }
    return ContainerRoot(*std::move(directory), std::move(userNamespace), [this, slot, id] {
        const std::lock_guard lock(slot->root);
        releaseRoot(*slot, id);
    });
}

Result<void> Containers::State::mountForFiles(const Container& container) {
    const std::string& id = container.id;
    const std::string target = filesOf(id);
    TRY(makeDirectories(target, 0700));
    Revert revert;
    revert.add([target]() -> Result<void> {
        ::rmdir(target.c_str());
        return {};
    });
    const std::string running = bundleOf(id) + "/rootfs";
    bool isMounted = false;
    if (exists(running)) {
        TRY_ASSIGN(isMounted, isMountPoint(running));
    }
    if (isMounted) {
        TRY(mountRootfsAgain(running, target));
    } else {
        TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
        TRY_ASSIGN(Image image, m_store.imageByDigest(digest));
        RootfsPlan plan{m_layers.folder(), {}, m_store.containerFolder(id), target, 0};
        if (!sharesUserIds(container.options)) {
            TRY_ASSIGN(plan.idBase, m_store.idRangeOf(container.owner));
        }
        // Until it is mounted: an overlay keeps what is below it.
        const std::string user = "files:" + id;
        TRY_ASSIGN(plan.layers, m_layers.acquire(plan.idBase, image.layers, user));
        auto mounted = mountRootfs(plan);
        releaseLayers(user);
        TRY(std::move(mounted));
    }
    revert.commit();
    return {};
}

// Under slot.root.
void Containers::State::releaseRoot(Slot& slot, const std::string& id) {
    if (--slot.rootUsers > 0)
        return;
    if (const auto done = unmountRootfs(filesOf(id)); !done)
        logError("container " + shortId(id) + ": " + done.error().text());
    ::rmdir(filesOf(id).c_str());
}

Result<void> Containers::State::mountOrShow(const RootfsPlan& plan, const std::string& id) {
    const auto slot = slotOf(id);
    const std::lock_guard root(slot->root);
    if (slot->rootUsers == 0)
        return mountRootfs(plan);
    TRY(mountRootfsAgain(filesOf(id), plan.target));
    reuseOverlay(plan);
    return {};
}

Result<void> Containers::State::unmountRoot(const std::string& id) {
    const auto slot = slotOf(id);
    const std::lock_guard root(slot->root);
    return unmountRootfs(bundleOf(id) + "/rootfs");
}

// The container is being removed: those who still look into it hold what they have open.
void Containers::State::hideFiles(const std::string& id) {
    if (::umount2(filesOf(id).c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) != 0)
        logError("cannot unmount " + filesOf(id));
}

// Left by a helper that died.
Result<void> Containers::State::removeLeftFiles() {
    TRY_ASSIGN(const auto names, listDirectory(m_settings.runFolder + "/files"));
    for (const auto& name : names) {
        TRY(unmountRootfs(filesOf(name)));
        if (::rmdir(filesOf(name).c_str()) != 0 && errno != ENOENT)
            return failErrno("cannot remove " + filesOf(name));
    }
    return {};
}

Result<ContainerLayers> Containers::State::openLayers(const Container& container) {
    TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
    TRY_ASSIGN(const Image image, m_store.imageByDigest(digest));
    ContainerLayers found;
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(found.idBase, m_store.idRangeOf(container.owner));
        TRY_ASSIGN(found.userNamespace, makeUserNamespace(found.idBase));
    }
    TRY_ASSIGN(found.upper, openFile(m_store.containerFolder(container.id) + "/upper",
                                     O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    TRY_ASSIGN(found.layersFolder, openFile(m_layers.folder(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    // With this machine's ids, as the worker reads them.
    const std::string user = "changes:" + randomId();
    TRY_ASSIGN(found.layers, m_layers.acquire(0, image.layers, user));
    found.mounts = std::shared_ptr<void>(nullptr, [this, user](void*) { releaseLayers(user); });
    std::reverse(found.layers.begin(), found.layers.end());
    return found;
}

} // namespace escale
