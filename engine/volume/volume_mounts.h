// Who uses which volume now, and what is mounted for them: mounted for the first user, unmounted after the
// last. Thread-safe; nobody waits for a server without a time limit, or with a lock held.
#pragma once

#include "engine/volume/volumes.h"

#include <condition_variable>
#include <optional>

namespace escale {

class VolumeMounts {
public:
    VolumeMounts(std::string folder, Mounter mounter)
        : m_folder(std::move(folder))
        , m_mounter(std::move(mounter)) {}

    /// Finds what a former helper has mounted; whatever server is dead by now.
    Result<void> takeOver();
    /// `request`: what must be mounted; without target, which is targetOf(number). `changed` is called when
    /// the state has changed, without locks held.
    Result<void> acquire(std::int64_t number, const std::optional<MountRequest>& request,
                         const std::string& user, const Cancellation& cancellation,
                         const std::function<void()>& changed);
    Result<void> release(std::int64_t number, const std::string& user, const std::function<void()>& changed);
    void adopt(std::int64_t number, const std::string& user);
    Result<void> removeUnused();

    /// Keeps everybody out: InUse while somebody is in, or it is closed already; looks at files get three
    /// seconds to end. Open it again with reopen().
    Result<void> close(std::int64_t number);
    void reopen(std::int64_t number);

    Volumes::MountState stateOf(std::int64_t number);
    /// One more of what is mounted; its server is asked, and the state tells what came of it. `changed` as in
    /// acquire().
    Result<UniqueFd> openMounted(std::int64_t number, const std::function<void()>& changed);
    [[nodiscard]] std::string targetOf(std::int64_t number) const {
        return m_folder + "/" + std::to_string(number);
    }

private:
    struct Entry {
        std::set<std::string> users;
        bool isMounted = false;
        bool isBusy = false; // one thread mounts or unmounts it
        bool isClosed = false;
        Volumes::MountState state;
    };
    Result<void> mount(std::int64_t number, MountRequest request, const Cancellation& cancellation);
    Result<void> unmount(std::int64_t number);

    const std::string m_folder;
    const Mounter m_mounter;
    std::mutex m_mutex;
    std::condition_variable m_idle; // an entry is busy no more
    std::map<std::int64_t, Entry> m_entries;
};

} // namespace escale
