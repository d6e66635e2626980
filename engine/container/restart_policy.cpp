#include "engine/container/restart_policy.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::chrono::milliseconds kFirstDelay(100);
constexpr std::chrono::milliseconds kLongestDelay(60'000);
constexpr std::int64_t kLongRun = 10'000; // milliseconds

bool isWanted(const Container& ended) {
    const ContainerOptions& options = ended.options;
    if (options.restart == "always" || options.restart == "unless-stopped")
        return true;
    return options.restart == "on-failure" && ended.exitCode != 0 &&
           (options.restartMaximum == 0 || ended.restartCount < options.restartMaximum);
}

} // namespace

std::optional<std::chrono::milliseconds> restartDelay(const Container& ended, bool asked,
                                                      std::chrono::milliseconds previousDelay) {
    if (asked || !isWanted(ended))
        return std::nullopt;
    const bool ranLong = ended.finishedAt - ended.startedAt >= kLongRun;
    if (ranLong || previousDelay.count() == 0)
        return kFirstDelay;
    return std::min(previousDelay * 2, kLongestDelay);
}

bool startsWithMachine(const Container& container) {
    return container.startedAt != 0 &&
           (container.options.restart == "always" ||
            (container.options.restart == "unless-stopped" && !container.stoppedByUser));
}

} // namespace escale
