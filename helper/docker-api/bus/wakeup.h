// What one thread tells another that waits in poll(2): there is news. An eventfd(2), counted as one however
// often it is said.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

namespace escale::docker_api {

/// Of any thread.
class Wakeup {
public:
    /// `what`: what is waited for, for the error ("a job").
    static Result<Wakeup> create(const char* what);

    /// Readable from wake() to clear().
    [[nodiscard]] int fd() const { return m_event.get(); }
    void wake() const;
    void clear() const;

private:
    explicit Wakeup(UniqueFd event)
        : m_event(std::move(event)) {}
    UniqueFd m_event; // does not block
};

} // namespace escale::docker_api
