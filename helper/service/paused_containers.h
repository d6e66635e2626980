// Containers that stand still for a while, for a backup's sake: whatever happens meanwhile, they go on
// afterwards. Each is noted in a folder of <run> before it is paused, so that the next helper lets go on what
// one that was killed has left.
#pragma once

#include "engine/container/containers.h"

#include <map>
#include <memory>
#include <mutex>

namespace escale {

/// Thread-safe; blocks as Containers::pause() does.
class PausedContainers {
public:
    /// `folder`: made when missing. Lets go on what a former helper has left. `containers` outlives it.
    static Result<std::unique_ptr<PausedContainers>> open(Containers& containers, std::string folder);

    /// Pauses those of these that run, and lets them go on when the last hold of each has gone. Those that
    /// somebody else has paused stay so. All or none.
    Result<std::shared_ptr<const void>> hold(uid_t owner, const std::vector<std::string>& ids);

private:
    PausedContainers(Containers& containers, std::string folder)
        : m_containers(containers)
        , m_folder(std::move(folder)) {}
    /// Its mutex is held while the container is paused or goes on, which may wait for what else is done with
    /// it: nobody else's waits with it.
    struct Hold {
        std::mutex mutex;
        int count = 0;
    };
    std::shared_ptr<Hold> holdOf(const std::string& id);
    void forget(const std::string& id, const std::shared_ptr<Hold>& hold);
    Result<bool> pause(uid_t owner, const std::string& id);
    void letGo(uid_t owner, const std::string& id);
    void goOn(uid_t owner, const std::string& id);

    Containers& m_containers;
    std::string m_folder;
    std::mutex m_mutex; // of the map
    std::map<std::string, std::shared_ptr<Hold>> m_holds;
};

} // namespace escale
