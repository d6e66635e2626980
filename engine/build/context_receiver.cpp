// Two files make it safe to be cut anywhere: "index", replaced at the end, and "changing", the paths that are
// about to change, written before the first of them does. Who finds "changing" removes those paths and takes
// them from the index. Neither is synced: after a crash of the machine the files are read again.
#include "engine/build/context_receiver.h"

#include "engine/base/byte_stream.h"
#include "engine/base/clock.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/build/context_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr const char* kFiles = "files";
constexpr const char* kIndex = "index";
constexpr const char* kChanging = "changing";
constexpr std::size_t kLargestIndex = 768u << 20;
constexpr std::size_t kNeededFrame = 128 * 1024;
constexpr std::uint64_t kTellEveryFiles = 256;
constexpr std::uint64_t kTellEveryBytes = 4u << 20;

std::array<timespec, 2> timesOf(std::int64_t modified) {
    return {timespecOf(modified), timespecOf(modified)};
}

Result<void> replaceFile(int folder, const std::string& name, std::string_view bytes) {
    const std::string next = name + ".new";
    if (::unlinkat(folder, next.c_str(), 0) != 0 && errno != ENOENT)
        return failErrno("cannot replace the build context's " + name);
    TRY_ASSIGN(const UniqueFd file, openFileAt(folder, next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    TRY(writeAll(file.get(), bytes, "the build context's " + name));
    if (::renameat(folder, next.c_str(), folder, name.c_str()) != 0)
        return failErrno("cannot replace the build context's " + name);
    return {};
}

Result<std::string> readOwnFile(int folder, const char* name) {
    auto file = openFileAt(folder, name, O_RDONLY | O_NOFOLLOW);
    if (!file && file.error().code == ErrorCode::NotFound)
        return std::string();
    if (!file)
        return fail(std::move(file).error());
    return readFd(file->get(), kLargestIndex);
}

/// Folders of "files/", of which the last one stays open: entries of one folder follow each other. No link is
/// followed.
class Places {
public:
    explicit Places(int files)
        : m_files(files) {}
    Result<int> folder(const std::string& path) {
        if (!m_open || path != m_path) {
            m_open.reset();
            TRY_ASSIGN(m_open, openBeneath(m_files, path.empty() ? "." : path, O_RDONLY | O_DIRECTORY));
            m_path = path;
        }
        return m_open.get();
    }
    void forget() { m_open.reset(); }

private:
    int m_files;
    std::string m_path;
    UniqueFd m_open;
};

/// Nothing is left of the path; not being there is as good.
Result<void> removePath(Places& places, const std::string& path) {
    const auto [parent, name] = splitName(path);
    const auto folder = places.folder(parent);
    if (!folder)
        return folder.error().code == ErrorCode::NotFound ? Result<void>() : fail(folder.error());
    if (::unlinkat(*folder, name.c_str(), 0) == 0 || errno == ENOENT || errno == ENOTDIR)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno("cannot remove " + path + " from the build context");
    TRY(removeTreeAt(*folder, name));
    places.forget();
    return {};
}

Result<UniqueFd> openFiles(int folder) {
    if (::mkdirat(folder, kFiles, 0755) != 0 && errno != EEXIST)
        return failErrno("cannot make the build context's folder");
    return openBeneath(folder, kFiles, O_RDONLY | O_DIRECTORY);
}

Result<ContentHash> hashFile(int file, std::string& buffer) {
    DigestHasher hasher;
    buffer.resize(256 * 1024);
    for (;;) {
        const ssize_t size = ::read(file, buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read a file of the build context");
        if (size == 0)
            return hashOf(hasher.finish());
        hasher.update(buffer.data(), static_cast<std::size_t>(size));
    }
}

/// Leaves out what `keeps` refuses.
template <class Keeps>
void filterIndex(ContextIndex& index, const Keeps& keeps) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < index.entries.size(); ++i) {
        if (!keeps(i))
            continue;
        if (kept != i) {
            index.entries[kept] = std::move(index.entries[i]);
            index.hashes[kept] = index.hashes[i];
        }
        ++kept;
    }
    index.entries.resize(kept);
    index.hashes.resize(kept);
}

bool isWhole(int folder, const std::string& name, const ContextEntry& entry, const ContentHash& hash,
             std::string& buffer) {
    struct stat info {};
    if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        (info.st_mode & S_IFMT) != (entry.mode & S_IFMT))
        return false;
    if (S_ISLNK(entry.mode)) {
        std::array<char, PATH_MAX> target{};
        const ssize_t size = ::readlinkat(folder, name.c_str(), target.data(), target.size());
        return size >= 0 && std::string_view(target.data(), static_cast<std::size_t>(size)) == entry.target;
    }
    if (!S_ISREG(entry.mode))
        return true;
    // Layers share the file with its attributes.
    const timespec time = timespecOf(entry.modified);
    if (info.st_mode != entry.mode || info.st_mtim.tv_sec != time.tv_sec ||
        info.st_mtim.tv_nsec != time.tv_nsec)
        return false;
    const auto file = openFileAt(folder, name, O_RDONLY | O_NOFOLLOW);
    const auto found = file ? hashFile(file->get(), buffer) : Result<ContentHash>(fail(file.error()));
    return found && *found == hash;
}

/// Leaves only what is on the disk as the index says.
Result<void> verify(int files, ContextIndex& index) {
    Places places(files);
    std::string buffer;
    std::vector<bool> isGood(index.entries.size(), true);
    for (std::size_t i = 0; i < index.entries.size(); ++i) {
        const ContextEntry& entry = index.entries[i];
        const auto [parent, name] = splitName(entry.path);
        const auto folder = places.folder(parent);
        isGood[i] = folder && isWhole(*folder, name, entry, index.hashes[i], buffer);
    }
    for (std::size_t i = index.entries.size(); i-- > 0;) {
        if (!isGood[i])
            TRY(removePath(places, index.entries[i].path));
    }
    // Without a folder there is nothing of what was in it.
    std::string gone;
    filterIndex(index, [&](std::size_t i) {
        const std::string& path = index.entries[i].path;
        if (!gone.empty() && path.starts_with(gone))
            return false;
        if (!isGood[i] && S_ISDIR(index.entries[i].mode))
            gone = path + '/';
        return static_cast<bool>(isGood[i]);
    });
    return {};
}

/// The paths that a sync which was cut was about to change.
Result<void> settle(int folder, int files, ContextIndex& index) {
    TRY_ASSIGN(const std::string changing, readOwnFile(folder, kChanging));
    if (changing.empty())
        return {};
    std::set<std::string> doubtful;
    ByteReader reader(changing);
    while (!reader.isAtEnd()) {
        TRY_ASSIGN(std::string path, reader.text(PATH_MAX));
        doubtful.insert(std::move(path));
    }
    Places places(files);
    for (auto path = doubtful.rbegin(); path != doubtful.rend(); ++path)
        TRY(removePath(places, *path));
    std::string gone;
    filterIndex(index, [&](std::size_t i) {
        const std::string& path = index.entries[i].path;
        if (!gone.empty() && path.starts_with(gone))
            return false;
        const bool isDoubtful = doubtful.count(path) != 0;
        if (isDoubtful)
            gone = path + '/';
        return !isDoubtful;
    });
    TRY(replaceFile(folder, kIndex, writeContextIndex(index)));
    return ::unlinkat(folder, kChanging, 0) == 0 ? Result<void>()
                                                 : failErrno("cannot tidy the build context");
}

class ContextReceiver {
public:
    ContextReceiver(int folder, int socket, ContextIndex& index,
                    const std::function<void(const ContextTotals&)>& progress,
                    const Cancellation& cancellation)
        : m_folder(folder)
        , m_index(index)
        , m_progress(progress)
        , m_reader(socket, cancellation)
        , m_writer(socket, cancellation) {}

    Result<ContextTotals> run() {
        auto received = receive();
        if (received)
            return m_totals;
        (void)m_writer.sendFailure(received.error()); // when the sender has gone, nobody needs to know
        return fail(std::move(received).error());
    }

private:
    Result<void> receive() {
        TRY(readList());
        const ContextChanges changes = compareContexts(m_index.entries, m_now);
        findNeeded(changes);
        TRY(ask());
        if (changes.needed.empty() && changes.removed.empty())
            return finish();
        TRY_ASSIGN(const UniqueFd files, openFiles(m_folder));
        Places places(files.get());
        TRY(announce(changes));
        auto written = write(places, changes);
        // Also what a failure has left: all that is whole.
        keepWhatIsWhole();
        TRY(setFolders(places));
        TRY(replaceFile(m_folder, kIndex, writeContextIndex(m_index)));
        if (::unlinkat(m_folder, kChanging, 0) != 0 && errno != ENOENT)
            return failErrno("cannot tidy the build context");
        TRY(std::move(written));
        return finish();
    }

    Result<void> readList() {
        TRY_ASSIGN(const ReceivedFrame hello, m_reader.next());
        ByteReader reader(hello.bytes);
        if (hello.kind != ContextFrame::Hello || reader.number<std::uint32_t>() != kContextVersion)
            return fail(ErrorCode::Untrusted, "the build's files are sent in a way that is not known here",
                        "The program that builds and the engine are of different versions.");
        ContextListReader list;
        for (;;) {
            TRY_ASSIGN(const ReceivedFrame frame, m_reader.next());
            if (frame.kind == ContextFrame::EntriesEnd)
                break;
            if (frame.kind != ContextFrame::Entries)
                return unexpected();
            TRY(list.take(frame.bytes));
        }
        m_now = list.finish();
        m_totals.entries = m_now.size();
        for (const ContextEntry& entry : m_now)
            m_totals.size += entry.size;
        return {};
    }

    static tl::unexpected<Error> unexpected() {
        return fail(ErrorCode::Untrusted, "the stream of the build's files is not as it was agreed");
    }

    /// The numbers of what is needed, in the list's order.
    void findNeeded(const ContextChanges& changes) {
        auto path = changes.needed.begin();
        for (std::size_t i = 0; i < m_now.size() && path != changes.needed.end(); ++i) {
            if (m_now[i].path == *path) {
                m_needed.push_back(static_cast<std::uint32_t>(i));
                ++path;
            }
        }
    }

    Result<void> ask() {
        std::string bytes;
        for (const std::uint32_t number : m_needed) {
            if (!S_ISREG(m_now[number].mode))
                continue;
            ByteWriter(bytes).number(number);
            if (bytes.size() < kNeededFrame)
                continue;
            TRY(m_writer.send(ContextFrame::Needed, bytes));
            bytes.clear();
        }
        TRY(m_writer.send(ContextFrame::Needed, bytes));
        TRY(m_writer.send(ContextFrame::NeededEnd));
        return m_writer.flush();
    }

    Result<void> finish() {
        if (!m_hasEnded) {
            TRY_ASSIGN(const ReceivedFrame end, m_reader.next());
            if (end.kind != ContextFrame::End)
                return unexpected();
        }
        TRY(m_writer.send(ContextFrame::Done));
        return m_writer.flush();
    }

    Result<void> announce(const ContextChanges& changes) {
        std::string bytes;
        ByteWriter writer(bytes);
        for (const std::string& path : changes.removed)
            writer.text(path);
        for (const std::uint32_t number : m_needed) {
            if (!isFolderAlready(m_now[number])) // it stays; what changes in it is told for itself
                writer.text(m_now[number].path);
        }
        return replaceFile(m_folder, kChanging, bytes);
    }

    [[nodiscard]] bool isFolderAlready(const ContextEntry& entry) const {
        const std::size_t at =
            S_ISDIR(entry.mode) ? findContextEntry(m_index.entries, entry.path) : m_index.entries.size();
        return at < m_index.entries.size() && S_ISDIR(m_index.entries[at].mode);
    }

    Result<void> write(Places& places, const ContextChanges& changes) {
        for (auto path = changes.removed.rbegin(); path != changes.removed.rend(); ++path) {
            TRY(removePath(places, *path));
            m_touched.insert(splitName(*path).first);
        }
        places.forget();
        m_hashes.resize(m_needed.size());
        m_isWhole.assign(m_needed.size(), false);
        for (std::size_t i = 0; i < m_needed.size(); ++i) {
            const ContextEntry& entry = m_now[m_needed[i]];
            const auto [parent, name] = splitName(entry.path);
            TRY_ASSIGN(const int folder, places.folder(parent));
            if (m_touched.empty() || m_lastTouched != parent) {
                m_touched.insert(parent);
                m_lastTouched = parent;
            }
            if (S_ISDIR(entry.mode)) {
                TRY(makeFolder(places, folder, name, entry));
            } else if (S_ISLNK(entry.mode)) {
                TRY(removePath(places, entry.path));
                const auto times = timesOf(entry.modified);
                if (::symlinkat(entry.target.c_str(), folder, name.c_str()) != 0 ||
                    ::utimensat(folder, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0)
                    return failErrno("cannot make the link " + entry.path + " of the build context");
            } else {
                auto hash = receiveFile(folder, name, m_needed[i]);
                if (!hash) {
                    (void)::unlinkat(folder, name.c_str(), 0); // the half of it; the index does not name it
                    return fail(std::move(hash).error());
                }
                m_hashes[i] = *hash;
            }
            m_isWhole[i] = true;
        }
        TRY_ASSIGN(const ReceivedFrame end, m_reader.next());
        if (end.kind != ContextFrame::End)
            return unexpected();
        m_hasEnded = true;
        return {};
    }

    Result<void> makeFolder(Places& places, int folder, const std::string& name, const ContextEntry& entry) {
        m_touched.insert(entry.path); // it gets its mode and time at the end
        if (::mkdirat(folder, name.c_str(), 0700) == 0)
            return {};
        struct stat info {};
        if (errno == EEXIST && ::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(info.st_mode))
            return {};
        TRY(removePath(places, entry.path));
        return ::mkdirat(folder, name.c_str(), 0700) == 0
                   ? Result<void>()
                   : failErrno("cannot make the folder " + entry.path + " of the build context");
    }

    /// A new file: the one that has the name now may be part of a layer as well.
    Result<UniqueFd> createFile(int folder, const std::string& name, const ContextEntry& entry) {
        constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        UniqueFd file(::openat(folder, name.c_str(), kNew, entry.mode & 0777));
        if (!file && errno == EEXIST) {
            if (::unlinkat(folder, name.c_str(), 0) != 0 && (errno == EISDIR || errno == EPERM))
                TRY(removeTreeAt(folder, name));
            file.reset(::openat(folder, name.c_str(), kNew, entry.mode & 0777));
        }
        if (!file)
            return failErrno("cannot make the file " + entry.path + " of the build context");
        return file;
    }

    Result<ContentHash> receiveFile(int folder, const std::string& name, std::uint32_t number) {
        const ContextEntry& entry = m_now[number];
        // Before the file: what does not come leaves none.
        TRY_ASSIGN(ReceivedFrame frame, m_reader.next());
        ByteReader head(frame.bytes);
        TRY_ASSIGN(const auto told, head.number<std::uint32_t>());
        if (frame.kind != ContextFrame::Content || told != number)
            return unexpected();
        TRY_ASSIGN(const UniqueFd file, createFile(folder, name, entry));
        std::string_view bytes = frame.bytes.substr(sizeof told);
        DigestHasher hasher;
        std::uint64_t left = entry.size;
        for (;;) {
            if (bytes.size() > left || (bytes.empty() && left > 0))
                return fail(ErrorCode::Untrusted,
                            "the content of " + entry.path + " is not as long as the list of files says");
            TRY(writeAll(file.get(), bytes, entry.path));
            hasher.update(bytes);
            left -= bytes.size();
            m_totals.bytes += bytes.size();
            m_untold += bytes.size();
            if (m_untold >= kTellEveryBytes)
                tell();
            if (left == 0)
                break;
            TRY_ASSIGN(frame, m_reader.next());
            if (frame.kind != ContextFrame::More)
                return unexpected();
            bytes = frame.bytes;
        }
        const auto times = timesOf(entry.modified);
        if (((entry.mode & 07000) != 0 && ::fchmod(file.get(), entry.mode & 07777) != 0) ||
            ::futimens(file.get(), times.data()) != 0)
            return failErrno("cannot set the attributes of " + entry.path + " of the build context");
        if (++m_totals.files % kTellEveryFiles == 0)
            tell();
        return hashOf(hasher.finish());
    }

    void tell() {
        m_untold = 0;
        if (m_progress)
            m_progress(m_totals);
    }

    /// The index becomes what is on the disk now: the list's entries that were kept or have come whole, and,
    /// when it was cut, none in a folder that is not there.
    void keepWhatIsWhole() {
        ContextIndex next;
        next.boot = m_index.boot;
        next.entries.reserve(m_now.size());
        next.hashes.reserve(m_now.size());
        std::size_t old = 0, needed = 0;
        for (std::size_t i = 0; i < m_now.size(); ++i) {
            while (old < m_index.entries.size() && comesBefore(m_index.entries[old].path, m_now[i].path))
                ++old;
            const std::size_t at = needed;
            if (needed == m_needed.size() || m_needed[needed] != i) {
                next.hashes.push_back(m_index.hashes[old]);
                next.entries.push_back(std::move(m_now[i]));
            } else if (++needed; at < m_isWhole.size() && m_isWhole[at]) {
                next.hashes.push_back(m_hashes[at]);
                next.entries.push_back(std::move(m_now[i]));
            } else if (isFolderAlready(m_now[i])) {
                next.hashes.push_back({}); // as it was: what is in it may be whole
                next.entries.push_back(m_index.entries[old]);
            }
        }
        m_index = std::move(next);
    }

    /// What was made or removed in a folder has changed its time.
    Result<void> setFolders(Places& places) {
        for (auto path = m_touched.rbegin(); path != m_touched.rend(); ++path) {
            const std::size_t at = findContextEntry(m_index.entries, *path);
            if (at == m_index.entries.size() || !S_ISDIR(m_index.entries[at].mode))
                continue; // the top, or it is gone
            const ContextEntry& entry = m_index.entries[at];
            TRY_ASSIGN(const int folder, places.folder(*path));
            const auto times = timesOf(entry.modified);
            if (::fchmod(folder, entry.mode & 07777) != 0 || ::futimens(folder, times.data()) != 0)
                return failErrno("cannot set the attributes of " + entry.path + " of the build context");
        }
        return {};
    }

    int m_folder;
    ContextIndex& m_index;
    const std::function<void(const ContextTotals&)>& m_progress;
    FrameReader m_reader;
    FrameWriter m_writer;
    std::vector<ContextEntry> m_now;
    std::vector<std::uint32_t> m_needed; // numbers in it
    std::vector<ContentHash> m_hashes;   // one a needed entry
    std::vector<bool> m_isWhole;         // the same
    std::set<std::string> m_touched;     // folders
    std::string m_lastTouched;
    bool m_hasEnded = false;
    std::uint64_t m_untold = 0;
    ContextTotals m_totals;
};

} // namespace

Result<ContextIndex> loadContext(int folder, const std::string& boot) {
    TRY_ASSIGN(const std::string bytes, readOwnFile(folder, kIndex));
    auto index = readContextIndex(bytes);
    if (!index) {
        TRY(removeTreeAt(folder, kFiles));
        for (const char* name : {kIndex, kChanging}) {
            if (::unlinkat(folder, name, 0) != 0 && errno != ENOENT)
                return failErrno("cannot tidy the build context");
        }
        TRY(openFiles(folder));
        return ContextIndex{boot, {}, {}};
    }
    TRY_ASSIGN(const UniqueFd files, openFiles(folder));
    TRY(settle(folder, files.get(), *index));
    if (index->boot == boot)
        return index;
    TRY(verify(files.get(), *index));
    index->boot = boot;
    TRY(replaceFile(folder, kIndex, writeContextIndex(*index)));
    return index;
}

Result<ContextTotals> receiveContext(int folder, int socket, ContextIndex& index,
                                     const std::function<void(const ContextTotals&)>& progress,
                                     const Cancellation& cancellation) {
    return ContextReceiver(folder, socket, index, progress, cancellation).run();
}

} // namespace escale
