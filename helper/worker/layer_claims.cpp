#include "helper/worker/layer_claims.h"

#include <algorithm>
#include <cerrno>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>

namespace escale {

/// All claims of the process, the earliest first.
class LayerClaims {
public:
    static LayerClaims& all() {
        static LayerClaims claims;
        return claims;
    }
    std::mutex mutex;

    void add(LayerClaim& claim) {
        for (auto& wanted : claim.m_wanted)
            wanted.state =
                holder(claim, wanted.layer) == nullptr ? LayerClaim::State::Own : LayerClaim::State::Waiting;
        m_claims.push_back(&claim);
    }
    void remove(LayerClaim& claim) {
        m_claims.remove(&claim);
        for (const auto& wanted : claim.m_wanted) {
            if (wanted.state != LayerClaim::State::Waiting)
                handOn(claim, wanted.layer);
        }
    }
    void handOn(const LayerClaim& from, const Digest& layer) {
        for (LayerClaim* claim : m_claims) {
            auto* wanted = find(*claim, layer);
            if (wanted == nullptr || !claim->isSameSource(from))
                continue;
            if (wanted->state == LayerClaim::State::Waiting) {
                wanted->state = LayerClaim::State::Own;
                (void)::eventfd_write(claim->m_news.get(), 1);
            }
            return; // one that has lost its patience fetches it already
        }
    }
    static LayerClaim::Wanted* find(LayerClaim& claim, const Digest& layer) {
        const auto found = std::find_if(claim.m_wanted.begin(), claim.m_wanted.end(),
                                        [&](const auto& wanted) { return wanted.layer == layer; });
        return found == claim.m_wanted.end() ? nullptr : &*found;
    }

private:
    [[nodiscard]] const LayerClaim* holder(const LayerClaim& asking, const Digest& layer) const {
        for (LayerClaim* claim : m_claims) {
            const auto* wanted = find(*claim, layer);
            if (wanted != nullptr && claim->isSameSource(asking))
                return claim; // it has the layer, or waits for it and so comes before
        }
        return nullptr;
    }
    std::list<LayerClaim*> m_claims;
};

LayerClaim::LayerClaim(const Store& store, LayerSource source, std::vector<Digest> layers)
    : m_store(store)
    , m_source(std::move(source))
    , m_news(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    for (Digest& layer : layers)
        m_wanted.push_back({std::move(layer)});
    auto& claims = LayerClaims::all();
    const std::lock_guard lock(claims.mutex);
    claims.add(*this);
}

LayerClaim::~LayerClaim() {
    auto& claims = LayerClaims::all();
    const std::lock_guard lock(claims.mutex);
    claims.remove(*this);
}

void LayerClaim::release(const Digest& layer) {
    auto& claims = LayerClaims::all();
    const std::lock_guard lock(claims.mutex);
    std::erase_if(m_wanted, [&](const Wanted& wanted) { return wanted.layer == layer; });
    claims.handOn(*this, layer);
}

Result<std::vector<Digest>> LayerClaim::next(const Cancellation& cancellation,
                                             std::chrono::milliseconds patience) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + patience;
    for (;;) {
        TRY(cancellation.check());
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        {
            const std::lock_guard lock(LayerClaims::all().mutex);
            std::vector<Digest> own;
            for (Wanted& wanted : m_wanted) {
                if (wanted.state == State::Own || (wanted.state == State::Waiting && left.count() <= 0)) {
                    wanted.state = State::Given;
                    own.push_back(wanted.layer);
                }
            }
            const bool waits = std::any_of(m_wanted.begin(), m_wanted.end(), [](const Wanted& wanted) {
                return wanted.state == State::Waiting;
            });
            if (!own.empty() || !waits)
                return own;
        }
        std::array<pollfd, 2> ready{{{m_news.get(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
        if (::poll(ready.data(), ready.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
            return failErrno("cannot wait for another pull");
        eventfd_t ignored = 0;
        (void)::eventfd_read(m_news.get(), &ignored);
    }
}

} // namespace escale
