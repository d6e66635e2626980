// How containers end: the monitor is gone, or a removal asks for it.
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "engine/cgroup/cgroup.h"
#include "engine/container/container_options.h"
#include "engine/container/launch.h"
#include "engine/container/restart_policy.h"
#include "engine/container/rootfs.h"

#include <algorithm>
#include <sys/stat.h>
#include <utility>

namespace escale {
namespace {

// Runs a step of a cleaning that must go on, and gathers what failed.
void attempt(Result<void>& outcome, Result<void> step, const std::string& id) {
    if (step)
        return;
    if (outcome)
        outcome = fail(ErrorCode::SystemFailure, "cannot clean up after container " + shortId(id));
    outcome.error().addCause(step.error());
}

} // namespace

// On the watching thread, which must not wait for a container's action lock.
void Containers::State::watchEnded(const std::string& key) {
    if (key.starts_with(kExecKey))
        inBackground([this, id = key.substr(kExecKey.size())] { execEnded(id); });
    else
        inBackground([this, key] { monitorEnded(key); });
}

void Containers::State::monitorEnded(const std::string& id) {
    std::optional<Container> changed;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        auto container = m_records.byId(id);
        // A stop or removal that was under way has finished it already; or it was started again since.
        if (container && isAlive(container->state) && !runs(processOf(id))) {
            finish(*container);
            changed = *std::move(container);
        }
    }
    if (changed)
        notify(*changed);
}

namespace {

// How it ended, as its monitor wrote it; or what can be said without.
void readEnd(Container& container, const std::string& exitFile, bool bundleIsThere) {
    if (const auto record = readContainerExit(exitFile)) {
        container.exitCode = record->exitCode;
        container.oomKilled = record->oomKilled;
        container.finishedAt = record->finishedAt;
        return;
    }
    container.exitCode =
        bundleIsThere ? 137 : 255; // the run folder does not survive a restart of the machine
    container.finishedAt = nowMilliseconds();
    container.error = bundleIsThere ? "the monitor was killed" : "the machine restarted while it ran";
}

} // namespace

void Containers::State::finish(Container& container) {
    const std::string& id = container.id;
    m_watch->remove(id);
    endHealth(id);
    m_sampler->forget(id);
    container.state = ContainerState::Exited;
    container.address.clear();
    readEnd(container, exitFileOf(id), exists(bundleOf(id)));
    const auto cleaned = clean(container);
    if (!cleaned) {
        logError(cleaned.error().text());
        container.error += (container.error.empty() ? "" : "; ") + cleaned.error().text();
    }
    container.stoppedByUser = takeStopAsked(id);
    const auto restart = cleaned ? nextRestart(container, container.stoppedByUser) : std::nullopt;
    if (restart) {
        container.state = ContainerState::Restarting;
        ++container.restartCount;
    }
    // The row before the bundle: a crash in between must still find the exit record.
    // It must be recorded on a full disk, too: otherwise the container could be neither started nor removed.
    if (const auto recorded = recordEnd(container); !recorded) {
        logError("container " + shortId(id) + ": " + recorded.error().text());
        return;
    }
    setProcess(id, {});
    if (const auto endpoints = m_networks.endpointsOf(id))
        notifyNetworks(container.owner, *endpoints);
    if (cleaned) {
        if (!container.options.removeWhenStopped)
            moveMaking(id);
        if (const auto removed = removeTree(bundleOf(id)); !removed)
            logError("container " + shortId(id) + ": " + removed.error().text());
    }
    if (container.oomKilled)
        emitEvent(container, "oom");
    const std::int64_t seconds = std::max<std::int64_t>(0, container.finishedAt - container.startedAt) / 1000;
    emitEvent(container, "die",
              {{"exitCode", std::to_string(container.exitCode)}, {"execDuration", std::to_string(seconds)}});
    tellVolumeUse(container, "unmount");
    tellWaiters(container);
    if (restart)
        scheduleRestart(id, *restart);
    if (container.options.removeWhenStopped) {
        if (const auto removed = removeStopped(container, true); !removed)
            logError("container " + shortId(id) + ": " + removed.error().text());
    }
}

// Out of the bundle, which goes.
void Containers::State::moveMaking(const std::string& id) {
    if (const auto kept = keepMaking(bundleOf(id), m_store.containerFolder(id)); !kept)
        logWarning("container " + shortId(id) + ": " + kept.error().text());
}

Result<void> Containers::State::recordEnd(const Container& container) {
    const auto lock = m_store.lock();
    const Unsynced fast(m_store.database(), container.options.removeWhenStopped);
    return m_store.removeInTransaction([&]() -> Result<void> {
        TRY(m_records.update(container));
        return m_networks.forgetRun(container.id);
    });
}

void Containers::State::askStop(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_slots.find(id); found != m_slots.end())
        found->second->stopAsked = true;
}

bool Containers::State::takeStopAsked(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_slots.find(id);
    return found != m_slots.end() && std::exchange(found->second->stopAsked, false);
}

std::optional<std::chrono::milliseconds> Containers::State::nextRestart(const Container& ended, bool asked) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_slots.find(ended.id);
    if (found == m_slots.end() || m_machineEnds)
        return std::nullopt;
    const auto delay = restartDelay(ended, asked, found->second->restartDelay);
    found->second->restartDelay = delay.value_or(std::chrono::milliseconds(0));
    return delay;
}

void Containers::State::scheduleRestart(const std::string& id, std::chrono::milliseconds delay) {
    m_timers->schedule("restart:" + id, delay,
                       [this, id] { inBackground([this, id] { restartByPolicy(id); }); });
}

void Containers::State::restartByPolicy(const std::string& id) {
    Launch launch;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        auto container = m_records.byId(id);
        // Stopped, started or removed meanwhile.
        if (!container || container->state != ContainerState::Restarting || m_closing.isCancelled() ||
            m_machineEnds)
            return;
        launch.container = *std::move(container);
        if (const auto started = startLocked(launch, m_closing); !started) {
            logError("container " + shortId(id) + ": " + started.error().text());
            tellWaiters(launch.container);
        }
    }
    notify(launch.container);
}

// Those that wait for the end; one that starts again has not ended for them.
void Containers::State::tellWaiters(const Container& container, bool isRemoved) {
    std::vector<std::function<void(int)>> told;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_slots.find(container.id);
        if (found == m_slots.end())
            return;
        auto& waiters = found->second->waiters;
        for (auto waiter = waiters.begin(); waiter != waiters.end();) {
            const bool isOver =
                waiter->what == WaitFor::NextExit ||
                (waiter->what == WaitFor::End && container.state != ContainerState::Restarting);
            if (!isOver && !isRemoved) {
                ++waiter;
                continue;
            }
            told.push_back(std::move(waiter->ended));
            waiter = waiters.erase(waiter);
        }
    }
    for (const auto& ended : told)
        ended(container.exitCode);
}

Result<void> Containers::State::clean(const Container& container) {
    const std::string& id = container.id;
    Result<void> outcome;
    attempt(outcome, endProcesses(id), id);
    attempt(outcome, endPorts(id), id);
    forgetNames(id);
    serveNames();
    if (hasNetworks(container.options))
        leaveNetworksLater(id);
    attempt(outcome, unmountRootfs(sharedMemoryOf(id)), id);
    // What cannot be unmounted (its server is dead) keeps nothing else: its next user, or the helper's next
    // start, does.
    if (const auto released = releaseVolumes(container); !released)
        logWarning("container " + shortId(id) + ": " + released.error().text());
    attempt(outcome, unmountRoot(id), id);
    releaseLayers(id);
    return outcome;
}

Result<void> Containers::State::endProcesses(const std::string& id) {
    return endProcesses(id, processOf(id));
}

Result<void> Containers::State::endProcesses(const std::string& id, const ProcessRecord& process) {
    const auto monitor = openMonitor(process);
    auto outcome = m_runtime.removeForced(id);
    // Should the runtime's record be lost, the cgroup still holds the processes.
    const Cgroup cgroup = Cgroup::open(m_cgroups, cgroupPath(id));
    for (const auto& hierarchy : m_cgroups.hierarchies()) {
        if (!exists(cgroup.directory(hierarchy)))
            continue;
        auto killed = cgroup.killAll();
        if (killed)
            killed = cgroup.remove();
        if (!killed) {
            if (!outcome)
                outcome.error().addCause(killed.error());
            else
                outcome = std::move(killed);
        }
        break;
    }
    // It writes into the bundle as its last act, so it must have ended before that is removed.
    if (monitor) {
        if (auto ended = waitForEnd(monitor->get(), std::chrono::seconds(10), nullptr); !ended && outcome)
            outcome = std::move(ended);
    }
    return outcome;
}

Result<void> Containers::State::remove(const std::string& id, bool force, bool volumes) {
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        if (isAlive(container.state) || container.state == ContainerState::Restarting) {
            if (!force)
                return fail(ErrorCode::WrongState, "the container " + container.options.name + " runs",
                            "Stop it first, or remove it by force.");
        }
        m_timers->cancel("restart:" + id);
        volumes = volumes || container.options.removeWhenStopped;
        if (container.state == ContainerState::Restarting)
            container.state = ContainerState::Exited;
        if (isAlive(container.state)) {
            askStop(id);
            TRY(killNow(container));
            container.options.removeWhenStopped = false; // it goes below, and its failures are told
            finish(container);
        }
        TRY(removeStopped(container, volumes));
    }
    notify(container);
    return {};
}

Result<void> Containers::State::removeStopped(const Container& container, bool volumes) {
    const std::string& id = container.id;
    // A former cleaning may have failed.
    if (exists(bundleOf(id))) {
        TRY(clean(container));
        TRY(removeTree(bundleOf(id)));
    }
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(id)); // their rows go with the container's
    TRY_ASSIGN(const auto used, volumesOf(container));            // as these
    // The row first: a folder without a row is swept at the next start, a row without its folder could not
    // run.
    {
        const auto slot = slotOf(id);
        const std::lock_guard root(slot->root); // who would look into it from now on does not find it
        TRY(m_records.remove(container));
        if (slot->rootUsers > 0)
            hideFiles(id);
    }
    tellWaiters(container, true);
    m_waitingSessions.drop(id);
    forget(id);
    emitEvent(container, "destroy");
    notifyNetworks(container.owner, endpoints);
    if (volumes)
        removeAnonymous(used);
    TRY(m_secrets.remove(id));
    return removeTree(m_store.containerFolder(id));
}

void Containers::State::forget(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_slots.erase(id);
}

} // namespace escale
