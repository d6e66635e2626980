// The size that a terminal is to get, from the thread of one request to the one that carries its session.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/bus/wakeup.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace escale::docker_api {

struct TerminalSize {
    std::uint16_t rows = 0, columns = 0; // 0: not known
};

/// Of any thread.
class TerminalSizeChange {
public:
    static Result<std::shared_ptr<TerminalSizeChange>> create();

    void ask(TerminalSize size);
    /// Readable (poll(2)) while one waits.
    [[nodiscard]] int fd() const { return m_wakeup.fd(); }
    /// The newest one since the last time.
    std::optional<TerminalSize> take();

private:
    explicit TerminalSizeChange(Wakeup wakeup)
        : m_wakeup(std::move(wakeup)) {}
    std::mutex m_mutex;
    std::optional<TerminalSize> m_size;
    Wakeup m_wakeup;
};

} // namespace escale::docker_api
