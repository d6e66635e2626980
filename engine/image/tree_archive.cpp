#include "engine/image/tree_archive.h"

#include "engine/image/compress.h"
#include "engine/image/entry_path.h"
#include "engine/image/overlay_marks.h"
#include "engine/image/tar_entry.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <memory>
#include <poll.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace escale {
namespace {

constexpr int kBlock = 128 * 1024;
constexpr std::size_t kDeepest = 512;
constexpr std::size_t kDeepestBackup = 200; // parseEntryPath()'s limit
constexpr unsigned kMostThreads = 16;
// More holes than these are written out as zeros.
constexpr std::size_t kMostPieces = 4096;

class TreeWriter {
public:
    TreeWriter(int output, const TreeProgress& progress, const ArchiveOptions& options, bool asLayer)
        : m_output(output)
        , m_options(options)
        , m_asLayer(asLayer)
        , m_progress(progress)
        , m_archive(archive_write_new())
        , m_entry(archive_entry_new())
        , m_buffer(kBlock, '\0') {}

    Result<TreeTotals> run(const TreeEntry& top, const std::string& name);

private:
    struct FreeArchive {
        void operator()(archive* writer) const { archive_write_free(writer); }
    };
    struct FreeEntry {
        void operator()(archive_entry* entry) const { archive_entry_free(entry); }
    };
    struct Folder {
        UniqueFd fd;
        std::string path; // with the slash at its end; empty: names stand alone
        std::vector<std::string> names;
        std::size_t next = 0;
    };

    static la_ssize_t writeCallback(archive* writer, void* self, const void* bytes, size_t size);
    Result<void> open(const std::string& name);
    Result<void> write(std::span<const std::uint8_t> bytes);
    tl::unexpected<Error> writeError(const std::string& path);
    Result<void> enter(UniqueFd fd, std::string path);
    Result<void> addChild(const std::string& name);
    Result<void> addFolder(int fd, const struct stat& info, const std::string& path);
    Result<void> addFile(int fd, const struct stat& info, const std::string& path);
    Result<void> addOther(const struct stat& info, const std::string& path, const std::string& target);
    Result<void> addMark(const std::string& path);
    void addXattrs(int fd);
    void addPieces(int fd, const struct stat& info);
    bool beginEntry(const struct stat& info, const std::string& path);
    Result<void> writeHeader(const std::string& path);
    Result<void> writeContent(int fd, std::uint64_t size, const std::string& path);

    int m_output;
    const ArchiveOptions& m_options;
    std::unique_ptr<Compressor> m_compressor;
    bool m_asLayer; // the tree is an overlay's upper folder
    const TreeProgress& m_progress;
    std::unique_ptr<archive, FreeArchive> m_archive;
    std::unique_ptr<archive_entry, FreeEntry> m_entry;
    std::string m_buffer;
    std::optional<Error> m_outputError;
    std::vector<Folder> m_folders; // the way down to where we are
    std::map<std::pair<dev_t, ino_t>, std::string> m_linked;
    TreeTotals m_totals;
};

la_ssize_t TreeWriter::writeCallback(archive* writer, void* self, const void* bytes, size_t size) {
    auto& tree = *static_cast<TreeWriter*>(self);
    if (auto done = tree.m_compressor->add({static_cast<const std::uint8_t*>(bytes), size}); !done) {
        tree.m_outputError = std::move(done).error();
        archive_set_error(writer, EIO, "the output failed");
        return -1;
    }
    tree.m_totals.bytes += size;
    if (tree.m_progress)
        tree.m_progress(tree.m_totals.bytes);
    return static_cast<la_ssize_t>(size);
}

Result<void> TreeWriter::write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_output, bytes.data(), bytes.size());
        if (written < 0 && errno == EAGAIN) {
            pollfd ready{m_output, POLLOUT, 0};
            (void)::poll(&ready, 1, -1); // the next write tells what is wrong
            continue;
        }
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EPIPE)
            return fail(ErrorCode::Unreachable, "the archive's reader has gone before its end");
        if (written < 0)
            return failErrno("cannot write the archive");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

tl::unexpected<Error> TreeWriter::writeError(const std::string& path) {
    if (m_outputError)
        return fail(*m_outputError);
    const char* text = archive_error_string(m_archive.get());
    return fail(ErrorCode::SystemFailure,
                "cannot archive " + quotedName(path) + ": " + (text != nullptr ? text : "unknown error"));
}

Result<void> TreeWriter::open(const std::string& name) {
    if (!m_archive || !m_entry)
        return fail(ErrorCode::Internal, "no memory for a tar writer");
    TRY_ASSIGN(m_compressor, Compressor::create(
                                 m_options.compression,
                                 [this](std::span<const std::uint8_t> bytes) { return write(bytes); },
                                 std::min(kMostThreads, std::thread::hardware_concurrency())));
    archive* writer = m_archive.get();
    if (m_options.isBackup)
        archive_write_set_format_pax(writer);
    else
        archive_write_set_format_pax_restricted(writer);
    // Names are written as the bytes they are (CLocale); attributes once, in the form that others read.
    archive_write_set_format_option(writer, "pax", "xattrheader", "SCHILY");
    archive_write_set_bytes_per_block(writer, kBlock);
    archive_write_set_bytes_in_last_block(writer, 1);
    if (archive_write_open(writer, this, nullptr, writeCallback, nullptr) != ARCHIVE_OK)
        return writeError(name);
    return {};
}

Result<TreeTotals> TreeWriter::run(const TreeEntry& top, const std::string& name) {
    const CLocale locale;
    TRY(open(name));
    archive* writer = m_archive.get();
    auto done = [&]() -> Result<void> {
        if (S_ISREG(top.info.st_mode))
            return addFile(top.fd.get(), top.info, name);
        if (!S_ISDIR(top.info.st_mode))
            return addOther(top.info, name, top.linkTarget);
        if (!name.empty())
            TRY(addFolder(top.fd.get(), top.info, name));
        UniqueFd folder = openStep(top.fd.get(), ".", O_RDONLY | O_DIRECTORY);
        if (!folder)
            return failErrno("cannot open the folder " + quotedName(name));
        TRY(enter(std::move(folder), name.empty() ? "" : name + "/"));
        while (!m_folders.empty()) {
            Folder& here = m_folders.back();
            if (here.next == here.names.size())
                m_folders.pop_back();
            else
                TRY(addChild(here.names[here.next++]));
        }
        return {};
    }();
    if (done && archive_write_close(writer) != ARCHIVE_OK)
        done = writeError(name);
    if (done)
        done = m_compressor->finish();
    if (!done) {
        archive_write_fail(writer); // no end mark
        return fail(std::move(done).error());
    }
    return m_totals;
}

Result<void> TreeWriter::enter(UniqueFd fd, std::string path) {
    if (const auto most = m_options.isBackup ? kDeepestBackup : kDeepest; m_folders.size() >= most)
        return fail(ErrorCode::Unsupported, "the folder " + quotedName(path) + " is nested deeper than " +
                                                std::to_string(most) + " folders");
    TRY_ASSIGN(auto names, namesIn(fd.get()));
    m_folders.push_back({std::move(fd), std::move(path), std::move(names)});
    return {};
}

Result<void> TreeWriter::addChild(const std::string& name) {
    const int folder = m_folders.back().fd.get();
    const std::string path = m_folders.back().path + name;
    struct stat info {};
    if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Result<void>() : failErrno("cannot look at " + quotedName(path));
    if (m_asLayer && name.starts_with(".wh."))
        return fail(ErrorCode::Unsupported, "no layer of an image can hold the file " + quotedName(path) +
                                                ": its name means a deletion");
    if (m_asLayer && isWhiteoutFile(info))
        return addMark(m_folders.back().path + ".wh." + name);
    if (m_asLayer && (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode) ||
                      (S_ISREG(info.st_mode) && info.st_size == 0 && !m_options.keepsMountPlaces &&
                       isMadeForMounts("/" + path))))
        return {};
    if (S_ISLNK(info.st_mode)) {
        const auto target = readLinkAt(folder, name);
        return target ? addOther(info, path, *target) : Result<void>(); // it is none any more
    }
    if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
        return addOther(info, path, {});
    const mode_t type = info.st_mode & S_IFMT;
    UniqueFd fd = openStep(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    // Exchanged since we looked (a link now, or gone), or another file system.
    if (!fd && (errno == ENOENT || errno == ELOOP || errno == EXDEV || errno == ENXIO))
        return {};
    if (!fd || ::fstat(fd.get(), &info) != 0)
        return failErrno("cannot open " + quotedName(path));
    if ((info.st_mode & S_IFMT) != type)
        return {};
    if (S_ISREG(info.st_mode))
        return addFile(fd.get(), info, path);
    TRY(addFolder(fd.get(), info, path));
    if (m_asLayer && isOpaqueFolder(fd.get()))
        TRY(addMark(path + "/.wh..wh..opq"));
    return enter(std::move(fd), path + "/");
}

/// An empty file that says something by its name.
Result<void> TreeWriter::addMark(const std::string& path) {
    struct stat info {};
    info.st_mode = S_IFREG;
    info.st_nlink = 1;
    (void)beginEntry(info, path);
    archive_entry_set_size(m_entry.get(), 0);
    return writeHeader(path);
}

/// False where the entry is a hard link to a former one and needs no content.
bool TreeWriter::beginEntry(const struct stat& info, const std::string& path) {
    archive_entry* entry = m_entry.get();
    archive_entry_clear(entry);
    archive_entry_copy_stat(entry, &info);
    archive_entry_unset_size(entry);
    archive_entry_unset_atime(entry);
    archive_entry_unset_ctime(entry);
    archive_entry_unset_birthtime(entry);
    if (m_options.latestTime && info.st_mtim.tv_sec >= *m_options.latestTime)
        archive_entry_set_mtime(entry, *m_options.latestTime, 0);
    archive_entry_copy_pathname(entry, path.c_str());
    if (S_ISDIR(info.st_mode) || info.st_nlink < 2)
        return true;
    const auto [first, isNew] = m_linked.try_emplace({info.st_dev, info.st_ino}, path);
    if (isNew)
        return true;
    archive_entry_copy_hardlink(entry, first->second.c_str());
    return false;
}

Result<void> TreeWriter::writeHeader(const std::string& path) {
    if (archive_write_header(m_archive.get(), m_entry.get()) < ARCHIVE_WARN)
        return writeError(path);
    ++m_totals.entries;
    return {};
}

Result<void> TreeWriter::addFolder(int fd, const struct stat& info, const std::string& path) {
    (void)beginEntry(info, path);
    addXattrs(fd);
    return writeHeader(path);
}

Result<void> TreeWriter::addOther(const struct stat& info, const std::string& path,
                                  const std::string& target) {
    if (S_ISSOCK(info.st_mode))
        return {}; // tar has none
    if (m_options.isBackup && (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode)) && !isWhiteoutFile(info))
        return {};
    if (beginEntry(info, path) && S_ISLNK(info.st_mode))
        archive_entry_copy_symlink(m_entry.get(), target.c_str());
    return writeHeader(path);
}

Result<void> TreeWriter::addFile(int fd, const struct stat& info, const std::string& path) {
    if (!beginEntry(info, path))
        return writeHeader(path);
    archive_entry_set_size(m_entry.get(), info.st_size);
    addXattrs(fd);
    addPieces(fd, info);
    TRY(writeHeader(path));
    return writeContent(fd, static_cast<std::uint64_t>(info.st_size), path);
}

/// ACLs in words, which is what tar programs read; in layers as the attributes that they are, as Docker has
/// it.
void TreeWriter::addXattrs(int fd) {
    for (const auto& [name, value] : readXattrs(fd)) {
        if (m_asLayer || !addAcl(m_entry.get(), name, value))
            archive_entry_xattr_add_entry(m_entry.get(), name.c_str(), value.data(), value.size());
    }
}

/// Tells where the file has content, when it has holes.
void TreeWriter::addPieces(int fd, const struct stat& info) {
    // Where holes are is the file system's choice.
    if (m_options.latestTime || std::int64_t{info.st_blocks} * 512 >= info.st_size)
        return;
    std::vector<std::pair<off_t, off_t>> pieces; // start, length
    for (off_t position = 0; position < info.st_size;) {
        const off_t start = ::lseek(fd, position, SEEK_DATA);
        if (start < 0 || start >= info.st_size)
            break; // nothing but a hole follows
        const off_t end = std::min<off_t>(::lseek(fd, start, SEEK_HOLE), info.st_size);
        if (end <= start || pieces.size() == kMostPieces)
            return;
        pieces.emplace_back(start, end - start);
        position = end;
    }
    if (pieces.empty())
        pieces.emplace_back(0, 0);
    if (pieces.size() == 1 && pieces.front().second == info.st_size)
        return;
    for (const auto& [start, length] : pieces)
        archive_entry_sparse_add_entry(m_entry.get(), start, length);
}

Result<void> TreeWriter::writeContent(int fd, std::uint64_t size, const std::string& path) {
    std::uint64_t position = 0;
    while (position < size) {
        const std::size_t wanted = std::min<std::uint64_t>(size - position, m_buffer.size());
        const ssize_t length = ::pread(fd, m_buffer.data(), wanted, static_cast<off_t>(position));
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return failErrno("cannot read " + quotedName(path));
        if (length == 0)
            return {}; // it has shrunk: libarchive fills up
        if (archive_write_data(m_archive.get(), m_buffer.data(), static_cast<std::size_t>(length)) < 0)
            return writeError(path);
        position += static_cast<std::uint64_t>(length);
    }
    return {};
}

} // namespace

Result<TreeTotals> archiveTree(const TreeEntry& entry, const std::string& name, int output,
                               const TreeProgress& progress, const ArchiveOptions& options) {
    return TreeWriter(output, progress, options, false).run(entry, name);
}

Result<TreeTotals> archiveLayer(int upper, int output, const TreeProgress& progress,
                                const ArchiveOptions& options) {
    TRY_ASSIGN(const TreeEntry top, openTreeEntry(upper, "/", false));
    const ArchiveOptions plain{.latestTime = options.latestTime,
                               .keepsMountPlaces = options.keepsMountPlaces};
    return TreeWriter(output, progress, plain, true).run(top, "");
}

} // namespace escale
