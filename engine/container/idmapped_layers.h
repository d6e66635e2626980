// One copy of the layers for everybody: the store keeps the image's ids, and an idmapped mount of the layers'
// folder shows them shifted into one owner's range (mount_setattr(2), MOUNT_ATTR_IDMAP; Linux 5.12, overlay
// on it 5.19).
//
// Made with the owner's first running container, at <folder>/<base>, taken away with the last. It shows
// layers that are committed later, too: it is a view of the same file system. Thread-safe.
#pragma once

#include "engine/base/result.h"
#include "engine/container/user_namespace.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace escale {

class IdmappedLayers {
public:
    /// `layersFolder` is the store's, `mountFolder` holds the mount points.
    IdmappedLayers(std::string layersFolder, std::string mountFolder)
        : m_layersFolder(std::move(layersFolder))
        , m_mountFolder(std::move(mountFolder)) {}

    /// Where the layers appear shifted by `base`; counted for `user` (a container id) until release(). An
    /// existing mount of a former helper is taken over. Unsupported when the kernel or the file system cannot
    /// do it.
    Result<std::string> acquire(std::uint32_t base, const std::string& user);
    Result<void> release(std::uint32_t base, const std::string& user);
    /// Unmounts what nobody has acquired: left by a helper that died.
    Result<void> removeUnused();

private:
    Result<void> unmount(const std::string& name);
    std::string m_layersFolder;
    std::string m_mountFolder;
    std::mutex m_mutex;
    std::map<std::uint32_t, std::set<std::string>> m_users;
};

} // namespace escale
