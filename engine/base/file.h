// Files by path or, better, by directory fd. Everything opens with O_CLOEXEC.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

/// open(2); `flags` get O_CLOEXEC added. The error names the path.
Result<UniqueFd> openFile(const std::string& path, int flags, mode_t mode = 0);
/// openat(2).
Result<UniqueFd> openFileAt(int directory, const std::string& path, int flags, mode_t mode = 0);
/// openat2(2) with RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS: for our own trees, where no
/// link belongs.
Result<UniqueFd> openBeneath(int directory, const std::string& path, int flags, mode_t mode = 0);
/// openat2(2) with RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS: for paths inside a container's root.
Result<UniqueFd> openInRoot(int root, const std::string& path, int flags, mode_t mode = 0);

/// The whole content; fails with InvalidArgument when it is longer than `limit` bytes.
Result<std::string> readFile(const std::string& path, std::size_t limit = 16u << 20);
Result<std::string> readFd(int fd, std::size_t limit = 16u << 20);
/// Writes all of `data`, over short writes and EINTR.
Result<void> writeAll(int fd, std::string_view data, const std::string& what);
/// Opens for writing (no O_CREAT: cgroup and procfs files) and writes once.
Result<void> writeExisting(const std::string& path, std::string_view data);
/// New content or the old one, never half: temporary file, fsync, rename, fsync of the folder.
Result<void> writeFileAtomically(const std::string& path, std::string_view data, mode_t mode = 0600);

bool exists(const std::string& path);
/// Whether the descriptor is a folder's.
bool isFolder(int fd);
/// mkdir -p; folders that exist are left as they are. Fails when something else has the name.
Result<void> makeDirectories(const std::string& path, mode_t mode = 0755);
/// rm -r without following links, however deep; no error when it does not exist. InUse when something is
/// mounted in it: a mount is never entered.
Result<void> removeTree(const std::string& path);
/// `removed`: after each entry of the folders.
Result<void> removeTreeAt(int directory, const std::string& path, const std::function<void()>& removed = {});
/// Names in a folder, sorted, without "." and "..".
Result<std::vector<std::string>> listDirectory(const std::string& path);

} // namespace escale
