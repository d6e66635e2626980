// One copy of the layers for everybody: the store keeps the image's ids, and idmapped mounts show them
// shifted into one owner's range (mount_setattr(2), MOUNT_ATTR_IDMAP; Linux 5.12, overlay on it 5.19).
//
//   <folder>/<base>        the layers that are folders, all of them: those that are committed later, too
//   <folder>/<base>.<n>    layer n, which is an EROFS image
//   <folder>/0.<n>         the same as it is, which the shifted ones are made from: the kernel reads it once
//
// Base 0 shifts nothing: for containers with this machine's ids. Mounts stay until removeUnused(): the next
// container is likely to need them, and to make them costs it a millisecond a layer. Thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/store/store.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace escale {

/// Whether this machine can mount images that lie in `folder`, shifted. Tries it, with an empty one.
Result<void> tryErofs(const std::string& folder);

class LayerMounts {
public:
    /// `layersFolder` is the store's, `mountFolder` holds the mount points.
    LayerMounts(std::string layersFolder, std::string mountFolder)
        : m_layersFolder(std::move(layersFolder))
        , m_mountFolder(std::move(mountFolder)) {}

    [[nodiscard]] const std::string& folder() const { return m_mountFolder; }
    /// Mounts the layers shifted by `base`; counted for `user` (a container id) until release(). Their names
    /// in folder(), in the same order. Mounts of a former helper are taken over. Unsupported when the kernel
    /// or the file system cannot do it; NotFound for a layer that is missing.
    Result<std::vector<std::string>> acquire(std::uint32_t base, const std::vector<Layer>& layers,
                                             const std::string& user);
    void release(const std::string& user);
    /// Unmounts what nobody has acquired.
    Result<void> removeUnused();

private:
    Result<std::string> mountFolders(std::uint32_t base);
    Result<std::string> mountImage(std::uint32_t base, std::int64_t number);
    Result<void> unmount(const std::string& name);
    std::string m_layersFolder;
    std::string m_mountFolder;
    std::mutex m_mutex;
    std::map<std::string, std::set<std::string>> m_used; // names of mounts, by user
};

} // namespace escale
