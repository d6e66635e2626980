// The machine is shut down or restarted: containers are stopped as their people would stop them, not killed
// by whoever ends the last processes of the machine.
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/container/containers_state.h"

#include <algorithm>
#include <unistd.h>

namespace escale {

// All are asked first, then each is waited for: together they take as long as the slowest one.
void Containers::State::endWithMachine(std::chrono::seconds longest) {
    m_machineEnds = true;
    // What is mounted and running now may still be there after a restart that keeps /run (systemctl
    // soft-reboot).
    ::unlink(startedMark().c_str());
    const auto containers = m_records.all();
    if (!containers)
        return logError(containers.error().text());
    const auto begin = std::chrono::steady_clock::now();
    for (const auto& container : *containers) {
        if (isAlive(container.state))
            askToEnd(container,
                     std::min(std::chrono::seconds(container.options.stopTimeoutSeconds), longest));
    }
    for (const auto& container : *containers) {
        const std::chrono::seconds grace(container.options.stopTimeoutSeconds);
        if (const auto ended = endBy(container.id, begin + std::min(grace, longest)); !ended)
            logError("container " + shortId(container.id) + ": " + ended.error().text());
    }
}

void Containers::State::askToEnd(const Container& container, std::chrono::seconds grace) {
    const auto ask = [&]() -> Result<void> {
        if (container.state == ContainerState::Paused) {
            TRY(m_runtime.resume(container.id));
            emitEvent(container, "unpause");
        }
        TRY_ASSIGN(const int signal, stopSignal(container));
        TRY(m_runtime.kill(container.id, signal));
        emitEvent(container, "kill",
                  {{"signal", std::to_string(signal)}, {"grace", std::to_string(grace.count())}});
        return {};
    };
    if (const auto asked = ask(); !asked)
        logWarning("container " + shortId(container.id) + ": " + asked.error().text());
}

Result<void> Containers::State::endBy(const std::string& id, std::chrono::steady_clock::time_point deadline) {
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        if (!isAlive(container.state)) // it has been finished by whoever saw it end
            return {};
        if (const auto monitor = openMonitor(processOf(id))) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            (void)waitForEnd(monitor->get(), std::max(left, std::chrono::milliseconds(0)), nullptr);
        }
        TRY(killNow(container));
        finish(container);
    }
    emitEvent(container, "stop");
    notify(container);
    return {};
}

} // namespace escale
