#include "engine/volume/volume_mounts.h"

#include "engine/base/fail_point.h"
#include "engine/base/file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::chrono::seconds kPatienceWithLooks(3);

/// The path as mountinfo(5) names it: without links.
std::string canonical(const std::string& path) {
    char* const real = ::realpath(path.c_str(), nullptr);
    std::string text = real == nullptr ? path : real;
    std::free(real);
    return text;
}

/// Numbers of the mount points in a folder. mountinfo is read, and no mount looked at: its server may be
/// dead.
Result<std::vector<std::int64_t>> mountedIn(const std::string& folder) {
    TRY_ASSIGN(const std::string table, readFile("/proc/self/mountinfo"));
    const std::string start = canonical(folder) + "/";
    std::vector<std::int64_t> numbers;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string target;
        for (int i = 0; i < 5; ++i)
            words >> target;
        if (!target.starts_with(start))
            continue;
        std::int64_t number = 0;
        const char* const end = target.data() + target.size();
        const auto [stop, problem] = std::from_chars(target.data() + start.size(), end, number);
        if (problem == std::errc() && stop == end)
            numbers.push_back(number);
    }
    return numbers;
}

} // namespace

Result<void> VolumeMounts::takeOver() {
    TRY_ASSIGN(const auto numbers, mountedIn(m_folder));
    const std::lock_guard lock(m_mutex);
    for (const std::int64_t number : numbers) {
        m_entries[number].isMounted = true;
        m_entries[number].state.state = "mounted";
    }
    return {};
}

Result<void> VolumeMounts::mount(std::int64_t number, MountRequest request,
                                 const Cancellation& cancellation) {
    request.action = MountRequest::Action::Mount;
    request.target = targetOf(number);
    if (::mkdir(request.target.c_str(), 0700) != 0 && errno != EEXIST)
        return failErrno("cannot make folder " + request.target);
    TRY(failPoint("volume mount point made"));
    auto mounted = m_mounter(request, cancellation);
    if (!mounted) {
        // One that was killed may have mounted it just before.
        if (::rmdir(request.target.c_str()) != 0 && errno == EBUSY)
            (void)unmount(number);
        return fail(std::move(mounted).error());
    }
    return {};
}

Result<void> VolumeMounts::unmount(std::int64_t number) {
    MountRequest request;
    request.action = MountRequest::Action::Unmount;
    request.target = targetOf(number);
    const Cancellation never;
    TRY(failPoint("volume unmounting"));
    TRY(m_mounter(request, never));
    if (::rmdir(request.target.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove folder " + request.target);
    return {};
}

Result<void> VolumeMounts::acquire(std::int64_t number, const std::optional<MountRequest>& request,
                                   const std::string& user, const Cancellation& cancellation,
                                   const std::function<void()>& changed) {
    std::unique_lock lock(m_mutex);
    Entry& entry = m_entries[number]; // entries are never erased: numbers are not given again
    while (entry.isBusy) {
        TRY(cancellation.check());
        m_idle.wait_for(lock, std::chrono::milliseconds(100));
    }
    if (entry.isClosed)
        return fail(ErrorCode::InUse, "the volume's content is being replaced", "Wait until that is done.");
    if (!request || entry.isMounted) {
        entry.users.insert(user);
        return {};
    }
    entry.isBusy = true;
    entry.state = {"mounting", {}};
    lock.unlock();
    changed();
    auto mounted = mount(number, *request, cancellation);
    lock.lock();
    entry.isBusy = false;
    entry.isMounted = mounted.has_value();
    if (mounted) {
        entry.users.insert(user);
        entry.state = {"mounted", {}};
    } else if (mounted.error().code == ErrorCode::Cancelled) {
        entry.state = {};
    } else {
        const bool isDead = mounted.error().code == ErrorCode::Unreachable;
        entry.state = {isDead ? "unreachable" : "", mounted.error()};
    }
    m_idle.notify_all();
    lock.unlock();
    changed();
    return mounted;
}

Result<void> VolumeMounts::release(std::int64_t number, const std::string& user,
                                   const std::function<void()>& changed) {
    std::unique_lock lock(m_mutex);
    const auto found = m_entries.find(number);
    if (found == m_entries.end() || found->second.users.erase(user) == 0)
        return {};
    Entry& entry = found->second;
    m_idle.notify_all();
    if (!entry.users.empty() || !entry.isMounted || entry.isBusy)
        return {};
    entry.isBusy = true;
    lock.unlock();
    auto done = unmount(number);
    lock.lock();
    entry.isBusy = false;
    entry.isMounted = !done;
    if (done)
        entry.state = {};
    else
        entry.state.problem = done.error();
    m_idle.notify_all();
    lock.unlock();
    changed();
    return done;
}

void VolumeMounts::adopt(std::int64_t number, const std::string& user) {
    const std::lock_guard lock(m_mutex);
    m_entries[number].users.insert(user);
}

Result<void> VolumeMounts::removeUnused() {
    std::vector<std::int64_t> unused;
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [number, entry] : m_entries) {
            if (entry.isMounted && !entry.isBusy && entry.users.empty()) {
                entry.users.insert("");
                unused.push_back(number);
            }
        }
    }
    Result<void> done;
    for (const std::int64_t number : unused) {
        if (auto released = release(number, "", [] {}); !released)
            done = std::move(released);
    }
    return done;
}

Result<UniqueFd> VolumeMounts::openMounted(std::int64_t number, const std::function<void()>& changed) {
    MountRequest request;
    request.action = MountRequest::Action::Open;
    request.target = targetOf(number);
    const Cancellation never;
    auto answer = m_mounter(request, never);
    bool isNew = false;
    {
        const std::lock_guard lock(m_mutex);
        Entry& entry = m_entries[number];
        const bool isDead = !answer && answer.error().code == ErrorCode::Unreachable;
        const std::string state = isDead ? "unreachable" : "mounted";
        isNew = entry.isMounted && !entry.isBusy && entry.state.state != state && (answer || isDead);
        if (isNew)
            entry.state = {state, isDead ? answer.error() : Error()};
    }
    if (isNew)
        changed();
    if (!answer)
        return fail(std::move(answer).error());
    return std::move(answer->mount);
}

Result<void> VolumeMounts::close(std::int64_t number) {
    std::unique_lock lock(m_mutex);
    Entry& entry = m_entries[number];
    // Who lists a folder or reads the beginning of a file is gone in a moment, and so is the mount that it
    // was for.
    const auto isFree = [&entry] { return entry.users.empty() && !entry.isBusy; };
    const auto holds = [&entry] {
        return std::any_of(entry.users.begin(), entry.users.end(),
                           [](const auto& user) { return !user.starts_with(kLookPrefix); });
    };
    m_idle.wait_for(lock, kPatienceWithLooks, [&] { return isFree() || holds(); });
    if (!entry.users.empty() || entry.isBusy || entry.isClosed)
        return fail(ErrorCode::InUse, "the volume is in use", "End what uses it first.");
    entry.isClosed = true;
    return {};
}

void VolumeMounts::reopen(std::int64_t number) {
    const std::lock_guard lock(m_mutex);
    m_entries[number].isClosed = false;
}

Volumes::MountState VolumeMounts::stateOf(std::int64_t number) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(number);
    return found == m_entries.end() ? Volumes::MountState() : found->second.state;
}

} // namespace escale
