// What a new helper finds: containers that run under their monitors, some that ended meanwhile, halves of
// actions that a crash cut. And purge(), which ends it all.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/cgroup/cgroup.h"
#include "engine/container/containers_state.h"
#include "engine/container/oci_config.h"
#include "engine/container/restart_policy.h"
#include "engine/container/rootfs.h"

#include <fcntl.h>
#include <unistd.h>

namespace escale {

Result<void> Containers::State::takeOver() {
    TRY(makeDirectories(m_settings.runFolder, 0700));
    for (const char* name : {"/containers", "/files", "/idmap", "/runtime", "/steps"})
        TRY(makeDirectories(m_settings.runFolder + name, 0700));
    TRY(removeLeftFiles());
    VolumesSettings volumes = m_settings.volumes;
    volumes.folder = m_store.folder() + "/volumes";
    volumes.runFolder = m_settings.runFolder + "/volumes";
    TRY_ASSIGN(m_volumes, Volumes::open(m_store, std::move(volumes)));
    TRY_ASSIGN(m_events, EventLog::open(m_store.folder() + "/events"));
    TRY_ASSIGN(m_sampler, StatsSampler::start(m_cgroups));
    TRY_ASSIGN(m_timers, TimerThread::start());
    TRY_ASSIGN(m_watch, ExitWatch::start([this](const std::string& key) { watchEnded(key); }));
    const bool machineStarted = !exists(startedMark());
    TRY(connectOlder());
    TRY_ASSIGN(auto containers, m_records.all());
    std::set<std::string> known;
    for (auto& container : containers) {
        known.insert(container.id);
        takeOverOne(std::move(container), machineStarted);
    }
    TRY(removeUnknown(known));
    TRY(removeLeftSteps());
    for (const auto& tidied : {m_secrets.removeUnknown(known), m_volumes->removeUnusedMounts()}) {
        if (!tidied)
            logError(tidied.error().text());
    }
    // What a foreign tool has taken away meanwhile.
    inBackground([this] {
        if (const auto mended = restoreRules(); !mended)
            logError(mended.error().text());
        serveNames();
    });
    TRY_ASSIGN(m_rulesetWatch,
               RulesetWatch::start(m_settings.table, [this](const std::string& by) { rulesWereLost(by); }));
    TRY_ASSIGN(const auto networks, m_networks.all());
    TRY_ASSIGN(m_overlaps, overlapsNow(networks)); // those are in the list; only new ones are events
    TRY_ASSIGN(m_routeWatch, RouteWatch::start([this] {
                   if (const auto told = routesChanged(); !told)
                       logError(told.error().text());
               }));
    TRY(openFile(startedMark(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    return m_layers.removeUnused();
}

void Containers::State::takeOverOne(Container container, bool machineStarted) {
    const std::string id = container.id;
    const auto slot = slotOf(id);
    const std::lock_guard action(slot->action);
    if (const auto process = readProcessRecord(processFileOf(id)))
        setProcess(id, *process);
    if (isAlive(container.state)) {
        const auto adopted = adopt(container);
        if (!adopted)
            logError("container " + shortId(id) + ": " + adopted.error().text());
        else if (!*adopted)
            finish(container);
        return;
    }
    Result<void> outcome;
    if (exists(bundleOf(id))) {
        // The former helper died while it started this container, or between its end and the last cleaning.
        outcome = clean(container);
        if (outcome) // at once: it may be started anew in a moment, and must not meet interfaces of its own
            outcome = leaveNetworks(id);
        if (outcome) {
            moveMaking(id);
            outcome = removeTree(bundleOf(id));
        }
        setProcess(id, {});
    }
    if (outcome && container.state == ContainerState::Exited && container.options.removeWhenStopped)
        outcome = removeStopped(container, true);
    else if (outcome && machineStarted && container.state == ContainerState::Exited &&
             startsWithMachine(container))
        outcome = restartWithMachine(container);
    else if (outcome && container.state == ContainerState::Restarting)
        scheduleRestart(id, std::chrono::milliseconds(100));
    if (!outcome)
        logError("container " + shortId(id) + ": " + outcome.error().text());
}

Result<void> Containers::State::restartWithMachine(Container& container) {
    container.state = ContainerState::Restarting;
    TRY(m_records.update(container));
    scheduleRestart(container.id, std::chrono::milliseconds(0));
    return {};
}

// True when it runs on; false when it has ended and is to be finished.
Result<bool> Containers::State::adopt(const Container& container) {
    const std::string& id = container.id;
    auto monitor = openMonitor(processOf(id));
    if (!monitor && monitor.error().code != ErrorCode::NotFound)
        return fail(std::move(monitor).error());
    if (!monitor || waitForEnd(monitor->get(), std::chrono::milliseconds(0), nullptr))
        return false;
    std::uint32_t base = 0;
    if (!sharesUserIds(container.options)) {
        TRY_ASSIGN(base, m_store.idRangeOf(container.owner));
    }
    TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
    TRY_ASSIGN(const Image image, m_store.imageByDigest(digest));
    TRY(m_layers.acquire(base, image.layers, id));
    TRY(adoptVolumes(container));
    setNames(container);
    if (const auto adopted = adoptNetworks(container); !adopted) // it runs on without them
        logError("container " + shortId(id) + ": " + adopted.error().text());
    if (const auto adopted = adoptPorts(container); !adopted) // it runs on without them
        logError("container " + shortId(id) + ": " + adopted.error().text());
    TRY(m_watch->add(id, *std::move(monitor)));
    measure(container);
    beginHealth(container, image.settings.health);
    return true;
}

// Bundles that no row names.
Result<void> Containers::State::removeUnknown(const std::set<std::string>& known) {
    TRY_ASSIGN(const auto names, listDirectory(m_settings.runFolder + "/containers"));
    for (const auto& name : names) {
        if (known.contains(name) || !isId(name))
            continue;
        // One that cannot be cleaned now must not keep everybody from the engine: the next start tries again.
        if (const auto removed = removeUnknownBundle(name, bundleOf(name)); !removed)
            logError("left-over " + bundleOf(name) + ": " + removed.error().text());
    }
    return {};
}

Result<void> Containers::State::removeUnknownBundle(const std::string& id, const std::string& bundle) {
    TRY(endProcesses(id, readProcessRecord(bundle + kProcessFile).value_or(ProcessRecord{})));
    TRY(m_networks.leave(id));
    TRY(unmountRootfs(bundle + "/shm"));
    TRY(unmountRootfs(bundle + "/rootfs"));
    return removeTree(bundle);
}

Result<void> Containers::State::purge() {
    Result<void> outcome;
    const auto attempt = [&outcome](Result<void> step) {
        if (step)
            return;
        if (outcome)
            outcome = fail(ErrorCode::SystemFailure, "cannot remove everything");
        outcome.error().addCause(step.error());
    };
    TRY_ASSIGN(const auto containers, m_records.all());
    for (const auto& container : containers) {
        auto removed = remove(container.id, true, false);
        if (!removed && removed.error().code == ErrorCode::NotFound)
            removed = {}; // it went by itself meanwhile
        attempt(std::move(removed));
        attempt(leaveNetworks(container.id));
    }
    attempt(removeUnknown({}));
    attempt(m_volumes->purge());
    attempt(m_layers.removeUnused());
    serveNames(); // nobody is left: the server ends
    attempt(m_networks.purge());
    if (!outcome) // what is mounted still must not be walked into
        return outcome;
    attempt(removeTree(m_settings.runFolder + "/runtime/.seccomp")); // the runtime's compiled filters
    ::unlink(startedMark().c_str());
    for (const char* name : {"/containers", "/files", "/idmap", "/runtime", "/steps", "/volumes", ""})
        ::rmdir((m_settings.runFolder + name).c_str()); // not empty: somebody else's
    return outcome;
}

} // namespace escale
