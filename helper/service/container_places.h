// How many containers one user has: each costs memory, addresses and disk of everybody. Whoever makes one for
// a caller makes it here. Thread-safe.
#pragma once

#include "engine/container/containers.h"

#include <map>
#include <mutex>
#include <string>
#include <sys/types.h>

namespace escale {

class ContainerPlaces {
public:
    static constexpr std::size_t kMost = 4096;

    /// `containers` outlives this object.
    explicit ContainerPlaces(Containers& containers, std::size_t most = kMost)
        : m_containers(containers)
        , m_most(most) {}

    /// As Containers::create(). WrongState: the user has too many already.
    Result<std::string> create(uid_t owner, const ContainerOptions& options, const MountSources& sources) {
        TRY(take(owner));
        auto id = m_containers.create(owner, options, sources);
        const std::lock_guard lock(m_mutex);
        if (--m_beingMade[owner] == 0)
            m_beingMade.erase(owner);
        return id;
    }

private:
    /// Counted with those that are being made; without the lock meanwhile: that can take long.
    Result<void> take(uid_t owner) {
        const std::lock_guard lock(m_mutex);
        TRY_ASSIGN(const std::size_t count, m_containers.count(owner));
        const auto making = m_beingMade.find(owner);
        if (count + (making == m_beingMade.end() ? 0 : making->second) >= m_most)
            return fail(ErrorCode::WrongState, "you have " + std::to_string(count) + " containers already",
                        "Remove those you no longer need.");
        ++m_beingMade[owner];
        return {};
    }

    Containers& m_containers;
    const std::size_t m_most;
    std::mutex m_mutex;
    std::map<uid_t, std::size_t> m_beingMade;
};

} // namespace escale
