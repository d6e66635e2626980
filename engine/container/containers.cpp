#include "engine/container/containers.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/labels.h"
#include "engine/base/log.h"
#include "engine/base/process.h"
#include "engine/base/thread.h"
#include "engine/container/container_options.h"
#include "engine/container/containers_state.h"
#include "engine/container/log_folder.h"
#include "engine/container/oci_config.h"
#include "engine/container/rootfs.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace escale {
namespace {

// After SIGKILL nothing but the kernel stands between a process and its end.
constexpr std::chrono::seconds kKillTime(20);

MachineLimits machineLimits() {
    return {static_cast<unsigned>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))), 0};
}

} // namespace

Result<void> waitForEnd(int pidFd, std::chrono::milliseconds time, const Cancellation* cancellation) {
    const auto deadline = std::chrono::steady_clock::now() + time;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
                .count();
        pollfd ready[] = {{pidFd, POLLIN, 0}, {cancellation != nullptr ? cancellation->fd() : -1, POLLIN, 0}};
        const int count = ::poll(ready, 2, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (count < 0 && errno != EINTR)
            return failErrno("cannot wait for a container");
        if (ready[0].revents != 0)
            return {};
        if (cancellation != nullptr)
            TRY(cancellation->check());
        if (left <= 0)
            return fail(ErrorCode::Timeout, "the container has not ended in time");
    }
}

Containers::Containers(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}
Containers::~Containers() = default;

Result<std::unique_ptr<Containers>> Containers::open(Store& store, ContainersSettings settings) {
    TRY_ASSIGN(auto cgroups, CgroupLayout::detect());
    auto state = std::make_unique<State>(store, std::move(settings), std::move(cgroups));
    TRY(state->takeOver());
    return std::unique_ptr<Containers>(new Containers(std::move(state)));
}

Result<std::string> Containers::create(uid_t owner, const ContainerOptions& options,
                                       const MountSources& sources) {
    return m_state->create(owner, options, sources);
}

Result<void> Containers::start(uid_t owner, const std::string& id, const Cancellation& cancellation,
                               const StartOptions& options) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->start(container.id, options, cancellation);
}

Result<void> Containers::stop(uid_t owner, const std::string& id, std::optional<unsigned> timeoutSeconds,
                              const Cancellation& cancellation) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->stop(container.id, timeoutSeconds, cancellation);
}

Result<void> Containers::remove(uid_t owner, const std::string& id, bool force, bool volumes) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->remove(container.id, force, volumes);
}

Result<void> Containers::restart(uid_t owner, const std::string& id, std::optional<unsigned> timeoutSeconds,
                                 const Cancellation& cancellation, const StartOptions& options) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    TRY(m_state->stop(container.id, timeoutSeconds, cancellation));
    TRY(m_state->start(container.id, options, cancellation));
    m_state->emitEvent(container, "restart");
    return {};
}

Result<void> Containers::kill(uid_t owner, const std::string& id, int signal) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->kill(container, signal);
}

Result<void> Containers::pause(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->pause(container.id, true);
}

Result<void> Containers::unpause(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->pause(container.id, false);
}

Result<void> Containers::rename(uid_t owner, const std::string& id, const std::string& name) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->rename(container.id, name);
}

Result<void> Containers::update(uid_t owner, const std::string& id, const Change& change) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->update(container.id, change);
}

Result<void> Containers::wait(uid_t owner, const std::string& id, WaitFor what,
                              std::function<void(int)> ended) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->wait(container.id, what, std::move(ended));
}

Result<UniqueFd> Containers::attach(uid_t owner, const std::string& id, const SessionOptions& options) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->attach(container, options);
}

bool Containers::hasWaitingSessions() const {
    return m_state->waitingSessions().isAnybodyThere();
}

Result<ExecStarted> Containers::exec(uid_t owner, const std::string& id, const ExecOptions& options) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->exec(container, options);
}

Result<ExecState> Containers::inspectExec(uid_t owner, const std::string& execId) {
    return m_state->inspectExec(owner, execId);
}

Result<std::vector<ContainerProcess>> Containers::processes(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->processes(container);
}

Result<ContainerMaking> Containers::making(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->making(container.id);
}

Result<std::vector<HealthProbe>> Containers::health(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->healthOf(container.id);
}

Result<ContainerRoot> Containers::openRoot(uid_t owner, const std::string& id, const std::string& action) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    auto root = m_state->openRoot(container.id);
    if (root && !action.empty())
        m_state->emitEvent(container, action);
    return root;
}

Result<ContainerLayers> Containers::openLayers(uid_t owner, const std::string& id,
                                               const std::string& action) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    auto layers = m_state->openLayers(container);
    if (layers && !action.empty())
        m_state->emitEvent(container, action);
    return layers;
}

Result<int> Containers::runStep(const StepContainer& step, const Cancellation& cancellation) {
    return m_state->runStep(step, cancellation);
}

Result<ContainerRoot> Containers::openStepRoot(uid_t owner, const StepRoot& root) {
    return m_state->openStepRoot(owner, root);
}

EventLog& Containers::events() {
    return m_state->events();
}

Result<ImageConfig> Containers::imageConfig(const Container& container) {
    return m_state->imageConfigOf(container);
}

Result<std::vector<std::string>> Containers::prune(uid_t owner, std::int64_t until, const Texts& labels) {
    TRY_ASSIGN(const auto containers, m_state->records().of(owner));
    std::vector<std::string> removed;
    for (const auto& container : containers) {
        const bool isWanted =
            (container.state == ContainerState::Exited || container.state == ContainerState::Created ||
             container.state == ContainerState::Dead) &&
            (until == 0 || container.createdAt < until) &&
            std::all_of(labels.begin(), labels.end(),
                        [&](const auto& label) { return hasLabel(container.options.labels, label); });
        if (!isWanted)
            continue;
        // Started meanwhile, or gone: not ours to remove.
        if (const auto done = m_state->remove(container.id, false, false); done)
            removed.push_back(container.id);
        else
            logWarning("prune: container " + shortId(container.id) + ": " + done.error().text());
    }
    return removed;
}

Result<std::vector<Container>> Containers::list(uid_t owner) {
    std::vector<Container> containers;
    TRY(visit(owner, ContainerChoice::All,
              [&](const Container& container) { containers.push_back(container); }));
    return containers;
}

// Under the store's lock: a start sets the process before its row, an end clears it after, so one that runs
// has its pid here.
Result<void> Containers::visit(uid_t owner, ContainerChoice choice,
                               const std::function<void(const Container&)>& see) {
    return m_state->records().visit(owner, choice, [&](Container& container) {
        m_state->addLive(container);
        see(container);
    });
}

Result<std::size_t> Containers::count(uid_t owner) {
    return m_state->records().countOf(owner);
}

Result<Container> Containers::find(uid_t owner, const std::string& idOrName) {
    TRY_ASSIGN(auto container, m_state->records().find(owner, idOrName));
    m_state->addLive(container);
    return container;
}

Result<RunningContainer> Containers::findRunning(uid_t owner, const std::string& idOrName) {
    TRY_ASSIGN(auto container, m_state->records().find(owner, idOrName));
    return m_state->running(std::move(container));
}

Result<std::vector<UniqueFd>> Containers::openLog(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    TRY_ASSIGN(const auto limits, logLimits(container.options));
    auto files = openLogFiles(m_state->logPath(container.id), limits.maxFile);
    if (!files && files.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "the container " + container.options.name + " has no log yet",
                    "Start it first.");
    return files;
}

Result<ContainerStats> Containers::stats(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    if (!isAlive(container.state))
        return fail(ErrorCode::WrongState, "the container " + container.options.name + " does not run");
    return m_state->sampler().latest(container.id);
}

Result<std::vector<StatsPoint>> Containers::statsHistory(uid_t owner, const std::string& id,
                                                         std::int64_t since) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->sampler().history(container.id, since);
}

void Containers::onChanged(std::function<void(uid_t, const std::string&)> listener) {
    m_state->setListener(std::move(listener));
}

std::shared_ptr<void> Containers::watch(std::function<void(uid_t, const std::string&)> listener) {
    return m_state->watch(std::move(listener));
}

void Containers::onNetworkChanged(std::function<void(uid_t, const std::string&)> listener) {
    m_state->setNetworkListener(std::move(listener));
}

Result<ContainerOptions> Containers::currentOptions(const Container& container) {
    return m_state->currentOptions(container);
}

Result<std::vector<std::pair<std::string, PortReach>>> Containers::reach(const Container& container) {
    return m_state->reach(container.id);
}

std::string Containers::namesProblem() {
    return m_state->namesProblem();
}

Networks& Containers::networks() {
    return m_state->networks();
}

Result<void> Containers::connectNetwork(uid_t owner, const std::string& id, const std::string& network,
                                        const EndpointRequest& request) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->connectNetwork(container.id, network, request);
}

Result<void> Containers::disconnectNetwork(uid_t owner, const std::string& id, const std::string& network) {
    TRY_ASSIGN(const auto container, m_state->records().find(owner, id));
    return m_state->disconnectNetwork(container.id, network);
}

Result<NetworkRecord> Containers::moveNetwork(uid_t owner, const std::string& network) {
    return m_state->moveNetwork(owner, network);
}

void Containers::emitNetworkEvent(const NetworkRecord& record, std::string action, TextMap attributes) {
    m_state->emitNetworkEvent(record, std::move(action), std::move(attributes));
    m_state->notifyNetworks(record.owner, {{{}, record.network.id, 0, {}, {}, {}}});
}

Volumes& Containers::volumes() {
    return m_state->volumes();
}

void Containers::emitVolumeEvent(const VolumeRecord& record, std::string action, TextMap attributes) {
    m_state->emitVolumeEvent(record, std::move(action), std::move(attributes));
}

Result<void> Containers::purge() {
    return m_state->purge();
}

void Containers::endWithMachine(std::chrono::seconds longest) {
    m_state->endWithMachine(longest);
}

Containers::State::State(Store& store, ContainersSettings settings, CgroupLayout cgroups)
    : m_store(store)
    , m_settings(std::move(settings))
    , m_cgroups(std::move(cgroups))
    , m_records(store)
    , m_layers(store.layersFolder(), m_settings.runFolder + "/idmap")
    , m_networks(store, {m_settings.bridge, m_settings.table, m_settings.pools})
    , m_portRules(m_settings.table)
    , m_secrets(m_settings.runFolder + "/secrets")
    , m_runtime(m_settings.runtimeProgram, m_settings.runFolder + "/runtime") {}

Containers::State::~State() {
    m_closing.cancel();
    m_rulesetWatch.reset();
    m_routeWatch.reset();
    // Stopped, not destroyed: those that finish a container still take it off the watch.
    if (m_timers)
        m_timers->stop();
    if (m_watch)
        m_watch->stop();
    std::unique_lock lock(m_mutex);
    m_backgroundEnded.wait(lock, [this] { return m_background == 0; });
}

Result<std::string> Containers::State::create(uid_t owner, ContainerOptions options,
                                              const MountSources& sources) {
    TRY(checkOptions(options, machineLimits()));
    TRY_ASSIGN(const Image image, m_store.findImage(owner, options.image));
    TRY(processArguments(options, image.settings));
    TRY(stopSignalOf(options, image.settings));
    for (const auto& [name, value] : image.settings.labels) // the options' win, as in Docker
        options.labels.emplace(name, value);
    const bool madeUp = options.name.empty();
    if (madeUp)
        options.name = randomName();
    Container container;
    container.id = randomId();
    container.owner = owner;
    container.imageDigest = image.digest.toString();
    container.options = std::move(options);
    container.createdAt = nowMilliseconds();

    Revert revert;
    const std::string folder = m_store.containerFolder(container.id);
    revert.add([folder] { return removeTree(folder); });
    TRY(makeContainerFolders(folder));
    std::vector<VolumeRecord> made;
    TRY_ASSIGN(const auto uses, chooseMounts(container, image.settings, sources, made, revert));
    TRY(keepSecrets(container, sources.secrets, revert));
    TRY_ASSIGN(const auto endpoints, chosenEndpoints(container));
    auto inserted = insert(container, endpoints, uses);
    for (int attempt = 0;
         madeUp && attempt < 20 && !inserted && inserted.error().code == ErrorCode::AlreadyExists;
         ++attempt) {
        container.options.name = randomName() + (attempt > 5 ? std::to_string(attempt) : "");
        inserted = insert(container, endpoints, uses);
    }
    TRY(inserted);
    revert.commit();
    for (const auto& record : made)
        emitVolumeEvent(record, "create");
    emitEvent(container, "create");
    notify(container);
    notifyNetworks(container.owner, endpoints);
    return container.id;
}

Result<void> Containers::State::insert(const Container& container,
                                       const std::vector<EndpointRecord>& endpoints,
                                       const std::vector<VolumeUse>& uses) {
    const auto lock = m_store.lock();
    const Unsynced fast(m_store.database(), container.options.removeWhenStopped);
    TRY_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TRY(m_records.insert(container));
    for (const auto& endpoint : endpoints)
        TRY(m_networks.connect(endpoint));
    for (const auto& use : uses)
        TRY(m_volumes->insertUse(use));
    return transaction.commit();
}

void Containers::State::emitEvent(const Container& container, std::string action, TextMap attributes) {
    for (const auto& [name, value] : container.options.labels)
        attributes.emplace(name, value);
    attributes["name"] = container.options.name;
    attributes["image"] = container.options.image;
    m_events->add(container.owner, "container", std::move(action), container.id, std::move(attributes));
}

void Containers::State::inBackground(std::function<void()> work) {
    {
        const std::lock_guard lock(m_mutex);
        ++m_background;
    }
    const auto all = [this, work = std::move(work)] {
        work();
        const std::lock_guard lock(m_mutex);
        --m_background;
        m_backgroundEnded.notify_all();
    };
    auto thread = startThread(all);
    if (thread)
        thread->detach();
    else
        all(); // the others wait a little: better than an end that nobody records
}

Result<void> Containers::State::stop(const std::string& id, std::optional<unsigned> timeoutSeconds,
                                     const Cancellation& cancellation) {
    if (timeoutSeconds)
        TRY(checkStopTimeout(*timeoutSeconds));
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        if (container.state == ContainerState::Restarting)
            return endRestarting(container);
        if (!isAlive(container.state))
            return {};
        askStop(id);
        if (container.state == ContainerState::Paused) {
            TRY(m_runtime.resume(id));
            emitEvent(container, "unpause");
        }
        const std::chrono::seconds grace(timeoutSeconds.value_or(container.options.stopTimeoutSeconds));
        if (grace.count() > 0)
            TRY(stopGently(container, grace, cancellation));
        TRY(killNow(container));
        finish(container);
    }
    emitEvent(container, "stop");
    notify(container);
    return {};
}

// It waits for its next start: there is nothing to stop but that.
Result<void> Containers::State::endRestarting(Container& container) {
    m_timers->cancel("restart:" + container.id);
    container.state = ContainerState::Exited;
    container.stoppedByUser = true;
    TRY(m_records.update(container));
    tellWaiters(container);
    emitEvent(container, "stop");
    notify(container);
    return {};
}

Result<int> Containers::State::stopSignal(const Container& container) {
    TRY_ASSIGN(const auto image, imageConfigOf(container));
    return stopSignalOf(container.options, image);
}

Result<void> Containers::State::stopGently(const Container& container, std::chrono::seconds grace,
                                           const Cancellation& cancellation) {
    const auto monitor = openMonitor(processOf(container.id));
    if (!monitor)
        return {}; // it has ended
    TRY_ASSIGN(const int signal, stopSignal(container));
    const auto sent = m_runtime.kill(container.id, signal);
    if (sent)
        emitEvent(container, "kill",
                  {{"signal", std::to_string(signal)}, {"grace", std::to_string(grace.count())}});
    else if (sent.error().code != ErrorCode::NotFound && // it has ended meanwhile
             sent.error().code != ErrorCode::WrongState)
        logWarning("container " + shortId(container.id) + ": " + sent.error().text());
    auto ended = waitForEnd(monitor->get(), grace, &cancellation);
    return !ended && ended.error().code == ErrorCode::Timeout ? Result<void>() : ended;
}

Result<void> Containers::State::killNow(const Container& container) {
    const auto monitor = openMonitor(processOf(container.id));
    if (!monitor || waitForEnd(monitor->get(), std::chrono::milliseconds(0), nullptr))
        return {}; // the monitor has ended, and the container before it
    const auto sent = m_runtime.kill(container.id, SIGKILL);
    if (sent)
        emitEvent(container, "kill", {{"signal", std::to_string(SIGKILL)}});
    auto ended = waitForEnd(monitor->get(), kKillTime, nullptr);
    if (!ended && !sent)
        ended.error().addCause(sent.error());
    return ended;
}

Result<UniqueFd> Containers::State::openMonitor(const ProcessRecord& process) {
    if (process.monitorPid <= 0)
        return fail(ErrorCode::NotFound, "the container has no monitor");
    TRY_ASSIGN(UniqueFd monitor, openPidFd(process.monitorPid));
    // Asked after the pidfd was opened: if it matches now, the pidfd is of that process.
    TRY_ASSIGN(const auto startTime, processStartTime(process.monitorPid));
    if (startTime != process.monitorStartTime)
        return fail(ErrorCode::NotFound, "the container's monitor has ended");
    return monitor;
}

bool Containers::State::runs(const ProcessRecord& process) {
    const auto monitor = openMonitor(process);
    // Too few descriptors or too little memory is no proof of an end: a healthy container must not be
    // finished for it.
    if (!monitor)
        return monitor.error().code != ErrorCode::NotFound;
    return !waitForEnd(monitor->get(), std::chrono::milliseconds(0), nullptr);
}

void Containers::State::setListener(std::function<void(uid_t, const std::string&)> listener) {
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

std::shared_ptr<void> Containers::State::watch(Listener listener) {
    auto watcher = std::make_shared<Listener>(std::move(listener));
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_watchers, [](const auto& other) { return other.expired(); });
    m_watchers.push_back(watcher);
    return watcher;
}

void Containers::State::notify(const Container& container) {
    Listener listener;
    std::vector<std::shared_ptr<Listener>> watchers;
    {
        const std::lock_guard lock(m_mutex);
        listener = m_listener;
        for (const auto& each : m_watchers)
            if (auto watcher = each.lock())
                watchers.push_back(std::move(watcher));
    }
    if (listener)
        listener(container.owner, container.id);
    for (const auto& watcher : watchers)
        (*watcher)(container.owner, container.id);
}

std::shared_ptr<Containers::State::Slot> Containers::State::slotOf(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    auto& slot = m_slots[id];
    if (!slot)
        slot = std::make_shared<Slot>();
    return slot;
}

void Containers::State::addLive(Container& container) {
    if (!isAlive(container.state))
        return;
    const std::lock_guard lock(m_mutex);
    const auto found = m_slots.find(container.id);
    if (found == m_slots.end())
        return;
    container.pid = found->second->process.pid;
    if (found->second->health)
        container.health = found->second->health->status();
}

void Containers::State::setProcess(const std::string& id, const ProcessRecord& process) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_slots.find(id); found != m_slots.end())
        found->second->process = process;
}

ProcessRecord Containers::State::processOf(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_slots.find(id);
    return found != m_slots.end() ? found->second->process : ProcessRecord{};
}

} // namespace escale
