#include "helper/worker/source_copy.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/build/file_mode.h"
#include "engine/build/file_owner.h"
#include "engine/build/ignore_file.h"
#include "engine/build/source_selection.h"
#include "engine/image/archive_names.h"
#include "engine/image/entry_path.h"
#include "engine/image/file_content.h"
#include "engine/image/overlay_target.h"
#include "engine/image/tree_archive.h"
#include "engine/image/tree_files.h"
#include "helper/worker/root_tree.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <set>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace escale::worker {
namespace {

constexpr std::size_t kLargestUserFile = 4u << 20;
constexpr int kNewFile = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

/// A file of the image that its users stand in. No file: no users.
Result<std::string> readUserFile(int parent, const char* path) {
    if (parent < 0)
        return std::string();
    auto file = openInRoot(parent, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file)
        return file.error().code == ErrorCode::NotFound ? Result<std::string>(std::string())
                                                        : Result<std::string>(fail(file.error()));
    struct stat info {};
    if (::fstat(file->get(), &info) != 0 || !S_ISREG(info.st_mode))
        return fail(ErrorCode::InvalidArgument, std::string("the image's ") + path + " is no file");
    return readFd(file->get(), kLargestUserFile);
}

Result<std::optional<std::pair<uid_t, gid_t>>> ownerOf(const CopyRequest& request, const CopyPlace& place) {
    if (request.owner.empty())
        return std::nullopt;
    std::string passwd, group;
    if (namesOwner(request.owner)) {
        TRY_ASSIGN(passwd, readUserFile(place.parent, "/etc/passwd"));
        TRY_ASSIGN(group, readUserFile(place.parent, "/etc/group"));
    }
    TRY_ASSIGN(const auto owner, resolveFileOwner(request.owner, passwd, group));
    return std::optional(owner);
}

class SourceCopy {
public:
    SourceCopy(SourceTree& tree, const CopyRequest& request, const CopyPlace& place)
        : m_tree(tree)
        , m_request(request)
        , m_place(place)
        , m_target(place.parent, place.upper, request.latestTime)
        , m_count(request.patterns.size() + request.files.size() + request.addresses.size()) {}

    Result<std::uint64_t> run(const std::vector<FetchedFile>& fetched) {
        TRY(prepare());
        for (const std::string& pattern : m_request.patterns) {
            TRY_ASSIGN(const auto sources,
                       selectSources(m_tree, pattern, {m_request.keepsParents, m_request.excludes}));
            m_count += sources.size() > 1 ? 1 : 0;
            for (const SelectedSource& source : sources)
                TRY(put(m_tree, source));
        }
        for (const FetchedFile& file : fetched)
            TRY(putFetched(file));
        for (const InlineFile& file : m_request.files)
            TRY(putInline(file));
        TRY(m_target.finish());
        return m_bytes;
    }

private:
    Result<void> prepare() {
        if (!m_request.mode.empty()) {
            TRY_ASSIGN(m_mode, FileMode::parse(m_request.mode));
        }
        TRY_ASSIGN(m_owner, ownerOf(m_request, m_place));
        m_newFolder.modified = m_target.clamped(nowTimespec());
        std::tie(m_newFolder.owner, m_newFolder.group) = m_owner.value_or(std::pair<uid_t, gid_t>());
        m_newFolder.mode = 0755; // --chmod is for what is copied
        return m_target.begin();
    }

    [[nodiscard]] EntryAttributes attributesFor(const SourceEntry& entry) const {
        EntryAttributes attributes;
        std::tie(attributes.owner, attributes.group) = m_owner.value_or(std::pair(entry.user, entry.group));
        attributes.mode = m_mode ? m_mode->appliedTo(entry.mode) : entry.mode & 07777;
        attributes.modified = m_target.clamped(timespecOf(entry.modified));
        return attributes;
    }

    /// Where a source goes: its place, when it is no folder; else the folder that gets its content.
    Result<std::string> findPlace(const std::string& name, bool isFolder) {
        const std::string& text = m_request.target;
        const bool saysFolder = text.empty() || text.ends_with('/') || text.ends_with("/.");
        const std::string clean = cleanPath('/' + text).substr(1);
        TRY_ASSIGN(const std::string around, m_target.follow(saysFolder ? clean : splitName(clean).first));
        TRY(m_target.makeFolders(around, m_newFolder));
        TRY_ASSIGN(const std::string place, m_target.follow(clean));
        TRY_ASSIGN(const auto there, m_target.find(place));
        const bool isThere = there && S_ISDIR(there->st_mode);
        if (isFolder) {
            TRY(m_target.makeFolders(place, m_newFolder));
            return place;
        }
        if (isThere)
            return joinPath(place, name);
        if (m_count > 1)
            return fail(ErrorCode::InvalidArgument,
                        "several files cannot be copied to " + quotedName(text) + ", which is no folder",
                        "Write a / at its end to make it one.");
        TRY(m_target.makeFolders(splitName(place).first, m_newFolder)); // where a link leads
        return place;
    }

    Result<void> put(SourceTree& tree, const SelectedSource& source) {
        if (m_request.unpacks && S_ISREG(source.top().mode)) {
            TRY_ASSIGN(const UniqueFd file, tree.open(source.top()));
            TRY_ASSIGN(const bool isDone, unpack(file.get(), source.top().path, source.top().size));
            if (isDone)
                return {};
        }
        TRY_ASSIGN(const std::string place, findPlace(source.name, source.isFolder()));
        m_shared.clear(); // another source may have replaced what was copied
        if (!source.isFolder()) {
            const auto [folder, name] = splitName(place);
            return putEntry(tree, source.top(), folder, name);
        }
        for (const SelectedEntry& selected : source.entries) {
            if (selected.relative.empty())
                continue;
            const std::string path = joinPath(place, selected.relative);
            if (S_ISDIR(selected.entry.mode)) {
                TRY(putFolder(tree, selected, path));
                continue;
            }
            const auto [folder, name] = splitName(path);
            TRY(putEntry(tree, selected.entry, folder, name));
        }
        EntryAttributes times;
        times.modified = m_target.clamped(timespecOf(source.top().modified));
        if (source.top().modified != 0) // a context tells nothing of its own folder
            TRY(m_target.setTimes(place, times));
        return {};
    }

    Result<void> putFolder(SourceTree& tree, const SelectedEntry& selected, const std::string& path) {
        EntryAttributes attributes = attributesFor(selected.entry);
        TRY_ASSIGN(attributes.xattrs, tree.attributes(selected.entry));
        return selected.isOnWay ? m_target.putFolderOnWay(path, attributes)
                                : m_target.putFolder(path, attributes);
    }

    /// Makes a name in a folder; when it is taken, after it was freed.
    template <class Make>
    Result<void> makeName(const std::string& folder, const std::string& name, const Make& make) {
        TRY_ASSIGN(int fd, m_target.enter(folder));
        if (fd >= 0 && make(fd))
            return {};
        if (fd >= 0 && errno != EEXIST)
            return failErrno("cannot make " + quotedName('/' + joinPath(folder, name)));
        TRY_ASSIGN(fd, m_target.makeRoom(folder, name));
        return make(fd) ? Result<void>()
                        : failErrno("cannot make " + quotedName('/' + joinPath(folder, name)));
    }

    Result<void> putEntry(SourceTree& tree, const SourceEntry& entry, const std::string& folder,
                          const std::string& name) {
        const EntryAttributes attributes = attributesFor(entry);
        if (S_ISREG(entry.mode))
            return putFile(tree, entry, attributes, folder, name);
        if (S_ISSOCK(entry.mode))
            return {}; // nobody listens there any longer
        TRY(makeName(folder, name, [&](int fd) {
            return (S_ISLNK(entry.mode)
                        ? ::symlinkat(entry.target.c_str(), fd, name.c_str())
                        : ::mknodat(fd, name.c_str(), S_IFIFO | (attributes.mode & 0777), 0)) == 0;
        }));
        TRY_ASSIGN(const int fd, m_target.opened(folder));
        if (::fchownat(fd, name.c_str(), attributes.owner, attributes.group, AT_SYMLINK_NOFOLLOW) != 0 ||
            ::utimensat(fd, name.c_str(), attributes.times().data(), AT_SYMLINK_NOFOLLOW) != 0)
            return failErrno("cannot set the attributes of " + quotedName('/' + joinPath(folder, name)));
        return {};
    }

    Result<void> putFile(SourceTree& tree, const SourceEntry& entry, const EntryAttributes& attributes,
                         const std::string& folder, const std::string& name) {
        m_bytes += entry.size;
        TRY_ASSIGN(const bool isLinked, linkFile(tree, entry, attributes, folder, name));
        if (isLinked)
            return {};
        TRY_ASSIGN(const UniqueFd from, tree.open(entry));
        struct stat info {};
        if (::fstat(from.get(), &info) != 0 || !S_ISREG(info.st_mode))
            return fail(ErrorCode::InvalidArgument, quotedName(entry.path) + " is no file any more");
        EntryAttributes all = attributes;
        all.xattrs = readXattrs(from.get());
        TRY(writeFile(folder, name, all, [&](int to) -> Result<void> {
            TRY(m_content.copy(from.get(), to, info, entry.path, m_buffer));
            return {};
        }));
        if (entry.shared)
            m_shared.emplace(*entry.shared, joinPath(folder, name));
        return {};
    }

    template <class Write>
    Result<void> writeFile(const std::string& folder, const std::string& name,
                           const EntryAttributes& attributes, const Write& write) {
        UniqueFd to;
        TRY(makeName(folder, name, [&](int fd) {
            to.reset(::openat(fd, name.c_str(), kNewFile, 0600));
            return to.valid();
        }));
        TRY(write(to.get()));
        return applyAttributes(to.get(), joinPath(folder, name), attributes, true);
    }

    /// A second name of what was copied before; or a context's file itself, when nothing of it is to change.
    Result<bool> linkFile(SourceTree& tree, const SourceEntry& entry, const EntryAttributes& attributes,
                          const std::string& folder, const std::string& name) {
        int from = -1;
        std::string path;
        if (const auto known = entry.shared ? m_shared.find(*entry.shared) : m_shared.end();
            known != m_shared.end()) {
            from = m_place.upper;
            path = known->second;
        } else if (m_place.files >= 0 && &tree == &m_tree && tree.isContext() && !m_cannotLink &&
                   attributes.owner == 0 && attributes.group == 0 &&
                   attributes.mode == (entry.mode & 07777) &&
                   isSameTime(attributes.modified, timespecOf(entry.modified)) &&
                   m_linked.insert(entry.path).second) {
            from = m_place.files;
            path = entry.path;
        }
        if (from < 0)
            return false;
        int refused = 0;
        TRY(makeName(folder, name, [&](int fd) {
            if (::linkat(from, path.c_str(), fd, name.c_str(), 0) == 0)
                return true;
            // Another mount, too many names, or it has gone: copied instead.
            refused = errno == EEXIST ? 0 : errno;
            return refused != 0;
        }));
        m_cannotLink = m_cannotLink || (refused == EXDEV && from == m_place.files);
        return refused == 0;
    }

    static bool isSameTime(const timespec& one, const timespec& other) {
        return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
    }

    /// False: it is no archive.
    Result<bool> unpack(int archive, const std::string& name, std::uint64_t size) {
        TRY_ASSIGN(const bool isArchive, isTarArchive(archive));
        if (!isArchive)
            return false;
        EntryAttributes folder = m_newFolder;
        folder.mode = 0755;
        TRY_ASSIGN(const std::string place, m_target.follow(cleanPath('/' + m_request.target).substr(1)));
        TRY_ASSIGN(const bool isNew, m_target.makeFolders(place, folder));
        if (!isNew) {
            TRY(visitArchive(archive,
                             [&](const std::string& entry) { return m_target.prepareEntry(place, entry); }));
        }
        TRY(m_target.finish()); // the archive's own come after those
        ExtractOptions options;
        options.owner = m_owner;
        TRY_ASSIGN(const int to, m_target.opened(place));
        auto totals = extractTree(to, options, archive);
        if (!totals)
            return fail(std::move(totals).error().prefixed(quotedName(name)));
        m_bytes += size;
        TRY(m_target.adopt(place));
        return true;
    }

    Result<void> putFetched(const FetchedFile& file) {
        struct stat info {};
        if (::fstat(file.content, &info) != 0)
            return failErrno("cannot look at what was fetched as " + quotedName(file.name));
        if (S_ISDIR(info.st_mode)) {
            RootTree tree(file.content, true);
            SelectionOptions options{false, m_request.excludes};
            if (!m_request.keepsGitFolder)
                options.excludes.emplace_back(".git");
            TRY_ASSIGN(const auto sources, selectSources(tree, "/", options));
            return put(tree, sources.front());
        }
        if (m_request.unpacksFetched) {
            TRY_ASSIGN(const bool isDone,
                       unpack(file.content, file.name, static_cast<std::uint64_t>(info.st_size)));
            if (isDone)
                return {};
        }
        SourceEntry entry;
        entry.mode = S_IFREG | 0600; // a download has no rights of its own
        entry.modified = nanosecondsOf(info.st_mtim);
        TRY_ASSIGN(const std::string place, findPlace(file.name, false));
        const auto [folder, name] = splitName(place);
        m_bytes += static_cast<std::uint64_t>(info.st_size);
        return writeFile(folder, name, attributesFor(entry), [&](int to) -> Result<void> {
            TRY(m_content.copy(file.content, to, info, file.name, m_buffer));
            return {};
        });
    }

    Result<void> putInline(const InlineFile& file) {
        SourceEntry entry;
        entry.mode = S_IFREG | (file.mode & 07777);
        EntryAttributes attributes = attributesFor(entry);
        attributes.modified = m_target.clamped(nowTimespec());
        TRY_ASSIGN(const std::string place, findPlace(file.name, false));
        const auto [folder, name] = splitName(place);
        m_bytes += file.content.size();
        return writeFile(folder, name, attributes,
                         [&](int to) { return writeAll(to, file.content, file.name); });
    }

    SourceTree& m_tree;
    const CopyRequest& m_request;
    const CopyPlace& m_place;
    OverlayTarget m_target;
    std::size_t m_count; // of sources, more than one: it must be a folder that they go to
    std::optional<FileMode> m_mode;
    std::optional<std::pair<uid_t, gid_t>> m_owner;
    EntryAttributes m_newFolder;                             // of folders that the target lacks
    std::map<std::pair<dev_t, ino_t>, std::string> m_shared; // where in `upper` a file with several names is
    std::set<std::string> m_linked;                          // of the context
    bool m_cannotLink = false;
    ContentCopy m_content;
    ContentCopy::Buffer m_buffer;
    std::uint64_t m_bytes = 0;
};

} // namespace

Result<std::uint64_t> copySources(SourceTree& tree, const CopyRequest& request,
                                  const std::vector<FetchedFile>& fetched, const CopyPlace& place) {
    return SourceCopy(tree, request, place).run(fetched);
}

Result<bool> makeWorkingFolder(const CopyRequest& request, const CopyPlace& place) {
    OverlayTarget target(place.parent, place.upper, request.latestTime);
    TRY(target.begin());
    TRY_ASSIGN(const std::string folder, target.follow(cleanPath('/' + request.target).substr(1)));
    TRY_ASSIGN(const auto there, target.find(folder));
    if (there && S_ISDIR(there->st_mode))
        return false;
    EntryAttributes attributes;
    TRY_ASSIGN(const auto owner, ownerOf(request, place));
    std::tie(attributes.owner, attributes.group) = owner.value_or(std::pair<uid_t, gid_t>());
    attributes.modified = target.clamped(nowTimespec());
    TRY(target.makeFolders(folder, attributes));
    TRY(target.finish());
    return true;
}

} // namespace escale::worker
