#include "helper/service/paused_containers.h"

#include "engine/base/file.h"
#include "engine/base/log.h"

#include <charconv>
#include <unistd.h>

namespace escale {

Result<std::unique_ptr<PausedContainers>> PausedContainers::open(Containers& containers, std::string folder) {
    TRY(makeDirectories(folder, 0700));
    TRY_ASSIGN(const auto left, listDirectory(folder));
    std::unique_ptr<PausedContainers> paused(new PausedContainers(containers, std::move(folder)));
    for (const auto& id : left) {
        const std::string owner = readFile(paused->m_folder + "/" + id).value_or("");
        uid_t user = 0;
        if (std::from_chars(owner.data(), owner.data() + owner.size(), user).ec == std::errc())
            paused->goOn(user, id);
    }
    return paused;
}

Result<std::shared_ptr<const void>> PausedContainers::hold(uid_t owner, const std::vector<std::string>& ids) {
    struct Held {
        PausedContainers& paused;
        uid_t owner;
        std::vector<std::string> ids;
        ~Held() {
            for (const auto& id : ids)
                paused.letGo(owner, id);
        }
    };
    const std::shared_ptr<Held> held(new Held{*this, owner, {}});
    for (const auto& id : ids) {
        const auto hold = holdOf(id);
        Result<bool> isPaused = true;
        {
            const std::lock_guard lock(hold->mutex);
            if (hold->count == 0)
                isPaused = pause(owner, id);
            if (isPaused.value_or(false)) {
                ++hold->count;
                held->ids.push_back(id);
            }
        }
        forget(id, hold);
        TRY(isPaused);
    }
    return held;
}

std::shared_ptr<PausedContainers::Hold> PausedContainers::holdOf(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    auto& hold = m_holds[id];
    if (!hold)
        hold = std::make_shared<Hold>();
    return hold;
}

/// When nobody holds it, or is about to.
void PausedContainers::forget(const std::string& id, const std::shared_ptr<Hold>& hold) {
    const std::lock_guard lock(m_mutex);
    if (hold.use_count() > 2) // the map's and the caller's
        return;
    const std::lock_guard own(hold->mutex);
    if (hold->count == 0)
        m_holds.erase(id);
}

/// False: it does not run, or was paused by somebody else.
Result<bool> PausedContainers::pause(uid_t owner, const std::string& id) {
    const std::string note = m_folder + "/" + id;
    TRY_ASSIGN(const Container container, m_containers.find(owner, id));
    if (container.state != ContainerState::Running)
        return false;
    TRY(writeFileAtomically(note, std::to_string(owner)));
    auto paused = m_containers.pause(owner, id);
    if (paused)
        return true;
    ::unlink(note.c_str());
    if (paused.error().code == ErrorCode::WrongState || paused.error().code == ErrorCode::NotFound)
        return false; // it has just ended
    return fail(std::move(paused).error());
}

void PausedContainers::letGo(uid_t owner, const std::string& id) {
    const auto hold = holdOf(id);
    {
        const std::lock_guard lock(hold->mutex);
        if (--hold->count == 0)
            goOn(owner, id);
    }
    forget(id, hold);
}

void PausedContainers::goOn(uid_t owner, const std::string& id) {
    auto done = m_containers.unpause(owner, id);
    // It has ended, or somebody has let it go on.
    const bool isOver =
        done || done.error().code == ErrorCode::WrongState || done.error().code == ErrorCode::NotFound;
    if (!isOver)
        logWarning(std::move(done).error().prefixed("a container stays paused after a backup").text());
    else
        ::unlink((m_folder + "/" + id).c_str());
}

} // namespace escale
