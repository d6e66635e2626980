#include "engine/image/upper_watch.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/valid_text.h"
#include "engine/image/upper_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <map>
#include <poll.h>
#include <set>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// Of the machine's watches, which are root's all together; other folders are found by looking.
constexpr std::size_t kMostWatches = 1024;
constexpr std::size_t kMostHeld = 1U << 20; // bytes of lines
constexpr Clock::duration kLookEvery = 500ms;
constexpr int kIdleForEachBusy = 19; // of the looks at everything
constexpr Clock::duration kGather = 50ms;
constexpr std::uint32_t kEvents = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY |
                                  IN_ATTRIB | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;

const char* wordFor(UpperChange change) {
    switch (change) {
    case UpperChange::CopiedUp:
        return "copied-up";
    case UpperChange::Changed:
        return "changed";
    case UpperChange::Removed:
        return "removed";
    case UpperChange::Opaque:
        return "opaque";
    case UpperChange::Gone:
        return "gone";
    case UpperChange::Created:
        break;
    }
    return "created";
}

const char* kindOf(mode_t type) {
    return type == S_IFREG ? "file" : type == S_IFDIR ? "folder" : type == S_IFLNK ? "link" : "other";
}

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// What the kernel has told, by folder.
class FolderWatches {
public:
    /// Where the kernel gives no watches there are none.
    FolderWatches()
        : m_inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {}
    [[nodiscard]] int fd() const { return m_inotify.get(); }
    void add(const std::string& path);
    void remove(const std::string& path);

    struct Told {
        std::map<std::string, std::set<std::string>> names; // by folder
        bool isTooMuch = false;                             // more than the kernel keeps
    };
    /// All that is there.
    void take(Told& told);

private:
    void take(const inotify_event& event, Told& told);
    UniqueFd m_inotify;
    std::unordered_map<int, std::string> m_paths;
    std::unordered_map<std::string, int> m_watches;
};

void FolderWatches::add(const std::string& path) {
    if (!m_inotify || m_paths.size() >= kMostWatches)
        return;
    const int watch = ::inotify_add_watch(m_inotify.get(), ("/" + path).c_str(), kEvents);
    if (watch < 0)
        return;
    // One that was moved keeps its watch.
    if (const auto before = m_paths.find(watch); before != m_paths.end())
        m_watches.erase(before->second);
    m_paths[watch] = path;
    m_watches[path] = watch;
}

void FolderWatches::remove(const std::string& path) {
    const auto watch = m_watches.find(path);
    if (watch == m_watches.end())
        return;
    (void)::inotify_rm_watch(m_inotify.get(), watch->second);
    m_paths.erase(watch->second);
    m_watches.erase(watch);
}

void FolderWatches::take(const inotify_event& event, Told& told) {
    if ((event.mask & IN_Q_OVERFLOW) != 0)
        told.isTooMuch = true;
    const auto found = m_paths.find(event.wd);
    if (found == m_paths.end())
        return;
    const std::string path = found->second;
    if ((event.mask & IN_IGNORED) != 0) {
        // The folder is gone; another one may have its name already.
        m_watches.erase(path);
        m_paths.erase(found);
        add(path);
    } else if (event.len > 0) {
        told.names[path].insert(event.name);
    }
}

void FolderWatches::take(Told& told) {
    alignas(inotify_event) std::array<char, 64 * 1024> buffer{};
    for (;;) {
        const ssize_t size = ::read(m_inotify.get(), buffer.data(), buffer.size());
        if (size <= 0)
            return;
        for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
            const auto* event =
                reinterpret_cast<const inotify_event*>(&buffer.at(at)); // NOLINT: as inotify(7) has it
            take(*event, told);
            at += sizeof *event + event->len;
        }
    }
}

class UpperWatch {
public:
    UpperWatch(int upper, const std::vector<UniqueFd>& layers, int output)
        : m_upper(upper)
        , m_output(output)
        , m_folder(upper, layers,
                   {[this](const UpperNews& news) { line(news); },
                    [this](const std::string& path) { m_watches.add(path); },
                    [this](const std::string& path) { m_watches.remove(path); }}) {}
    Result<void> run();

private:
    enum class Woken : std::uint8_t { ByTime, ByChange, ByReader };
    [[nodiscard]] Result<Woken> waitUntil(Clock::time_point time, bool forChanges) const;
    Result<void> look();
    Result<void> lookAtTold();
    void line(const UpperNews& news);
    void send();

    int m_upper;
    int m_output;
    FolderWatches m_watches;
    UpperFolder m_folder;
    Clock::time_point m_nextLook;
    Clock::time_point m_nextTold;
    std::string m_lines;
    Result<bool> m_isRead = true; // whether somebody does, or why nothing can be written
};

void UpperWatch::line(const UpperNews& news) {
    Json line;
    line.set("time", now());
    line.set("path", validText(news.path)); // a name may be any bytes, JSON may not
    line.set("change", wordFor(news.change));
    line.set("kind", kindOf(news.type));
    line.set("size", news.size);
    line.set("blocks", news.blocks);
    m_lines += line.dump() + '\n';
    if (m_lines.size() > kMostHeld)
        send();
}

void UpperWatch::send() {
    const bool isGoing = m_isRead && *m_isRead;
    if (const auto written = isGoing ? writeAll(m_output, m_lines, "what has changed") : Result<void>();
        !written) {
        m_isRead = false;
        if (errno != EPIPE)
            m_isRead = fail(written.error());
    }
    m_lines.clear();
}

Result<UpperWatch::Woken> UpperWatch::waitUntil(Clock::time_point time, bool forChanges) const {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - Clock::now()).count();
        std::array<pollfd, 2> entries{{{m_output, 0, 0}, {forChanges ? m_watches.fd() : -1, POLLIN, 0}}};
        const int ready =
            ::poll(entries.data(), entries.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return failErrno("cannot wait for changes");
        if ((entries[0].revents & POLLERR) != 0)
            return Woken::ByReader;
        return ready == 0 ? Woken::ByTime : Woken::ByChange;
    }
}

Result<void> UpperWatch::look() {
    struct stat info {};
    if (::fstat(m_upper, &info) != 0 || info.st_nlink == 0)
        return fail(ErrorCode::NotFound, "the container has been removed");
    const auto begin = Clock::now();
    TRY(m_folder.look());
    const auto end = Clock::now();
    m_nextLook = end + std::max(kLookEvery, (end - begin) * kIdleForEachBusy);
    return {};
}

Result<void> UpperWatch::lookAtTold() {
    const auto begin = Clock::now();
    FolderWatches::Told told;
    m_watches.take(told);
    if (told.isTooMuch)
        m_nextLook = begin;
    for (const auto& [path, names] : told.names)
        TRY(m_folder.lookAt(path, names));
    m_nextTold = Clock::now() + std::max(kGather, (Clock::now() - begin) * 4);
    return {};
}

Result<void> UpperWatch::run() {
    TRY(look());
    m_lines += "{\"listed\":true}\n";
    m_nextTold = Clock::now();
    for (;;) {
        send();
        TRY_ASSIGN(const bool isRead, m_isRead);
        if (!isRead)
            return {};
        // Changes come in crowds, and are told together.
        TRY_ASSIGN(Woken woken, waitUntil(std::min(m_nextLook, m_nextTold), false));
        if (woken == Woken::ByTime) {
            TRY_ASSIGN(woken, waitUntil(m_nextLook, true));
        }
        if (woken == Woken::ByReader)
            return {};
        if (woken == Woken::ByChange)
            TRY(lookAtTold());
        else
            TRY(look());
    }
}

} // namespace

Result<void> watchUpper(int upper, const std::vector<UniqueFd>& layers, int output) {
    return UpperWatch(upper, layers, output).run();
}

} // namespace escale
