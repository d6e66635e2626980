// A one-way switch that ends long work: set once from any thread, seen by the worker either by asking or by
// polling.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <atomic>

namespace escale {

class Cancellation {
public:
    Cancellation();
    void cancel();
    [[nodiscard]] bool isCancelled() const { return m_cancelled.load(std::memory_order_acquire); }
    /// Readable (poll(2)) once cancelled; -1 when the system gave no eventfd, then only isCancelled() tells.
    [[nodiscard]] int fd() const { return m_event.get(); }
    /// Cancelled, or nothing: `TRY(cancellation.check());` between two steps.
    [[nodiscard]] Result<void> check() const;

private:
    std::atomic<bool> m_cancelled = false;
    UniqueFd m_event;
};

} // namespace escale
