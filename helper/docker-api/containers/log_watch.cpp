#include "helper/docker-api/containers/log_watch.h"

#include "engine/base/thread.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

// Whether the descriptor's file is called "NAME.3" by now (engine/runtime/monitor/log_files.h).
bool isPutAside(const std::string& descriptor) {
    std::string name(PATH_MAX, '\0');
    const ssize_t size = ::readlink(descriptor.c_str(), name.data(), name.size());
    name.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    const std::size_t digits = name.find_last_not_of("0123456789");
    return digits != std::string::npos && digits + 1 < name.size() && name[digits] == '.';
}

} // namespace

LogFollower::~LogFollower() {
    LogWatch::ofThisProcess().forget(*this);
}

bool LogFollower::takeNews() {
    m_wakeup.clear();
    return m_wasMoved.exchange(false);
}

void LogFollower::wake(bool wasMoved) {
    if (wasMoved)
        m_wasMoved = true;
    m_wakeup.wake();
}

LogWatch& LogWatch::ofThisProcess() {
    static LogWatch watch;
    return watch;
}

Result<std::shared_ptr<LogFollower>> LogWatch::follow(int file) {
    return ofThisProcess().add(file);
}

Result<std::shared_ptr<LogFollower>> LogWatch::add(int file) {
    TRY_ASSIGN(Wakeup wakeup, Wakeup::create("a log"));
    const std::lock_guard lock(m_mutex);
    if (!m_inotify)
        TRY(start());
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    const int watch = ::inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY | IN_MOVE_SELF);
    if (watch < 0)
        return failErrno("cannot watch a log");
    std::shared_ptr<LogFollower> follower(new LogFollower(std::move(wakeup), watch));
    m_followers[watch].push_back(follower.get());
    if (isPutAside(path))
        follower->wake(true); // before we watched
    return follower;
}

Result<void> LogWatch::start() {
    UniqueFd inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)), stop(::eventfd(0, EFD_CLOEXEC));
    if (!inotify || !stop)
        return failErrno("cannot watch logs");
    m_inotify = std::move(inotify);
    m_stop = std::move(stop);
    auto thread = startThread([this] { run(); });
    if (!thread) {
        m_inotify.reset();
        return fail(std::move(thread).error());
    }
    m_thread = *std::move(thread);
    return {};
}

LogWatch::~LogWatch() {
    if (!m_thread.joinable())
        return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t size = ::write(m_stop.get(), &one, sizeof one);
    m_thread.join();
}

void LogWatch::forget(const LogFollower& follower) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_followers.find(follower.m_watch);
    if (found == m_followers.end())
        return;
    std::erase(found->second, &follower);
    if (!found->second.empty())
        return;
    ::inotify_rm_watch(m_inotify.get(), follower.m_watch);
    m_followers.erase(found);
}

void LogWatch::tell(int watch, bool wasMoved) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_followers.find(watch);
    if (found == m_followers.end())
        return;
    for (LogFollower* follower : found->second)
        follower->wake(wasMoved);
}

void LogWatch::run() {
    alignas(inotify_event) std::array<char, 64 * (sizeof(inotify_event) + NAME_MAX + 1)> events{};
    for (;;) {
        std::array<pollfd, 2> files{pollfd{m_inotify.get(), POLLIN, 0}, pollfd{m_stop.get(), POLLIN, 0}};
        ::poll(files.data(), files.size(), -1);
        if (files[1].revents != 0)
            return;
        const ssize_t size = ::read(m_inotify.get(), events.data(), events.size());
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(
                events.data() + at); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): inotify(7)
            if ((event->mask & IN_Q_OVERFLOW) != 0)
                tellAll();
            else
                tell(event->wd, (event->mask & IN_MOVE_SELF) != 0);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

// Events were lost: everybody looks.
void LogWatch::tellAll() {
    const std::lock_guard lock(m_mutex);
    for (const auto& [watch, followers] : m_followers) {
        for (LogFollower* follower : followers)
            follower->wake(true);
    }
}

} // namespace escale::docker_api
