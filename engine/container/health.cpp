#include "engine/container/health.h"

namespace escale {
namespace {

// Docker's defaults, milliseconds.
constexpr std::uint64_t kInterval = 30'000;
constexpr std::uint64_t kTimeout = 30'000;
constexpr std::uint64_t kStartInterval = 5'000;
constexpr unsigned kRetries = 3;

template <class Number>
Number firstOf(Number given, Number images, Number fallback) {
    return given != 0 ? given : images != 0 ? images : fallback;
}

} // namespace

std::optional<HealthConfig> healthConfigOf(const ContainerOptions& options, const HealthConfig& image) {
    HealthConfig config;
    config.command = options.healthCommand.empty() ? image.command : options.healthCommand;
    if (config.command.empty() || config.command.front() == "NONE")
        return std::nullopt;
    config.interval = firstOf(options.healthInterval, image.interval, kInterval);
    config.timeout = firstOf(options.healthTimeout, image.timeout, kTimeout);
    config.startPeriod = firstOf(options.healthStartPeriod, image.startPeriod, std::uint64_t(0));
    config.startInterval = firstOf(options.healthStartInterval, image.startInterval, kStartInterval);
    config.retries = firstOf(options.healthRetries, image.retries, kRetries);
    return config;
}

std::chrono::milliseconds Health::nextDelay(std::int64_t now) const {
    const bool starts =
        m_status == "starting" && now < m_startedAt + static_cast<std::int64_t>(m_config.startPeriod);
    return std::chrono::milliseconds(starts ? m_config.startInterval : m_config.interval);
}

bool Health::take(HealthProbe probe) {
    const std::string before = m_status;
    const bool isWell = probe.exitCode == 0;
    const bool starts = m_status == "starting" &&
                        probe.startedAt < m_startedAt + static_cast<std::int64_t>(m_config.startPeriod);
    if (isWell) {
        m_failingStreak = 0;
        m_status = "healthy";
    } else if (!starts && ++m_failingStreak >= m_config.retries) {
        m_status = "unhealthy";
    }
    probe.output.resize(std::min(probe.output.size(), kLongestOutput));
    m_probes.push_back(std::move(probe));
    if (m_probes.size() > kKept)
        m_probes.pop_front();
    return m_status != before;
}

Json Health::toJson() const {
    Json probes = Json::Array();
    for (const auto& probe : m_probes)
        probes.append(Json::Object{{"startedAt", probe.startedAt},
                                   {"endedAt", probe.endedAt},
                                   {"exitCode", probe.exitCode},
                                   {"output", probe.output}});
    return Json::Object{
        {"status", m_status}, {"failingStreak", m_failingStreak}, {"probes", std::move(probes)}};
}

void Health::restore(const Json& json) {
    const std::string status = json.at("status").toString();
    if (status == "healthy" || status == "unhealthy")
        m_status = status;
    m_failingStreak = static_cast<unsigned>(json.at("failingStreak").toInteger());
    for (const auto& one : json.at("probes").items())
        m_probes.push_back({one.at("startedAt").toInteger(), one.at("endedAt").toInteger(),
                            static_cast<int>(one.at("exitCode").toInteger()), one.at("output").toString()});
}

} // namespace escale
