#include "engine/build/context_list.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::size_t kDeepest = 256; // folders: each holds a descriptor while it is read
constexpr std::size_t kTellEvery = 512;

class Lister {
public:
    Lister(const IgnoreFile& ignored, const Cancellation& cancellation,
           const std::function<void(std::size_t)>& progress)
        : m_ignored(ignored)
        , m_cancellation(cancellation)
        , m_progress(progress) {}

    Result<void> readFolder(int parent, const std::string& name, const std::string& path, std::size_t depth) {
        if (depth > kDeepest)
            return fail(ErrorCode::InvalidArgument, path + " lies too deep: " + std::to_string(kDeepest) +
                                                        " folders are as many as can be in one another");
        TRY(m_cancellation.check());
        auto folder = openFileAt(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (!folder)
            return fail(std::move(folder).error().prefixed(path.empty() ? "the folder of the build" : path));
        TRY_ASSIGN(const auto names, namesIn(folder->get(), path));
        for (const auto& each : names)
            TRY(take(folder->get(), each, path.empty() ? each : path + '/' + each, depth));
        return {};
    }
    std::vector<ContextEntry> entries;

private:
    static Result<std::vector<std::string>> namesIn(int folder, const std::string& path) {
        const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(::fcntl(folder, F_DUPFD_CLOEXEC, 0)),
                                                         ::closedir);
        if (!stream)
            return failErrno("cannot read the folder " + (path.empty() ? "of the build" : path));
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(stream.get())) {
            if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
                names.emplace_back(entry->d_name);
        }
        if (errno != 0)
            return failErrno("cannot read the folder " + (path.empty() ? "of the build" : path));
        std::sort(names.begin(), names.end());
        return names;
    }

    Result<void> take(int folder, const std::string& name, std::string path, std::size_t depth) {
        struct stat info {};
        if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT ? Result<void>() : failErrno("cannot look at " + path);
        const bool isFolder = S_ISDIR(info.st_mode);
        const bool isIgnored = m_ignored.ignores(path);
        if (isIgnored && (!isFolder || m_ignored.ignoresAllIn(path)))
            return {};
        ContextEntry entry{std::move(path), info.st_mode, 0, 0, {}};
        if (S_ISLNK(info.st_mode)) {
            TRY_ASSIGN(entry.target, targetOf(folder, name, entry.path));
        } else if (S_ISREG(info.st_mode)) {
            entry.size = static_cast<std::uint64_t>(info.st_size);
        } else if (!isFolder) {
            return {};
        }
        entry.modified = nanosecondsOf(info.st_mtim);
        const std::string place = entry.path;
        const std::size_t before = entries.size();
        TRY(add(std::move(entry)));
        if (!isFolder)
            return {};
        TRY(readFolder(folder, name, place, depth + 1));
        // It was entered for what may come back; nothing did.
        if (isIgnored && entries.size() == before + 1)
            entries.pop_back();
        return {};
    }

    Result<void> add(ContextEntry entry) {
        if (entries.size() == kMostEntries)
            return fail(ErrorCode::InvalidArgument, "the folder of the build holds more than a million files",
                        "Leave out what the build does not need: a line for each in .dockerignore.");
        entries.push_back(std::move(entry));
        if (m_progress && entries.size() % kTellEvery == 0) {
            m_progress(entries.size());
            TRY(m_cancellation.check());
        }
        return {};
    }

    static Result<std::string> targetOf(int folder, const std::string& name, const std::string& path) {
        std::array<char, PATH_MAX> target{};
        const ssize_t size = ::readlinkat(folder, name.c_str(), target.data(), target.size());
        if (size < 0)
            return failErrno("cannot read the link " + path);
        return std::string(target.data(), static_cast<std::size_t>(size));
    }

    const IgnoreFile& m_ignored;
    const Cancellation& m_cancellation;
    const std::function<void(std::size_t)>& m_progress;
};

} // namespace

Result<std::vector<ContextEntry>> listContext(int folder, const IgnoreFile& ignored,
                                              const Cancellation& cancellation,
                                              const std::function<void(std::size_t)>& progress) {
    Lister lister(ignored, cancellation, progress);
    TRY(lister.readFolder(folder, ".", {}, 0));
    return std::move(lister.entries);
}

// "/" sorts before every other byte, so that a folder's content follows it.
bool comesBefore(const std::string& a, const std::string& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto rank = [](char c) { return c == '/' ? 0U : static_cast<unsigned char>(c) + 1U; };
        return rank(x) < rank(y);
    });
}

ContextChanges compareContexts(const std::vector<ContextEntry>& old, const std::vector<ContextEntry>& now) {
    ContextChanges changes;
    auto before = old.begin();
    auto after = now.begin();
    while (before != old.end() || after != now.end()) {
        if (after == now.end() || (before != old.end() && comesBefore(before->path, after->path))) {
            changes.removed.push_back((before++)->path);
        } else if (before == old.end() || comesBefore(after->path, before->path)) {
            changes.needed.push_back((after++)->path);
        } else {
            if ((before->mode & S_IFMT) != (after->mode & S_IFMT))
                changes.removed.push_back(before->path);
            if (*before != *after)
                changes.needed.push_back(after->path);
            ++before;
            ++after;
        }
    }
    return changes;
}

bool leadsOut(const ContextEntry& link) {
    if (!S_ISLNK(link.mode))
        return false;
    if (!link.target.empty() && link.target.front() == '/')
        return true;
    const auto slash = link.path.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : link.path.substr(0, slash + 1);
    const std::string place = cleanPath(folder + link.target);
    return place == ".." || place.compare(0, 3, "../") == 0;
}

} // namespace escale
