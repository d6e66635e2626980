#include "helper/docker-api/containers/status_text.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

std::string ago(const dbus::Container& container, std::int64_t now) {
    return "(" + std::to_string(container.exitCode) + ") " + durationText(now - container.finished) + " ago";
}

} // namespace

std::string durationText(std::int64_t milliseconds) {
    const std::int64_t time = std::max<std::int64_t>(milliseconds, 0);
    const std::int64_t hours = (time + kHour / 2) / kHour; // rounded, as docker does
    if (time < kSecond)
        return "Less than a second";
    if (time < 2 * kSecond)
        return "1 second";
    if (time < kMinute)
        return std::to_string(time / kSecond) + " seconds";
    if (time < 2 * kMinute)
        return "About a minute";
    if (time < kHour)
        return std::to_string(time / kMinute) + " minutes";
    if (hours == 1)
        return "About an hour";
    if (hours < 48)
        return std::to_string(hours) + " hours";
    if (hours < 24 * 7 * 2)
        return std::to_string(hours / 24) + " days";
    if (hours < 24 * 30 * 2)
        return std::to_string(hours / 24 / 7) + " weeks";
    if (hours < 24 * 365 * 2)
        return std::to_string(hours / 24 / 30) + " months";
    return std::to_string(time / kHour / 24 / 365) + " years";
}

bool countsAsRunning(const dbus::Container& container) {
    return container.state == QLatin1String("running") || container.state == QLatin1String("paused") ||
           container.state == QLatin1String("restarting");
}

std::string statusText(const dbus::Container& container, std::int64_t now) {
    if (container.state == QLatin1String("restarting"))
        return "Restarting " + ago(container, now);
    if (countsAsRunning(container)) {
        const std::string up = "Up " + durationText(now - container.started);
        if (container.state == QLatin1String("paused"))
            return up + " (Paused)";
        if (container.health == QLatin1String("starting"))
            return up + " (health: starting)";
        return container.health.isEmpty() ? up : up + " (" + container.health.toStdString() + ")";
    }
    if (container.state == QLatin1String("dead"))
        return "Dead";
    // One whose only start failed has ended, too, but never began.
    if (container.started == 0 || container.finished == 0)
        return "Created";
    return "Exited " + ago(container, now);
}

} // namespace escale::docker_api
