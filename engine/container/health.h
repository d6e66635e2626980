// Docker's health checks as a state machine: pure, it is told the time and what a probe said.
//
//   starting ──a probe is good──▶ healthy ◀──▶ unhealthy    `retries` bad ones in a row make it unhealthy;
//   bad ones
//                                                            within the start period do not count
#pragma once

#include "engine/base/json.h"
#include "engine/container/container.h"
#include "engine/store/store.h"

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace escale {

struct HealthProbe {
    std::int64_t startedAt = 0; // Unix time, milliseconds
    std::int64_t endedAt = 0;
    int exitCode = 0; // 0: well; -1: it took too long or could not be run
    std::string output;
};

/// What is to be run, and when: the options over the image's, Docker's defaults for what neither says.
/// Nothing when there is no check.
std::optional<HealthConfig> healthConfigOf(const ContainerOptions& options, const HealthConfig& image);

class Health {
public:
    static constexpr std::size_t kKept = 5;             // probes, as Docker keeps
    static constexpr std::size_t kLongestOutput = 4096; // of a probe

    Health(HealthConfig config, std::int64_t startedAt)
        : m_config(std::move(config))
        , m_startedAt(startedAt) {}

    [[nodiscard]] const HealthConfig& config() const { return m_config; }
    [[nodiscard]] const std::string& status() const { return m_status; } // "starting", "healthy", "unhealthy"
    [[nodiscard]] unsigned failingStreak() const { return m_failingStreak; }
    [[nodiscard]] const std::deque<HealthProbe>& probes() const { return m_probes; } // newest last

    /// How long to wait before the next probe, at a time in Unix milliseconds.
    [[nodiscard]] std::chrono::milliseconds nextDelay(std::int64_t now) const;
    /// True when the status has changed.
    bool take(HealthProbe probe);

    // What a new helper goes on from.
    [[nodiscard]] Json toJson() const;
    void restore(const Json& json);

private:
    HealthConfig m_config;
    std::int64_t m_startedAt;
    std::string m_status = "starting";
    unsigned m_failingStreak = 0;
    std::deque<HealthProbe> m_probes;
};

} // namespace escale
