// Secrets and configs of containers: files of a file system in memory that is never swapped where the kernel
// can (tmpfs with noswap, 6.4), or has no place on a disk (ramfs). Mounted while there are any:
//
//   <run>/secrets/<container>/0, 1 …   the contents, with the owner and mode that they have inside
//   <run>/secrets/<container>/targets  where they belong, as JSON
//
// They last as long as the container, or until the machine goes down. Thread-safe.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace escale {

struct Secret {
    std::string target;     // absolute path inside
    std::uint32_t user = 0; // as the container sees it, as the group
    std::uint32_t group = 0;
    std::uint32_t mode = 0444; // permission bits
    std::string content;
};

constexpr std::size_t kLargestSecret = 1U << 20;
constexpr std::size_t kMostSecrets = 64;           // of one container
constexpr std::size_t kMostSecretBytes = 8U << 20; // of one container together: it is memory of everybody

/// Targets absolute, unique and below "/", ids below 65536, sizes within the limits.
Result<void> checkSecrets(const std::vector<Secret>& secrets);

class SecretFiles {
public:
    explicit SecretFiles(std::string folder)
        : m_folder(std::move(folder)) {}

    /// `idBase`: host id of the container's root.
    Result<void> store(const std::string& container, const std::vector<Secret>& secrets,
                       std::uint32_t idBase);
    struct File {
        std::string path;
        std::string target;
    };
    /// NotFound: there are none (any more).
    Result<std::vector<File>> filesOf(const std::string& container);
    Result<void> remove(const std::string& container);
    /// Those of containers that are not among `known`. Goes on over failures.
    Result<void> removeUnknown(const std::set<std::string>& known);

private:
    Result<void> mountFolder();
    Result<void> unmountWhenEmpty();

    const std::string m_folder;
    std::mutex m_mutex;
};

} // namespace escale
