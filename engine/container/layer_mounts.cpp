#include "engine/container/layer_mounts.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/base/mount.h"
#include "engine/base/user_namespace.h"
#include "engine/image/erofs_image.h"
#include "engine/store/erofs_mount.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

// Nobody but overlay reads through them: read-only, and no file of an image is a device or set-id program out
// here.
constexpr std::uint64_t kSafe = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID;

/// Makes `target` and mounts there what `make` answers, unless something is there already.
template <class Make>
Result<void> mountAt(const std::string& target, const char* operation, const Making::Details& details,
                     Make make) {
    MadeNow step;
    TRY(makeDirectories(target, 0700));
    TRY_ASSIGN(const bool isMounted, isMountPoint(target));
    if (isMounted) {
        Making::reuse(operation, details);
        return {};
    }
    Result<UniqueFd> mount = make();
    auto done = mount ? attachMount(mount->get(), target) : fail(std::move(mount).error());
    if (done)
        step.done(operation, details);
    else
        ::rmdir(target.c_str());
    return done;
}

std::string mapOf(std::uint32_t base) {
    return "0:" + std::to_string(base) + ":" + std::to_string(kIdRangeSize);
}

} // namespace

Result<void> tryErofs(const std::string& folder) {
    const std::string path = folder + "/erofs-probe";
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
    ErofsImage image(file.get());
    auto done = image.finish();
    if (done) {
        const auto mount = openErofsMount(path);
        done = mount ? shiftMount(mount->get(), kIdRangeSize, kSafe, path) : fail(mount.error());
    }
    ::unlink(path.c_str());
    return done;
}

Result<std::string> LayerMounts::mountFolders(std::uint32_t base) {
    std::string name = std::to_string(base);
    const std::string target = m_mountFolder + "/" + name;
    Making::Details details{{"source", m_layersFolder}, {"target", target}};
    details.push_back(base == 0 ? std::pair("type", std::string("bind")) : std::pair("map", mapOf(base)));
    TRY(mountAt(target, base == 0 ? "layer-mount" : "layer-shift", details, [&]() -> Result<UniqueFd> {
        TRY_ASSIGN(UniqueFd tree, cloneMount(m_layersFolder));
        TRY(shiftMount(tree.get(), base, kSafe, m_layersFolder));
        return tree;
    }));
    return name;
}

Result<std::string> LayerMounts::mountImage(std::uint32_t base, std::int64_t number) {
    const std::string image = m_layersFolder + "/" + std::to_string(number);
    std::string plain = "0." + std::to_string(number);
    const std::string whole = m_mountFolder + "/" + plain;
    TRY(mountAt(whole, "layer-mount", {{"source", image}, {"target", whole}, {"type", "erofs"}},
                [&] { return openErofsMount(image); }));
    if (base == 0)
        return plain;
    std::string name = std::to_string(base) + "." + std::to_string(number);
    const std::string target = m_mountFolder + "/" + name;
    TRY(mountAt(target, "layer-shift", {{"source", whole}, {"target", target}, {"map", mapOf(base)}},
                [&]() -> Result<UniqueFd> {
                    TRY_ASSIGN(UniqueFd tree, cloneMount(whole));
                    TRY(shiftMount(tree.get(), base, kSafe, image));
                    return tree;
                }));
    return name;
}

Result<std::vector<std::string>> LayerMounts::acquire(std::uint32_t base, const std::vector<Layer>& layers,
                                                      const std::string& user) {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    std::set<std::string> used;
    std::string folder;
    for (const Layer& layer : layers) {
        const std::string number = std::to_string(layer.number);
        const std::string path = m_layersFolder + "/" + number;
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0)
            return failErrno("cannot look at layer " + path);
        if (S_ISDIR(info.st_mode)) {
            if (folder.empty()) { // one mount for all of them
                TRY_ASSIGN(folder, mountFolders(base));
            }
            used.insert(folder);
            names.push_back(folder + "/" + number);
        } else {
            TRY_ASSIGN(std::string name, mountImage(base, layer.number));
            used.insert({name, "0." + number});
            names.push_back(std::move(name));
        }
    }
    m_used[user].merge(used);
    return names;
}

void LayerMounts::release(const std::string& user) {
    const std::lock_guard lock(m_mutex);
    m_used.erase(user);
}

Result<void> LayerMounts::removeUnused() {
    const std::lock_guard lock(m_mutex);
    if (!exists(m_mountFolder))
        return {};
    std::set<std::string> used;
    for (const auto& [user, names] : m_used)
        used.insert(names.begin(), names.end());
    TRY_ASSIGN(const auto names, listDirectory(m_mountFolder));
    for (const auto& name : names) {
        if (!used.contains(name))
            TRY(unmount(name));
    }
    return {};
}

Result<void> LayerMounts::unmount(const std::string& name) {
    const std::string target = m_mountFolder + "/" + name;
    // EINVAL: not a mount point. Detached lazily when busy: a lookup from outside must not keep an owner's
    // mount for ever.
    if (::umount2(target.c_str(), UMOUNT_NOFOLLOW) != 0 && errno != EINVAL && errno != ENOENT) {
        if (errno != EBUSY || ::umount2(target.c_str(), UMOUNT_NOFOLLOW | MNT_DETACH) != 0)
            return failErrno("cannot unmount " + target);
    }
    if (::rmdir(target.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + target);
    return {};
}

} // namespace escale
