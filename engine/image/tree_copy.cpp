// Threads take pieces of work from one stack: some of the names of one folder. A folder gets its attributes
// when the last of what is in it is done, as its times change until then and its default ACL would be
// inherited.
#include "engine/image/tree_copy.h"

#include "engine/base/thread.h"
#include "engine/image/entry_attributes.h"
#include "engine/image/entry_path.h"
#include "engine/image/file_content.h"
#include "engine/image/overlay_marks.h"
#include "engine/image/tree_files.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kNamesAtOnce = 256;
constexpr std::size_t kDeepest = 512;
constexpr unsigned kMostThreads = 4;

struct Folder {
    std::shared_ptr<Folder> parent;
    std::string name;
    std::string path; // of both, with the slash at its end; empty: the top
    std::size_t depth = 0;
    UniqueFd source, target;
    struct stat info {};
    std::atomic<std::size_t> unfinished = 0; // pieces of its names, and folders in it
};

/// Some of a folder's names; or, without any, the folder itself, which is to be opened and listed.
struct Piece {
    std::shared_ptr<Folder> folder;
    std::vector<std::string> names;
};

std::array<timespec, 2> timesOf(const struct stat& info) {
    return {info.st_atim, info.st_mtim};
}

class FolderCopy {
public:
    FolderCopy(int source, int target)
        : m_source(source)
        , m_target(target) {}

    Result<CopiedTree> run();

private:
    using Buffer = ContentCopy::Buffer;

    void work();
    std::optional<Piece> next();
    void push(Piece piece);
    Result<void> doPiece(const Piece& piece, Buffer& buffer);
    Result<bool> open(Folder& folder);
    Result<void> finish(std::shared_ptr<Folder> folder);
    Result<void> copyEntry(const std::shared_ptr<Folder>& folder, const std::string& name, Buffer& buffer);
    Result<void> copyLinked(const Folder& folder, const std::string& name, const struct stat& info,
                            Buffer& buffer);
    Result<bool> copyOne(const Folder& folder, const std::string& name, struct stat info, Buffer& buffer);
    Result<bool> copyFile(const Folder& folder, const std::string& name, Buffer& buffer);

    int m_source;
    int m_target;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Piece> m_stack; // the last comes first, so that few folders are open
    std::size_t m_busy = 0;
    std::optional<Error> m_error;
    std::mutex m_linksMutex;
    std::map<std::pair<dev_t, ino_t>, std::string> m_links;
    ContentCopy m_content;
    std::atomic<std::uint64_t> m_bytes = 0;
    std::atomic<std::uint64_t> m_entries = 0;
};

Result<CopiedTree> FolderCopy::run() {
    auto top = std::make_shared<Folder>();
    top->name = ".";
    m_stack.push_back({top, {}});
    Buffer buffer;
    TRY(doPiece(*next(), buffer)); // most trees have one folder and few names: no threads for those
    {
        const std::lock_guard lock(m_mutex);
        --m_busy;
    }
    std::vector<std::thread> threads;
    const std::size_t count = std::min<std::size_t>(
        {kMostThreads, std::max(1U, std::thread::hardware_concurrency()), m_stack.size()});
    while (threads.size() + 1 < count) {
        auto thread = startThread([this] { work(); });
        if (!thread)
            break; // then with fewer
        threads.push_back(*std::move(thread));
    }
    work();
    for (auto& thread : threads)
        thread.join();
    if (m_error)
        return fail(*m_error);
    return CopiedTree{m_bytes, m_entries};
}

void FolderCopy::work() {
    Buffer buffer;
    while (auto piece = next()) {
        auto done = doPiece(*piece, buffer);
        const std::lock_guard lock(m_mutex);
        --m_busy;
        if (!done && !m_error)
            m_error = std::move(done).error();
        m_changed.notify_all();
    }
}

std::optional<Piece> FolderCopy::next() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_stack.empty() || m_busy == 0 || m_error; });
    if (m_stack.empty() || m_error)
        return std::nullopt;
    Piece piece = std::move(m_stack.back());
    m_stack.pop_back();
    ++m_busy;
    return piece;
}

void FolderCopy::push(Piece piece) {
    const std::lock_guard lock(m_mutex);
    m_stack.push_back(std::move(piece));
    m_changed.notify_one();
}

Result<void> FolderCopy::doPiece(const Piece& piece, Buffer& buffer) {
    const auto& folder = piece.folder;
    if (piece.names.empty()) {
        folder->unfinished = 1;
        TRY_ASSIGN(const bool isThere, open(*folder));
        if (!isThere)
            return folder->parent ? finish(folder->parent) : Result<void>();
        TRY_ASSIGN(auto names, namesIn(folder->source.get()));
        for (std::size_t start = 0; start < names.size(); start += kNamesAtOnce) {
            const auto from = names.begin() + static_cast<std::ptrdiff_t>(start);
            const auto count = std::min(kNamesAtOnce, names.size() - start);
            ++folder->unfinished;
            push({folder,
                  {std::move_iterator(from), std::move_iterator(from + static_cast<std::ptrdiff_t>(count))}});
        }
    }
    for (const std::string& name : piece.names)
        TRY(copyEntry(folder, name, buffer));
    return finish(folder);
}

/// False: it is no folder any more.
Result<bool> FolderCopy::open(Folder& folder) {
    const int from = folder.parent ? folder.parent->source.get() : m_source;
    const int to = folder.parent ? folder.parent->target.get() : m_target;
    folder.source = openStep(from, folder.name, O_RDONLY | O_DIRECTORY);
    if (!folder.source && folder.parent &&
        (errno == ENOENT || errno == ELOOP || errno == EXDEV || errno == ENOTDIR))
        return false;
    if (!folder.source || ::fstat(folder.source.get(), &folder.info) != 0)
        return failErrno("cannot open the folder " + quotedName(folder.path));
    if (folder.parent && ::mkdirat(to, folder.name.c_str(), 0700) != 0)
        return failErrno("cannot make the folder " + quotedName(folder.path));
    folder.target = openStep(to, folder.name, O_RDONLY | O_DIRECTORY);
    if (!folder.target)
        return failErrno("cannot open the folder " + quotedName(folder.path));
    ++m_entries;
    return true;
}

/// One piece of it is done. The last one gives it its attributes, and may be the last of its parent.
Result<void> FolderCopy::finish(std::shared_ptr<Folder> folder) {
    while (folder && --folder->unfinished == 0) {
        EntryAttributes attributes;
        attributes.owner = folder->info.st_uid;
        attributes.group = folder->info.st_gid;
        attributes.mode = folder->info.st_mode & 07777;
        attributes.accessed = folder->info.st_atim;
        attributes.modified = folder->info.st_mtim;
        attributes.xattrs = readXattrs(folder->source.get());
        TRY(applyAttributes(folder->target.get(), folder->path, attributes, true));
        folder->source.reset();
        folder->target.reset();
        folder = folder->parent;
    }
    return {};
}

Result<void> FolderCopy::copyEntry(const std::shared_ptr<Folder>& folder, const std::string& name,
                                   Buffer& buffer) {
    struct stat info {};
    if (::fstatat(folder->source.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Result<void>()
                               : failErrno("cannot look at " + quotedName(folder->path + name));
    if (S_ISDIR(info.st_mode)) {
        if (folder->depth == kDeepest)
            return fail(ErrorCode::Unsupported,
                        "the folder " + quotedName(folder->path) + " is nested deeper than 512 folders");
        auto child = std::make_shared<Folder>();
        child->parent = folder;
        child->name = name;
        child->path = folder->path + name + "/";
        child->depth = folder->depth + 1;
        ++folder->unfinished;
        push({std::move(child), {}});
        return {};
    }
    if (info.st_nlink > 1)
        return copyLinked(*folder, name, info, buffer);
    TRY(copyOne(*folder, name, info, buffer));
    return {};
}

/// With the lock of links: the second name of a file waits until the first is whole.
Result<void> FolderCopy::copyLinked(const Folder& folder, const std::string& name, const struct stat& info,
                                    Buffer& buffer) {
    const std::lock_guard lock(m_linksMutex);
    const std::pair<dev_t, ino_t> key(info.st_dev, info.st_ino);
    const std::string path = folder.path + name;
    const auto known = m_links.find(key);
    if (known == m_links.end()) {
        TRY_ASSIGN(const bool isMade, copyOne(folder, name, info, buffer));
        if (isMade)
            m_links.emplace(key, path);
        return {};
    }
    if (::linkat(m_target, known->second.c_str(), folder.target.get(), name.c_str(), 0) != 0)
        return failErrno("cannot make " + quotedName(path) + " a hard link to " + quotedName(known->second));
    ++m_entries;
    return {};
}

/// False: it has gone, or is what is left out.
Result<bool> FolderCopy::copyOne(const Folder& folder, const std::string& name, struct stat info,
                                 Buffer& buffer) {
    if (S_ISREG(info.st_mode))
        return copyFile(folder, name, buffer);
    const int to = folder.target.get();
    const auto what = [&] { return quotedName(folder.path + name); };
    if (S_ISLNK(info.st_mode)) {
        const auto link = readLinkAt(folder.source.get(), name);
        if (!link)
            return false;
        if (::symlinkat(link->c_str(), to, name.c_str()) != 0)
            return failErrno("cannot make the link " + what());
    } else if (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || isWhiteoutFile(info)) {
        if (::mknodat(to, name.c_str(), info.st_mode & (S_IFMT | 0777), 0) != 0)
            return failErrno("cannot make " + what());
    } else {
        return false;
    }
    if (::fchownat(to, name.c_str(), info.st_uid, info.st_gid, AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot change the owner of " + what());
    if (::utimensat(to, name.c_str(), timesOf(info).data(), AT_SYMLINK_NOFOLLOW) != 0)
        return failErrno("cannot set the times of " + what());
    ++m_entries;
    return true;
}

Result<bool> FolderCopy::copyFile(const Folder& folder, const std::string& name, Buffer& buffer) {
    const UniqueFd from = openStep(folder.source.get(), name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!from && (errno == ENOENT || errno == ELOOP || errno == EXDEV || errno == ENXIO))
        return false;
    const std::string path = folder.path + name;
    struct stat info {};
    if (!from || ::fstat(from.get(), &info) != 0)
        return failErrno("cannot open " + quotedName(path));
    if (!S_ISREG(info.st_mode))
        return false;
    // With its mode at once: nobody else reaches the tree. What chown(2) would clear comes after it.
    const UniqueFd to(::openat(folder.target.get(), name.c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, info.st_mode & 0777));
    if (!to)
        return failErrno("cannot make " + quotedName(path));
    TRY_ASSIGN(const std::uint64_t bytes, m_content.copy(from.get(), to.get(), info, path, buffer));
    m_bytes += bytes;
    if (::fchown(to.get(), info.st_uid, info.st_gid) != 0)
        return failErrno("cannot change the owner of " + quotedName(path));
    if ((info.st_mode & 07000) != 0 && ::fchmod(to.get(), info.st_mode & 07777) != 0)
        return failErrno("cannot change the mode of " + quotedName(path));
    TRY(applyXattrs(to.get(), path, readXattrs(from.get())));
    if (::futimens(to.get(), timesOf(info).data()) != 0)
        return failErrno("cannot set the times of " + quotedName(path));
    ++m_entries;
    return true;
}

} // namespace

Result<CopiedTree> copyFolder(int source, int target) {
    return FolderCopy(source, target).run();
}

} // namespace escale
