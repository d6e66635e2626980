// How containers end: the monitor is gone, or a removal asks for it.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "engine/cgroup/cgroup.h"
#include "engine/container/containers_state.h"
#include "engine/container/rootfs.h"

#include <sys/stat.h>

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

// On the watching thread. Others must not wait for this container's action lock: a thread of its own does.
void Containers::State::monitorEnded(const std::string& id) {
    {
        const std::lock_guard lock(m_mutex);
        ++m_finishing;
    }
    const auto work = [this, id] {
        std::optional<Container> changed;
        {
            const auto slot = slotOf(id);
            const std::lock_guard action(slot->action);
            auto container = m_records.byId(id);
            // A stop or removal that was under way has finished it already; or it was started again since.
            if (container && container->state == ContainerState::Running && !runs(processOf(id))) {
                finish(*container);
                changed = *std::move(container);
            }
        }
        if (changed)
            notify(*changed);
        const std::lock_guard lock(m_mutex);
        --m_finishing;
        m_finished.notify_all();
    };
    auto thread = startThread(work);
    if (thread)
        thread->detach();
    else
        work(); // the others wait a little: better than an end that nobody records
}

void Containers::State::finish(Container& container) {
    const std::string& id = container.id;
    m_watch->remove(id);
    container.state = ContainerState::Exited;
    container.address.clear();
    if (const auto record = readContainerExit(exitFileOf(id))) {
        container.exitCode = record->exitCode;
        container.oomKilled = record->oomKilled;
        container.finishedAt = record->finishedAt;
    } else {
        const bool restarted = !exists(bundleOf(id)); // the run folder does not survive that
        container.exitCode = restarted ? 255 : 137;
        container.finishedAt = nowMilliseconds();
        container.error = restarted ? "the machine restarted while it ran" : "the monitor was killed";
    }
    const auto cleaned = clean(container);
    if (!cleaned) {
        logError(cleaned.error().text());
        container.error += (container.error.empty() ? "" : "; ") + cleaned.error().text();
    }
    // The row before the bundle: a crash in between must still find the exit record.
    // It must be recorded on a full disk, too: otherwise the container could be neither started nor removed.
    if (const auto recorded = m_store.removeInTransaction([&] { return m_records.update(container); });
        !recorded) {
        logError("container " + shortId(id) + ": " + recorded.error().text());
        return;
    }
    setProcess(id, {});
    if (cleaned) {
        if (const auto removed = removeTree(bundleOf(id)); !removed)
            logError("container " + shortId(id) + ": " + removed.error().text());
    }
    if (container.options.removeWhenStopped) {
        if (const auto removed = removeStopped(container); !removed)
            logError("container " + shortId(id) + ": " + removed.error().text());
    }
}

Result<void> Containers::State::clean(const Container& container) {
    const std::string& id = container.id;
    Result<void> outcome;
    attempt(outcome, endProcesses(id), id);
    if (container.options.network == "bridge") {
        attempt(outcome, detachEndpoint({hostInterfaceOf(id), {}, {}}), id);
        m_bridge.release(id);
    }
    attempt(outcome, unmountRootfs(sharedMemoryOf(id)), id);
    attempt(outcome, unmountRootfs(bundleOf(id) + "/rootfs"), id);
    const auto base = m_store.idRangeOf(container.owner);
    attempt(outcome, base ? m_layers.release(*base, id) : fail(base.error()), id);
    return outcome;
}

Result<void> Containers::State::endProcesses(const std::string& id) {
    const auto monitor = openMonitor(processOf(id));
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

Result<void> Containers::State::remove(const std::string& id, bool force) {
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        if (container.state == ContainerState::Running) {
            if (!force)
                return fail(ErrorCode::WrongState, "the container " + container.options.name + " runs",
                            "Stop it first, or remove it by force.");
            TRY(killNow(id));
            container.options.removeWhenStopped = false; // it goes below, and its failures are told
            finish(container);
        }
        TRY(removeStopped(container));
    }
    notify(container);
    return {};
}

Result<void> Containers::State::removeStopped(const Container& container) {
    const std::string& id = container.id;
    // A former cleaning may have failed.
    if (exists(bundleOf(id))) {
        TRY(clean(container));
        TRY(removeTree(bundleOf(id)));
    }
    // The row first: a folder without a row is swept at the next start, a row without its folder could not
    // run.
    TRY(m_records.remove(id));
    forget(id);
    return removeTree(m_store.containerFolder(id));
}

void Containers::State::forget(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_slots.erase(id);
}

} // namespace escale
