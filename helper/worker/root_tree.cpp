#include "helper/worker/root_tree.h"

#include "engine/base/clock.h"
#include "engine/image/entry_attributes.h"
#include "engine/image/entry_path.h"
#include "engine/image/tree_files.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::size_t kBlock = 256 * 1024;

SourceEntry entryOf(const struct stat& info, std::string path, bool isForeign) {
    SourceEntry entry;
    entry.path = std::move(path);
    entry.mode = info.st_mode;
    entry.user = isForeign ? 0 : info.st_uid;
    entry.group = isForeign ? 0 : info.st_gid;
    entry.size = S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
    entry.modified = nanosecondsOf(info.st_mtim);
    if (S_ISREG(info.st_mode) && info.st_nlink > 1)
        entry.shared.emplace(info.st_dev, info.st_ino);
    return entry;
}

} // namespace

Result<std::optional<SourceEntry>> RootTree::find(const std::string& path) {
    const UniqueFd found = openStep(m_root, path.empty() ? "." : path, O_PATH);
    if (!found && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
        return std::nullopt;
    struct stat info {};
    if (!found || ::fstat(found.get(), &info) != 0)
        return failErrno("cannot look at " + quotedName('/' + path));
    SourceEntry entry = entryOf(info, path, m_isForeign);
    if (S_ISLNK(info.st_mode)) {
        TRY_ASSIGN(entry.target, readLinkAt(found.get(), ""));
    }
    return entry;
}

Result<std::vector<SourceEntry>> RootTree::list(const std::string& folder) {
    const UniqueFd opened = openStep(m_root, folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
    if (!opened)
        return failErrno("cannot open the folder " + quotedName('/' + folder));
    TRY_ASSIGN(const auto names, namesIn(opened.get()));
    std::vector<SourceEntry> entries;
    entries.reserve(names.size());
    for (const std::string& name : names) {
        struct stat info {};
        if (::fstatat(opened.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            return failErrno("cannot look at " + quotedName('/' + folder + '/' + name));
        entries.push_back(entryOf(info, folder.empty() ? name : folder + '/' + name, m_isForeign));
        if (S_ISLNK(info.st_mode)) {
            TRY_ASSIGN(entries.back().target, readLinkAt(opened.get(), name));
        }
    }
    return entries;
}

Result<UniqueFd> RootTree::open(const SourceEntry& entry) {
    UniqueFd file = openStep(m_root, entry.path.empty() ? "." : entry.path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file)
        return failErrno("cannot open " + quotedName('/' + entry.path));
    return file;
}

Result<ContentHash> RootTree::hash(const SourceEntry& file) {
    TRY_ASSIGN(const UniqueFd opened, open(file));
    m_buffer.resize(kBlock);
    DigestHasher hasher;
    for (;;) {
        const ssize_t size = ::read(opened.get(), m_buffer.data(), m_buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read " + quotedName('/' + file.path));
        if (size == 0)
            return hashOf(hasher.finish());
        hasher.update(m_buffer.data(), static_cast<std::size_t>(size));
    }
}

Result<SourceTree::Attributes> RootTree::attributes(const SourceEntry& entry) {
    if (!S_ISREG(entry.mode) && !S_ISDIR(entry.mode))
        return Attributes();
    TRY_ASSIGN(const UniqueFd opened, open(entry));
    return readXattrs(opened.get());
}

} // namespace escale::worker
