#include "engine/image/layer_tree.h"

#include "engine/base/file.h"
#include "engine/image/tar_entry.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace escale {
namespace {

// What folders' attributes may take while they wait: some 500,000 folders.
constexpr std::size_t kMostDeferredBytes = 128u << 20;
constexpr const char* kOpaqueXattr = "user.overlay.opaque";

std::string what(const char* action, const std::string& path) {
    return std::string("cannot ") + action + " " + quotedName(path);
}

bool isWhiteout(const struct stat& info) {
    return S_ISCHR(info.st_mode) && info.st_rdev == ::makedev(0, 0);
}

} // namespace

LayerTree::LayerTree(int root)
    : m_root(root)
    , m_owner(::geteuid())
    , m_group(::getegid()) {}

Result<std::unique_ptr<LayerTree>> LayerTree::create(int root) {
    // A set-group-id bit inherited from above would leak into all that is made here.
    if (::fchmod(root, 0755) != 0)
        return failErrno("cannot prepare the layer's folder");
    return std::unique_ptr<LayerTree>(new LayerTree(root));
}

UniqueFd LayerTree::openDirectory(const std::string& path) const {
    // Not base/file.h's openBeneath(): ENOENT is expected here, and a text for each would be made in vain.
    open_how how{};
    how.flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    long fd = -1;
    do {
        fd = ::syscall(SYS_openat2, m_root, path.empty() ? "." : path.c_str(), &how, sizeof how);
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    return UniqueFd(static_cast<int>(fd));
}

Result<int> LayerTree::openParent(const std::string& parent) {
    if (m_parentFd && m_parent == parent)
        return m_parentFd.get();
    m_parentFd = openDirectory(parent);
    m_parent = parent;
    if (!m_parentFd && (errno == ELOOP || errno == ENOTDIR || errno == ENOENT)) {
        TRY_ASSIGN(m_parentFd, makeParents(parent));
    }
    if (!m_parentFd)
        return failErrno(what("open the folder", parent));
    return m_parentFd.get();
}

Result<UniqueFd> LayerTree::makeParents(const std::string& path) {
    UniqueFd folder = openDirectory({});
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string name = path.substr(start, end - start);
        const std::string upTo = path.substr(0, end);
        start = end + 1;
        struct stat info {};
        const bool there = ::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
        if (there && !S_ISDIR(info.st_mode) && !isWhiteout(info))
            return hostileEntry(upTo, "is used as a folder but is a link or a file");
        if (!there || !S_ISDIR(info.st_mode)) {
            TRY(makeDirectoryIn(folder.get(), upTo, name));
            TRY(defer(upTo, EntryAttributes{.modified = {.tv_sec = 0, .tv_nsec = UTIME_OMIT}}));
        }
        TRY_ASSIGN(folder, openFileAt(folder.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    }
    return folder;
}

/// A folder stays; a whiteout that comes first makes the folder opaque; anything else gives way.
Result<void> LayerTree::makeDirectoryIn(int parent, const std::string& path, const std::string& name) {
    if (::mkdirat(parent, name.c_str(), 0700) == 0)
        return {};
    struct stat info {};
    if (errno != EEXIST || ::fstatat(parent, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno(what("make the folder", path));
    if (S_ISDIR(info.st_mode))
        return {};
    if (::unlinkat(parent, name.c_str(), 0) != 0 || ::mkdirat(parent, name.c_str(), 0700) != 0)
        return failErrno(what("make the folder", path));
    if (!isWhiteout(info))
        return {};
    TRY_ASSIGN(const UniqueFd folder, openFileAt(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::fsetxattr(folder.get(), kOpaqueXattr, "y", 1, 0) != 0)
        return failErrno(what("make opaque the folder", path));
    return {};
}

Result<void> LayerTree::clear(int parent, const EntryPath& path) {
    if (::unlinkat(parent, path.name.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno(what("replace", path.text()));
    return removeTreeAt(parent, path.name);
}

Result<void> LayerTree::defer(const std::string& directory, EntryAttributes attributes) {
    m_deferredBytes += sizeof attributes + directory.size();
    for (const auto& [name, value] : attributes.xattrs)
        m_deferredBytes += name.size() + value.size() + 64;
    if (m_deferredBytes > kMostDeferredBytes)
        return fail(ErrorCode::Untrusted, "the layer has too many folders");
    m_directories.insert_or_assign(directory, std::move(attributes));
    return {};
}

Result<void> LayerTree::makeDirectory(const EntryPath& path, EntryAttributes attributes) {
    if (!path.name.empty()) {
        TRY_ASSIGN(const int parent, openParent(path.parent));
        TRY(makeDirectoryIn(parent, path.text(), path.name));
    }
    return defer(path.text(), std::move(attributes));
}

Result<void> LayerTree::beginFile(const EntryPath& path, std::uint64_t size) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    m_file.reset(::openat(parent, path.name.c_str(), kFlags, 0600));
    if (!m_file && errno == EEXIST) {
        TRY(clear(parent, path));
        m_file.reset(::openat(parent, path.name.c_str(), kFlags, 0600));
    }
    m_filePath = path.text();
    m_fileSize = size;
    m_fileEnd = 0;
    if (!m_file)
        return failErrno(what("make the file", m_filePath));
    return {};
}

Result<void> LayerTree::write(std::uint64_t offset, std::span<const char> bytes) {
    m_fileEnd = offset + bytes.size();
    return writeAt(m_file.get(), offset, bytes, m_filePath);
}

Result<void> LayerTree::finishFile(const EntryAttributes& attributes) {
    if (m_fileEnd < m_fileSize && ::ftruncate(m_file.get(), static_cast<off_t>(m_fileSize)) != 0)
        return failErrno(what("write", m_filePath));
    TRY(applyAttributes(m_file.get(), m_filePath, attributes,
                        attributes.owner != m_owner || attributes.group != m_group));
    m_file.reset();
    return {};
}

Result<void> LayerTree::applyToName(int parent, const EntryPath& path,
                                    const EntryAttributes& attributes) const {
    if ((attributes.owner != m_owner || attributes.group != m_group) &&
        ::fchownat(parent, path.name.c_str(), attributes.owner, attributes.group, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno(what("change the owner of", path.text()));
    if (::utimensat(parent, path.name.c_str(), attributes.times().data(), AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno(what("set the times of", path.text()));
    return {};
}

Result<void> LayerTree::makeSymlink(const EntryPath& path, const std::string& target,
                                    const EntryAttributes& attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    int result = ::symlinkat(target.c_str(), parent, path.name.c_str());
    if (result != 0 && errno == EEXIST) {
        TRY(clear(parent, path));
        result = ::symlinkat(target.c_str(), parent, path.name.c_str());
    }
    if (result != 0)
        return failErrno(what("make the link", path.text()));
    return applyToName(parent, path, attributes);
}

Result<void> LayerTree::makeFifo(const EntryPath& path, const EntryAttributes& attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    TRY(clear(parent, path));
    if (::mknodat(parent, path.name.c_str(), S_IFIFO | 0600, 0) != 0)
        return failErrno(what("make the named pipe", path.text()));
    TRY(applyToName(parent, path, attributes));
    // Not a link: it has just been made, and nobody else works in this folder.
    if (::fchmodat(parent, path.name.c_str(), attributes.mode, 0) != 0)
        return failErrno(what("change the mode of", path.text()));
    return {};
}

Result<void> LayerTree::makeHardLink(const EntryPath& path, const EntryPath& target) {
    if (path == target)
        return {};
    if (target.name.empty())
        return hostileEntry(path.text(), "is a hard link to a folder");
    TRY_ASSIGN(const int parent, openParent(path.parent));
    UniqueFd other;
    if (target.parent != path.parent) {
        other = openDirectory(target.parent);
        if (!other)
            return hostileEntry(path.text(), "is a hard link to " + quotedName(target.text()) +
                                                 ", which is not in the layer");
    }
    const int targetParent = other ? other.get() : parent;
    struct stat info {};
    if (::fstatat(targetParent, target.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || isWhiteout(info))
        return hostileEntry(path.text(),
                            "is a hard link to " + quotedName(target.text()) + ", which is not in the layer");
    if (S_ISDIR(info.st_mode))
        return hostileEntry(path.text(), "is a hard link to a folder");
    const auto link = [&] {
        return ::linkat(targetParent, target.name.c_str(), parent, path.name.c_str(), 0);
    };
    int result = link();
    if (result != 0 && errno == EEXIST) {
        TRY(clear(parent, path));
        result = link();
    }
    if (result != 0)
        return failErrno(what("make the hard link", path.text()));
    return {};
}

Result<void> LayerTree::makeWhiteout(const std::string& parent, const std::string& name) {
    const EntryPath path{parent, name};
    TRY_ASSIGN(const int folder, openParent(parent));
    if (::mknodat(folder, name.c_str(), S_IFCHR, ::makedev(0, 0)) == 0)
        return {};
    struct stat info {};
    if (errno != EEXIST || ::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno(what("make a whiteout of", path.text()));
    // This layer has put something there already, which hides what is below; a folder must not merge with it.
    return S_ISDIR(info.st_mode) ? makeOpaque(path.text()) : Result<void>();
}

Result<void> LayerTree::makeOpaque(const std::string& parent) {
    if (parent.empty())
        return fail(ErrorCode::Unsupported, "the layer hides the whole content of the layers below",
                    "overlayfs cannot do that at the root. Ask who made the image to flatten it.");
    TRY_ASSIGN(const int folder, openParent(parent));
    if (::fsetxattr(folder, kOpaqueXattr, "y", 1, 0) != 0) {
        Error error = systemError(what("make opaque the folder", parent));
        return fail(std::move(error).withHint(
            "Escale's state must lie on a file system with user.* extended attributes."));
    }
    return {};
}

Result<std::string> LayerTree::readBack(const EntryPath& path, std::uint64_t most) {
    TRY_ASSIGN(const UniqueFd file, openBeneath(m_root, path.text(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    struct stat info {};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) ||
        static_cast<std::uint64_t>(info.st_size) > most)
        return cannotReadBack(path.text());
    return readFd(file.get(), most);
}

Result<void> LayerTree::finish() {
    m_parentFd.reset();
    // Deepest first, so that a folder without permissions does not stand in the way of what is in it.
    std::vector<decltype(m_directories)::const_pointer> order;
    order.reserve(m_directories.size());
    for (const auto& directory : m_directories)
        order.push_back(&directory);
    std::sort(order.begin(), order.end(), [](auto one, auto other) { return one->first > other->first; });
    for (const auto* directory : order) {
        const auto& [path, attributes] = *directory;
        const UniqueFd folder = openDirectory(path);
        if (!folder && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
            continue; // a later entry took its place
        if (!folder)
            return failErrno(what("open the folder", path));
        TRY(applyAttributes(folder.get(), path, attributes,
                            attributes.owner != m_owner || attributes.group != m_group));
    }
    m_directories.clear();
    return {};
}

} // namespace escale
