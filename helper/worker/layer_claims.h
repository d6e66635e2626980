// Layers that pulls bring into a store at the same time: each is fetched by one of them, the others wait for
// it and find it in the store.
//
// - A pull claims all that it lacks in one step: what nobody has is its own, for the rest it waits for
//   earlier pulls. One that ends, however it ends, hands each of its layers on to the earliest pull that
//   waits for it. So a pull waits for earlier ones only, and none of them ever waits for it.
// - Only pulls from one registry, reached in one way, wait for each other: somebody's own slow server holds
//   up nobody else's pull. And nobody waits for ever: after `patience` a pull fetches the layer itself.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/registry/registry_settings.h"

#include <chrono>
#include <string>
#include <vector>

namespace escale {

class Store;

/// Where a layer comes from.
struct LayerSource {
    std::string registry;
    RegistryAccess access; // the owner's own choice
    bool operator==(const LayerSource&) const = default;
};

/// What one pull has claimed; kept until its image is in the store. Used by one thread.
class LayerClaim {
public:
    /// `layers`: diffIDs, each once.
    LayerClaim(const Store& store, LayerSource source, std::vector<Digest> layers);
    LayerClaim(const LayerClaim&) = delete;
    LayerClaim& operator=(const LayerClaim&) = delete;
    ~LayerClaim();

    /// Those that became this pull's own since the last call: to be looked for in the store, and fetched when
    /// they are not there. Waits until there is one; empty when all have been given.
    Result<std::vector<Digest>> next(const Cancellation& cancellation,
                                     std::chrono::milliseconds patience = std::chrono::minutes(10));
    /// The store has it: who waits for it need not wait for the rest of this pull.
    void release(const Digest& layer);

private:
    friend class LayerClaims;
    enum class State : std::uint8_t { Waiting, Own, Given };
    struct Wanted {
        Digest layer;
        State state = State::Waiting;
    };
    [[nodiscard]] bool isSameSource(const LayerClaim& other) const {
        return &m_store == &other.m_store && m_source == other.m_source;
    }

    const Store& m_store;
    LayerSource m_source;
    std::vector<Wanted> m_wanted; // guarded by the mutex of all claims
    UniqueFd m_news;              // eventfd: something became ours
};

} // namespace escale
