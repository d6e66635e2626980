#include "engine/base/revert.h"

#include "engine/base/log.h"

namespace escale {

Revert::~Revert() {
    if (m_steps.empty())
        return;
    const Error outcome = undo(Error{ErrorCode::Internal, "undo", {}, {}});
    for (const auto& cause : outcome.causes)
        logWarning("undo failed: " + cause);
}

Error Revert::undo(Error error) {
    while (!m_steps.empty()) {
        const Step step = std::move(m_steps.back());
        m_steps.pop_back();
        if (auto undone = step(); !undone)
            error.addCause(undone.error());
    }
    return error;
}

} // namespace escale
