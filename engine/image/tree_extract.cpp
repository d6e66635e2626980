// extractTree(): see tree_archive.h. Whoever owns the tree works in it at the same time, so no name is used
// twice: a file is made anew (O_EXCL) and changed by its descriptor, folders on the way are resolved by the
// kernel below the folder that is extracted into.
#include "engine/base/file.h"
#include "engine/image/entry_path.h"
#include "engine/image/tar_entry.h"
#include "engine/image/tree_archive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unordered_map>

namespace escale {
namespace {

constexpr std::size_t kBlock = 128 * 1024;
constexpr int kMostAttempts = 1000;
// What folders' attributes may take while they wait for the end: some 500,000 folders.
constexpr std::size_t kMostDeferredBytes = 128u << 20;

tl::unexpected<Error> hostile(std::string_view name, const std::string& why) {
    return fail(ErrorCode::Untrusted, "the archive's entry " + quotedName(name) + " " + why,
                "The archive was made to harm or by a broken tool.");
}

class TreeExtractor {
public:
    TreeExtractor(int folder, const ExtractOptions& options, int input, const TreeProgress& progress)
        : m_folder(folder)
        , m_options(options)
        , m_input(input)
        , m_progress(progress)
        , m_archive(archive_read_new())
        , m_buffer(kBlock, '\0') {}

    Result<TreeTotals> run();

private:
    struct Free {
        void operator()(archive* reader) const { archive_read_free(reader); }
    };

    static la_ssize_t readCallback(archive* reader, void* self, const void** bytes);
    Result<std::size_t> read();
    tl::unexpected<Error> readError();
    la_int64_t endOfEntry();
    Result<void> extractEntry(archive_entry* entry);
    Result<void> takeOwnFolder(archive_entry* entry);
    Result<void> makeFolder(const EntryPath& path, EntryAttributes attributes);
    Result<void> makeFile(const EntryPath& path, archive_entry* entry, const EntryAttributes& attributes);
    Result<void> makeSymlink(const EntryPath& path, const char* target, const EntryAttributes& attributes);
    Result<void> makeSpecial(const EntryPath& path, mode_t type, const EntryAttributes& attributes);
    Result<void> makeHardLink(const EntryPath& path, const EntryPath& target);
    Result<void> writeContent(int file, const EntryPath& path, std::uint64_t size);
    Result<void> applyToName(int parent, const EntryPath& path, const EntryAttributes& attributes);
    /// Runs `make` (errno tells), and once more when what has the name was taken away.
    template <class Make>
    Result<void> makeInPlace(int parent, const EntryPath& path, bool folder, Make make);
    Result<int> openParent(const std::string& parent);
    Result<UniqueFd> makeParents(const std::string& path);
    [[nodiscard]] UniqueFd openFolder(const std::string& path, int more = 0) const;
    tl::unexpected<Error> folderError(const std::string& path) const;
    Result<void> finish();

    int m_folder;
    const ExtractOptions& m_options;
    int m_input;
    const TreeProgress& m_progress;
    std::unique_ptr<archive, Free> m_archive;
    std::string m_buffer;
    std::optional<Error> m_inputError;
    std::string m_parent; // the folder that m_parentFd is open on; entries of one folder follow each other
    UniqueFd m_parentFd;
    std::unordered_map<std::string, EntryAttributes> m_folders;
    std::size_t m_deferredBytes = 0;
    TreeTotals m_totals;
};

Result<std::size_t> TreeExtractor::read() {
    for (;;) {
        const ssize_t length = ::read(m_input, m_buffer.data(), m_buffer.size());
        if (length >= 0) {
            m_totals.bytes += static_cast<std::uint64_t>(length);
            if (m_progress)
                m_progress(m_totals.bytes);
            return static_cast<std::size_t>(length);
        }
        if (errno == EAGAIN) {
            pollfd ready{m_input, POLLIN, 0};
            (void)::poll(&ready, 1, -1); // the next read tells what is wrong
        } else if (errno != EINTR) {
            return failErrno("cannot read the archive");
        }
    }
}

la_ssize_t TreeExtractor::readCallback(archive* reader, void* self, const void** bytes) {
    auto& tree = *static_cast<TreeExtractor*>(self);
    auto length = tree.read();
    if (!length) {
        tree.m_inputError = std::move(length).error();
        archive_set_error(reader, EIO, "the input failed");
        return -1;
    }
    *bytes = tree.m_buffer.data();
    return static_cast<la_ssize_t>(*length);
}

tl::unexpected<Error> TreeExtractor::readError() {
    if (m_inputError)
        return fail(*m_inputError);
    const char* text = archive_error_string(m_archive.get());
    return fail(ErrorCode::Untrusted,
                std::string("this is no valid tar archive: ") + (text != nullptr ? text : "unknown error"));
}

Result<TreeTotals> TreeExtractor::run() {
    if (!m_archive)
        return fail(ErrorCode::Internal, "no memory for a tar reader");
    const CLocale locale;
    archive* reader = m_archive.get();
    archive_read_support_format_tar(reader);
    archive_read_support_format_empty(reader);
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_zstd(reader);
    if (archive_read_open(reader, this, nullptr, readCallback, nullptr) < ARCHIVE_WARN)
        return readError();
    for (;;) {
        archive_entry* entry = nullptr;
        const la_int64_t end = m_totals.entries > 0 ? endOfEntry() : 0;
        const int status = archive_read_next_header(reader, &entry);
        if (status == ARCHIVE_EOF) {
            // libarchive takes the input's end for the archive's, too.
            if (m_options.isBackup && archive_filter_bytes(reader, 0) <= end)
                return fail(ErrorCode::Untrusted, "the archive has no end mark: it was cut off",
                            "Copy or make it again.");
            break;
        }
        if (status < ARCHIVE_WARN) // a warning is about a character set (CLocale) or an unknown attribute
            return readError();
        ++m_totals.entries;
        TRY(extractEntry(entry));
    }
    TRY(finish());
    // tar pads its end; who writes that into a pipe must not find it closed.
    for (;;) {
        TRY_ASSIGN(const std::size_t length, read());
        if (length == 0)
            return m_totals;
    }
}

/// How many bytes of the tar the entries so far have taken, with their padding.
la_int64_t TreeExtractor::endOfEntry() {
    (void)archive_read_data_skip(m_archive.get()); // the next header tells what is wrong
    return archive_filter_bytes(m_archive.get(), 0);
}

Result<void> TreeExtractor::extractEntry(archive_entry* entry) {
    const char* raw = archive_entry_pathname(entry);
    if (raw == nullptr)
        return hostile("", "has no name");
    if (*raw == '/')
        return hostile(raw, "has an absolute name");
    TRY_ASSIGN(const EntryPath path, parseEntryPath(raw));
    const auto type = archive_entry_filetype(entry);
    if (path.name.empty()) // the folder that is there
        return type == AE_IFDIR ? takeOwnFolder(entry) : hostile(raw, "would replace the folder itself");
    if (const char* target = archive_entry_hardlink(entry); target != nullptr) {
        TRY_ASSIGN(const EntryPath targetPath, parseEntryPath(target));
        return makeHardLink(path, targetPath);
    }
    TRY_ASSIGN(EntryAttributes attributes, attributesOfEntry(entry, path.text()));
    if (m_options.owner)
        std::tie(attributes.owner, attributes.group) = *m_options.owner;
    switch (type) {
    case AE_IFREG:
        return makeFile(path, entry, attributes);
    case AE_IFDIR:
        return makeFolder(path, std::move(attributes));
    case AE_IFLNK: {
        const char* target = archive_entry_symlink(entry);
        if (target == nullptr || *target == '\0')
            return hostile(raw, "is a symbolic link to nowhere");
        return makeSymlink(path, target, attributes);
    }
    case AE_IFIFO:
        return makeSpecial(path, S_IFIFO, attributes);
    case AE_IFCHR:
        if (m_options.isBackup &&
            archive_entry_rdev(entry) == 0) // overlayfs' whiteout, which everybody may make
            return makeSpecial(path, S_IFCHR, attributes);
        [[fallthrough]];
    case AE_IFBLK:
        return hostile(raw, "is a device, and none can be put there");
    default:
        return hostile(raw, "is of an unknown type");
    }
}

/// With the other folders' attributes, at the end: what is made in it changes its time.
Result<void> TreeExtractor::takeOwnFolder(archive_entry* entry) {
    if (!m_options.isBackup)
        return {};
    TRY_ASSIGN(EntryAttributes attributes, attributesOfEntry(entry, "."));
    m_folders.insert_or_assign({}, std::move(attributes));
    return {};
}

UniqueFd TreeExtractor::openFolder(const std::string& path, int more) const {
    // Links are followed as long as they stay below: "lib" of many images is one to "usr/lib".
    open_how how{};
    how.flags = static_cast<std::uint64_t>(static_cast<unsigned>(O_RDONLY | O_DIRECTORY | O_CLOEXEC | more));
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    long fd = -1;
    int attempts = 0;
    do {
        fd = ::syscall(SYS_openat2, m_folder, path.empty() ? "." : path.c_str(), &how, sizeof how);
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN) && ++attempts < kMostAttempts);
    return UniqueFd(static_cast<int>(fd));
}

tl::unexpected<Error> TreeExtractor::folderError(const std::string& path) const {
    if (errno == EXDEV || errno == ELOOP)
        return hostile(path, "leads by a symbolic link out of the folder that is copied into");
    if (errno == ENOTDIR)
        return fail(ErrorCode::InvalidArgument,
                    "the archive puts something into " + quotedName(path) + ", which is not a folder");
    return failErrno("cannot open the folder " + quotedName(path));
}

Result<int> TreeExtractor::openParent(const std::string& parent) {
    if (m_parentFd && m_parent == parent)
        return m_parentFd.get();
    m_parentFd = openFolder(parent);
    m_parent = parent;
    if (!m_parentFd && errno == ENOENT) {
        TRY_ASSIGN(m_parentFd, makeParents(parent));
    }
    if (!m_parentFd)
        return folderError(parent);
    return m_parentFd.get();
}

Result<UniqueFd> TreeExtractor::makeParents(const std::string& path) {
    UniqueFd folder = openFolder({});
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string name = path.substr(start, end - start);
        const std::string upTo = path.substr(0, end);
        start = end + 1;
        UniqueFd next = openFolder(upTo);
        if (!next && errno == ENOENT) {
            if (::mkdirat(folder.get(), name.c_str(), 0755) == 0) {
                const auto [user, group] = m_options.owner.value_or(std::pair<uid_t, gid_t>(0, 0));
                if (::fchownat(folder.get(), name.c_str(), user, group, AT_SYMLINK_NOFOLLOW) != 0)
                    return failErrno("cannot change the owner of " + quotedName(upTo));
            } else if (errno != EEXIST) {
                return failErrno("cannot make the folder " + quotedName(upTo));
            }
            next = openFolder(upTo);
        }
        if (!next)
            return folderError(upTo);
        folder = std::move(next);
    }
    return folder;
}

template <class Make>
Result<void> TreeExtractor::makeInPlace(int parent, const EntryPath& path, bool folder, Make make) {
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        if (make())
            return {};
        if (errno != EEXIST)
            return failErrno("cannot make " + quotedName(path.text()));
        struct stat info {};
        if (::fstatat(parent, path.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue; // gone meanwhile
        if (m_options.keepKinds && S_ISDIR(info.st_mode) != folder)
            return fail(ErrorCode::InvalidArgument,
                        folder ? "cannot replace " + quotedName(path.text()) + " by a folder"
                               : "cannot replace the folder " + quotedName(path.text()) + " by a file");
        if (S_ISDIR(info.st_mode)) {
            TRY(removeTreeAt(parent, path.name));
        } else if (::unlinkat(parent, path.name.c_str(), 0) != 0 && errno != ENOENT && errno != EISDIR) {
            return failErrno("cannot replace " + quotedName(path.text()));
        }
    }
    return fail(ErrorCode::InUse, "the file " + quotedName(path.text()) + " is made anew all the time");
}

Result<void> TreeExtractor::makeFolder(const EntryPath& path, EntryAttributes attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    TRY(makeInPlace(parent, path, true, [&] {
        if (::mkdirat(parent, path.name.c_str(), 0700) == 0)
            return true;
        struct stat info {};
        const int number = errno;
        const bool isThere = number == EEXIST &&
                             ::fstatat(parent, path.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                             S_ISDIR(info.st_mode);
        errno = number;
        return isThere;
    }));
    // Its mode and times come last, when all that is in it has been made.
    m_deferredBytes += sizeof attributes + path.parent.size() + path.name.size();
    for (const auto& [name, value] : attributes.xattrs)
        m_deferredBytes += name.size() + value.size() + 64;
    if (m_deferredBytes > kMostDeferredBytes)
        return fail(ErrorCode::Untrusted, "the archive has too many folders");
    m_folders.insert_or_assign(path.text(), std::move(attributes));
    return {};
}

Result<void> TreeExtractor::makeFile(const EntryPath& path, archive_entry* entry,
                                     const EntryAttributes& attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    UniqueFd file;
    TRY(makeInPlace(parent, path, false, [&] {
        file.reset(
            ::openat(parent, path.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        return file.valid();
    }));
    TRY(writeContent(file.get(), path,
                     static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)))));
    // Always: a folder with the set-group-id bit gives its group to what is made in it.
    return applyAttributes(file.get(), path.text(), attributes, true);
}

Result<void> TreeExtractor::writeContent(int file, const EntryPath& path, std::uint64_t size) {
    const ContentErrors errors{[this] { return readError(); },
                               [&path](const std::string& why) { return hostile(path.text(), why); }};
    TRY(writeEntryContent(m_archive.get(), file, path.text(), size, errors));
    return {};
}

Result<void> TreeExtractor::applyToName(int parent, const EntryPath& path,
                                        const EntryAttributes& attributes) {
    const char* name = path.name.c_str();
    if (::fchownat(parent, name, attributes.owner, attributes.group, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot change the owner of " + quotedName(path.text()));
    if (::utimensat(parent, name, attributes.times().data(), AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot set the times of " + quotedName(path.text()));
    return {};
}

Result<void> TreeExtractor::makeSymlink(const EntryPath& path, const char* target,
                                        const EntryAttributes& attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    TRY(makeInPlace(parent, path, false,
                    [&] { return ::symlinkat(target, parent, path.name.c_str()) == 0; }));
    return applyToName(parent, path, attributes);
}

Result<void> TreeExtractor::makeSpecial(const EntryPath& path, mode_t type,
                                        const EntryAttributes& attributes) {
    TRY_ASSIGN(const int parent, openParent(path.parent));
    // With its mode (the process has no umask): a later chmod(2) by name could meet a link.
    TRY(makeInPlace(parent, path, false, [&] {
        return ::mknodat(parent, path.name.c_str(), type | (attributes.mode & 0777), 0) == 0;
    }));
    return applyToName(parent, path, attributes);
}

Result<void> TreeExtractor::makeHardLink(const EntryPath& path, const EntryPath& target) {
    if (path == target)
        return {};
    const UniqueFd other = openFolder(target.parent);
    struct stat info {};
    if (target.name.empty() || !other ||
        ::fstatat(other.get(), target.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || S_ISDIR(info.st_mode))
        return hostile(path.text(),
                       "is a hard link to " + quotedName(target.text()) + ", which is no file there");
    TRY_ASSIGN(const int parent, openParent(path.parent));
    return makeInPlace(parent, path, false, [&] {
        return ::linkat(other.get(), target.name.c_str(), parent, path.name.c_str(), 0) == 0;
    });
}

Result<void> TreeExtractor::finish() {
    m_parentFd.reset();
    // Deepest first, so that a folder without permissions does not stand in the way of what is in it.
    std::vector<decltype(m_folders)::const_pointer> order;
    order.reserve(m_folders.size());
    for (const auto& folder : m_folders)
        order.push_back(&folder);
    std::sort(order.begin(), order.end(), [](auto one, auto other) { return one->first > other->first; });
    for (const auto* each : order) {
        const auto& [path, attributes] = *each;
        const UniqueFd folder = openFolder(path, O_NOFOLLOW);
        if (!folder && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == EXDEV))
            continue; // something else has taken its place
        if (!folder)
            return failErrno("cannot open the folder " + quotedName(path));
        TRY(applyAttributes(folder.get(), path, attributes, true));
    }
    return {};
}

} // namespace

Result<TreeTotals> extractTree(int folder, const ExtractOptions& options, int input,
                               const TreeProgress& progress) {
    return TreeExtractor(folder, options, input, progress).run();
}

} // namespace escale
