#include "engine/network/resolv_conf_watch.h"

#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <set>
#include <sys/inotify.h>

namespace escale {
namespace {

constexpr auto kFolderEvents =
    IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_ONLYDIR;
constexpr auto kFileEvents = IN_CLOSE_WRITE | IN_MOVE_SELF | IN_DELETE_SELF;

std::string folderOf(const std::string& path) {
    return path.substr(0, path.rfind('/') + 1);
}
std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}
std::string targetOf(const std::string& path) {
    std::array<char, PATH_MAX> real{};
    return ::realpath(path.c_str(), real.data()) != nullptr ? real.data() : path;
}

} // namespace

Result<ResolvConfWatch> ResolvConfWatch::open(std::string path) {
    ResolvConfWatch watch;
    watch.m_path = std::move(path);
    watch.m_fd = UniqueFd(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!watch.m_fd)
        return failErrno("cannot watch " + watch.m_path);
    watch.follow();
    return watch;
}

/// Adding a watch that is there already changes nothing.
void ResolvConfWatch::follow() {
    const std::string target = targetOf(m_path);
    for (const auto& folder : {folderOf(m_path), folderOf(target)})
        ::inotify_add_watch(m_fd.get(), folder.c_str(), kFolderEvents);
    ::inotify_add_watch(m_fd.get(), target.c_str(), kFileEvents); // also one that is mounted there
}

bool ResolvConfWatch::takeChange() {
    const std::set<std::string> names{nameOf(m_path), nameOf(targetOf(m_path)), ""};
    bool isChanged = false;
    alignas(inotify_event) std::array<char, 16 * 1024> bytes{};
    for (ssize_t size = 0; (size = ::read(m_fd.get(), bytes.data(), bytes.size())) > 0;) {
        for (ssize_t at = 0; at < size;) {
            inotify_event event{};
            std::memcpy(&event, bytes.data() + at, sizeof event);
            const char* name = event.len > 0 ? bytes.data() + at + sizeof event : "";
            isChanged = isChanged || (names.contains(name) && (event.mask & IN_IGNORED) == 0);
            at += static_cast<ssize_t>(sizeof event + event.len);
        }
    }
    if (isChanged)
        follow();
    return isChanged;
}

} // namespace escale
