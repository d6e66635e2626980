// Containers' inside. The actions are spread over files by what they do: containers.cpp (the interface),
// start_container.cpp, join_container.cpp (the modes container:ID), container_networks.cpp,
// change_container.cpp (signals, pause, update), exec_container.cpp (exec and attach), check_health.cpp,
// container_mounts.cpp, finish_container.cpp (exit, restart policy, removal), container_root.cpp (its files),
// container_making.cpp (the record of a start), step_container.cpp and step_mounts.cpp (builds),
// take_over.cpp (open and purge), end_with_machine.cpp.
//
// Locks, outermost first: a container's `Slot::action` (held through a whole action) → the parts' own mutexes
// and the store's lock → m_mutex (the maps; held for look-ups only). The listener is called with none of
// them.
#pragma once

#include "engine/base/revert.h"
#include "engine/cgroup/layout.h"
#include "engine/container/container_record.h"
#include "engine/container/containers.h"
#include "engine/container/exit_watch.h"
#include "engine/container/layer_mounts.h"
#include "engine/container/rootfs.h"
#include "engine/container/run_records.h"
#include "engine/container/runtime_program.h"
#include "engine/container/stats_sampler.h"
#include "engine/container/timer_thread.h"
#include "engine/container/waiting_sessions.h"
#include "engine/network/dns_server.h"
#include "engine/network/networks.h"
#include "engine/network/port_reservation.h"
#include "engine/network/port_rules.h"
#include "engine/network/route_watch.h"
#include "engine/network/ruleset_watch.h"
#include "engine/store/store.h"
#include "engine/volume/mount_spec.h"
#include "engine/volume/volumes.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace escale {

/// What a container reads of names and addresses.
struct NameFiles {
    std::string resolvConf;
    std::string hosts;   // without the option extra-hosts
    std::string gateway; // "host-gateway"
};

// In a bundle.
constexpr const char* kExitFile = "/exit.json";
constexpr const char* kProcessFile = "/processes.json";

class Containers::State {
public:
    State(Store& store, ContainersSettings settings, CgroupLayout cgroups);
    ~State();

    // What is known of a container beside its row.
    struct Slot {
        std::mutex action; // serialises the actions on it
        // Held while its root file system is mounted or unmounted, here or there; inside of `action`.
        std::mutex root;
        unsigned rootUsers = 0; // under `root`: they look into filesOf(id)
        // The rest is under State::m_mutex.
        ProcessRecord process;                     // while it runs
        bool stopAsked = false;                    // somebody stops or kills it: it does not start again
        std::chrono::milliseconds restartDelay{0}; // before the last start by the policy
        std::optional<Health> health;              // while it runs, when it is checked
        struct Waiter {
            WaitFor what;
            std::function<void(int)> ended;
        };
        std::vector<Waiter> waiters;
    };
    struct Exec {
        uid_t owner = 0;
        std::string container;
        std::string exitFile;
        std::string command;
        pid_t pid = 0;
        std::optional<int> exitCode;
    };

    // take_over.cpp
    Result<void> takeOver();
    Result<void> purge();

    // end_with_machine.cpp
    void endWithMachine(std::chrono::seconds longest);

    // containers.cpp
    Result<std::string> create(uid_t owner, ContainerOptions options, const MountSources& sources);
    Result<void> stop(const std::string& id, std::optional<unsigned> timeoutSeconds,
                      const Cancellation& cancellation);
    void setListener(std::function<void(uid_t, const std::string&)> listener);
    using Listener = std::function<void(uid_t, const std::string&)>;
    std::shared_ptr<void> watch(Listener listener);
    void notify(const Container& container);
    std::shared_ptr<Slot> slotOf(const std::string& id);
    /// What the database does not know of one that runs: its pid and health.
    void addLive(Container& container);
    ContainerRecords& records() { return m_records; }
    Store& store() { return m_store; }
    [[nodiscard]] std::string logPath(const std::string& id) const {
        return m_store.containerFolder(id) + "/log/container.log";
    }
    [[nodiscard]] std::string cgroupPath(const std::string& id) const {
        return m_settings.cgroupParent + "/" + id;
    }

    EventLog& events() { return *m_events; }
    StatsSampler& sampler() { return *m_sampler; }
    void emitEvent(const Container& container, std::string action, TextMap attributes = {});

    // start_container.cpp
    Result<void> start(const std::string& id, const StartOptions& options, const Cancellation& cancellation);
    Result<ImageConfig> imageConfigOf(const Container& container);

    // change_container.cpp
    Result<void> kill(const Container& container, int signal);
    Result<void> pause(const std::string& id, bool paused);
    Result<void> rename(const std::string& id, const std::string& name);
    Result<void> update(const std::string& id, const Change& change);
    Result<void> wait(const std::string& id, WaitFor what, std::function<void(int)> ended);

    // container_making.cpp
    Result<ContainerMaking> making(const std::string& id);

    // exec_container.cpp
    Result<UniqueFd> attach(const Container& container, const SessionOptions& options);
    WaitingSessions& waitingSessions() { return m_waitingSessions; }
    Result<ExecStarted> exec(const Container& container, const ExecOptions& options);
    Result<ExecState> inspectExec(uid_t owner, const std::string& execId);
    Result<std::vector<ContainerProcess>> processes(const Container& container);
    Result<RunningContainer> running(Container container);

    // check_health.cpp
    std::vector<HealthProbe> healthOf(const std::string& id);

    // container_root.cpp
    Result<ContainerRoot> openRoot(const std::string& id);
    Result<ContainerLayers> openLayers(const Container& container);

    // step_container.cpp
    Result<int> runStep(const StepContainer& step, const Cancellation& cancellation);
    Result<ContainerRoot> openStepRoot(uid_t owner, const StepRoot& root);

    // container_networks.cpp
    Networks& networks() { return m_networks; }
    Result<std::vector<std::pair<std::string, PortReach>>> reach(const std::string& id);
    Result<ContainerOptions> currentOptions(const Container& container);
    std::string namesProblem();
    Result<void> connectNetwork(const std::string& id, const std::string& network,
                                const EndpointRequest& request);
    Result<void> disconnectNetwork(const std::string& id, const std::string& network);
    Result<NetworkRecord> moveNetwork(uid_t owner, const std::string& network);
    void setNetworkListener(std::function<void(uid_t, const std::string&)> listener);
    void notifyNetworks(uid_t owner, const std::vector<EndpointRecord>& endpoints);
    void emitNetworkEvent(const NetworkRecord& record, std::string action, TextMap attributes = {});

    // finish_container.cpp
    Result<void> remove(const std::string& id, bool force, bool volumes);

    // container_mounts.cpp
    Volumes& volumes() { return *m_volumes; }
    void emitVolumeEvent(const VolumeRecord& record, std::string action, TextMap attributes = {});

private:
    struct Launch; // what a start has made so far (launch.h)
    void writeMaking(Launch& launch);
    Result<void> startProgram(const Launch& launch);
    Result<void> startLocked(Launch& launch, const Cancellation& cancellation);
    Result<void> launch(Launch& launch, Revert& revert, const Cancellation& cancellation);
    Result<void> recordStart(const Launch& launch);
    Result<void> insert(const Container& container, const std::vector<EndpointRecord>& endpoints,
                        const std::vector<VolumeUse>& uses);
    // container_mounts.cpp
    Result<std::vector<VolumeUse>> chooseMounts(Container& container, const ImageConfig& image,
                                                const MountSources& sources, std::vector<VolumeRecord>& made,
                                                Revert& revert);
    Result<void> addInherited(const Container& container, const ImageConfig& image,
                              std::vector<MountSpec>& mounts);
    Result<VolumeRecord> volumeFor(const Container& container, const MountSpec& mount,
                                   std::vector<VolumeRecord>& made, Revert& revert);
    Result<void> keepSecrets(const Container& container, const std::vector<Secret>& secrets, Revert& revert);
    Result<std::vector<std::pair<VolumeUse, VolumeRecord>>> volumesOf(const Container& container);
    Result<void> prepareMounts(Launch& launch, Revert& revert, const Cancellation& cancellation);
    Result<void> prepareBind(Launch& launch, const MountSpec& mount);
    Result<void> prepareVolume(Launch& launch, const MountSpec& mount, const VolumeRecord& record,
                               Revert& revert, const Cancellation& cancellation);
    Result<void> copyUp(const Launch& launch, const MountSpec& mount, const VolumeRecord& record,
                        const Cancellation& cancellation);
    Result<void> prepareSecrets(Launch& launch);
    void tellVolumeUse(const Container& container, const char* action);
    Result<void> releaseVolumes(const Container& container);
    Result<void> adoptVolumes(const Container& container);
    void removeAnonymous(const std::vector<std::pair<VolumeUse, VolumeRecord>>& volumes);
    Result<void> prepareRootfs(Launch& launch, Revert& revert);
    // step_container.cpp, step_mounts.cpp
    struct StepLaunch; // step_launch.h
    Result<int> runStep(StepLaunch& launch, Revert& revert, const Cancellation& cancellation);
    Result<void> prepareStepRootfs(StepLaunch& launch, Revert& revert);
    Result<void> prepareStepMounts(StepLaunch& launch, Revert& revert);
    Result<void> prepareStepFiles(StepLaunch& launch, Revert& revert);
    Result<void> prepareScratch(StepLaunch& launch, std::size_t number);
    Result<UniqueFd> openScratchOfLayers(const StepLaunch& launch, int source, const std::string& folder);
    Result<void> prepareStepNetworks(StepLaunch& launch, Revert& revert);
    Result<void> attachStep(StepLaunch& launch, Revert& revert);
    Result<void> startStep(StepLaunch& launch, Revert& revert, const Cancellation& cancellation);
    /// Its layers, acquired for `user`. An empty root's only layer is `empty`, which is made then.
    Result<RootfsPlan> planRoot(std::uint32_t idBase, const StepRoot& root, const std::string& user,
                                const std::string& empty);
    Result<void> removeStepFolder(const std::string& id, bool hasNetworks);
    Result<void> removeLeftSteps();
    // container_root.cpp
    Result<void> mountForFiles(const Container& container);
    void releaseLayers(const std::string& user);
    void releaseRoot(Slot& slot, const std::string& id);
    Result<void> mountOrShow(const RootfsPlan& plan, const std::string& id);
    Result<void> unmountRoot(const std::string& id);
    void hideFiles(const std::string& id);
    Result<void> removeLeftFiles();
    Result<void> prepareSharedMemory(Launch& launch, Revert& revert);
    Result<void> writeBundle(Launch& launch);
    Result<void> writeNameFiles(const Launch& launch) const;
    // container_networks.cpp
    Result<std::vector<EndpointRecord>> chosenEndpoints(const Container& container);
    Result<void> connectOlder();
    Result<void> prepareNetworks(Launch& launch, Revert& revert);
    Result<void> attachNetworks(Launch& launch, Revert& revert);
    Result<std::vector<NetworkRecord>> networksOf(const std::string& id);
    Result<EndpointRecord> newEndpoint(const Container& container, const NetworkRecord& record,
                                       const EndpointRequest& request);
    Result<void> connectRunning(Container& container, EndpointRecord& endpoint, const NetworkRecord& record);
    Result<void> recordConnection(Container& container, const EndpointRecord& endpoint);
    Result<void> afterDisconnect(Container& container);
    struct Moving { // to another subnet, while it runs
        Container container;
        EndpointRecord endpoint;
        NameFiles before;
    };
    Result<void> attachMoved(Moving& moving);
    Result<void> attachAgain(Moving& moving);
    Result<void> attachNow(const Container& container, EndpointRecord& endpoint);
    Result<void> adoptNetworks(const Container& container);
    Result<bool> hasDefaultRoute(const EndpointRecord& endpoint);
    // container_names.cpp
    static NameFiles nameFilesOf(const Container& container, const std::vector<EndpointRecord>& endpoints,
                                 const std::vector<NetworkRecord>& networks);
    Result<NameFiles> nameFilesNow(const Container& container);
    /// In the place of `before`, which the container may have changed meanwhile: then they stay.
    Result<void> changeNameFiles(const Container& container, const NameFiles& before);
    void setNames(const Container& container);
    void forgetNames(const std::string& id);
    /// Of what is being started: they are served, and forgotten when the start fails.
    void giveNames(const Container& container, Revert& revert);
    void giveNames(const Launch& launch, Revert& revert);
    /// A name server that fails, or another one at its port, is no reason to end what runs: the list of
    /// networks says so (namesProblem()).
    void serveNames();
    Result<void> tellNameServer();
    // container_ports.cpp
    Result<void> preparePorts(Launch& launch, Revert& revert);
    Result<void> checkRoomForPorts(const Container& container, std::size_t wanted);
    Result<void> publishPorts(Launch& launch, Revert& revert);
    Result<void> publish(const EndpointRecord& endpoint, const NetworkRecord& network,
                         const std::vector<PublishedPort>& ports);
    Result<void> withdrawPorts(const std::string& id);
    Result<void> endPorts(const std::string& id);
    Result<void> republish(const Container& container);
    Result<void> adoptPorts(const Container& container);
    Result<void> restoreRules();
    void rulesWereLost(const std::string& by);
    Result<std::map<std::string, std::string>> overlapsNow(const std::vector<NetworkRecord>& records);
    Result<void> routesChanged();
    // container_names.cpp, container_networks.cpp, container_ports.cpp, its end
    void leaveNetworksLater(const std::string& id);
    /// At once; when it is in none this is no error.
    Result<void> leaveNetworks(const std::string& id);
    static std::string networkTimerOf(const std::string& id) { return "network:" + id; }
    // join_container.cpp: the modes "container:ID"
    Result<void> prepareJoins(Launch& launch);
    Result<Container> runningTarget(uid_t owner, const std::string& idOrName);
    Result<std::string> holdNamespace(Launch& launch, const Container& target, const char* name);
    Result<void> createUnderMonitor(Launch& launch, Revert& revert);
    /// Creates it; `process` and its record in the bundle tell of it.
    Result<void> monitor(Launch& launch, const RuntimeProgram::Monitored& what);

    // The container's action lock is held for those below; they do not notify.

    /// After the monitor has ended: reads how, cleans, writes the row. Failures of the cleaning are logged
    /// and in its `error`.
    void finish(Container& container);
    void moveMaking(const std::string& id);
    Result<void> recordEnd(const Container& container);
    Result<void> removeStopped(const Container& container, bool volumes);
    Result<void> endRestarting(Container& container);
    /// The option's, the image's or SIGTERM.
    Result<int> stopSignal(const Container& container);
    Result<void> stopGently(const Container& container, std::chrono::seconds grace,
                            const Cancellation& cancellation);
    /// SIGKILL, and waits until the monitor has ended.
    Result<void> killNow(const Container& container);
    /// Takes away what a container has beside row, folder and bundle: processes, the runtime's state, cgroup,
    /// interface, mount. Goes on over failures, which come as causes.
    Result<void> clean(const Container& container);
    /// Kills what still runs, with the runtime's record and the cgroup, and waits for the monitor.
    Result<void> endProcesses(const std::string& id);
    Result<void> endProcesses(const std::string& id, const ProcessRecord& process);

    // end_with_machine.cpp; without the lock
    void askToEnd(const Container& container, std::chrono::seconds grace);
    Result<void> endBy(const std::string& id, std::chrono::steady_clock::time_point deadline);

    // finish_container.cpp: the restart policy
    void askStop(const std::string& id);
    bool takeStopAsked(const std::string& id);
    std::optional<std::chrono::milliseconds> nextRestart(const Container& ended, bool asked);
    void scheduleRestart(const std::string& id, std::chrono::milliseconds delay);
    void restartByPolicy(const std::string& id);
    void tellWaiters(const Container& container, bool isRemoved = false);

    // exec_container.cpp
    Result<UniqueFd> connectNow(const Container& container, std::uint8_t flags, const std::string& keys);
    Result<UniqueFd> connectAtStart(const Container& container, std::uint8_t flags, const std::string& keys);
    Result<Json> execProcess(const Container& container, const ExecOptions& options);
    void execEnded(const std::string& execId);

    // check_health.cpp
    void beginHealth(const Container& container, const HealthConfig& images);
    void endHealth(const std::string& id);
    void scheduleProbe(const std::string& id, std::int64_t run, std::chrono::milliseconds delay);
    void probe(const std::string& id, std::int64_t run);
    HealthProbe runProbe(const Container& container, const HealthConfig& config);
    [[nodiscard]] std::string healthFileOf(const std::string& id) const {
        return bundleOf(id) + "/health.json";
    }

    void watchEnded(const std::string& key);
    void monitorEnded(const std::string& id);
    /// On a thread of its own, which the destructor waits for; here, when there is no room for one.
    void inBackground(std::function<void()> work);
    void takeOverOne(Container container, bool machineStarted);
    Result<void> restartWithMachine(Container& container);
    Result<bool> adopt(const Container& container);
    Result<void> removeUnknown(const std::set<std::string>& known);
    Result<void> removeUnknownBundle(const std::string& id, const std::string& bundle);
    void measure(const Container& container);
    void measureNetworks(const std::string& id);
    void setProcess(const std::string& id, const ProcessRecord& process);
    ProcessRecord processOf(const std::string& id);
    void forget(const std::string& id);
    /// NotFound when the process is gone, or its number is another's now.
    static Result<UniqueFd> openMonitor(const ProcessRecord& process);
    /// False for one that has ended but was not yet reaped by its parent, too.
    static bool runs(const ProcessRecord& process);

    [[nodiscard]] std::string bundleOf(const std::string& id) const {
        return m_settings.runFolder + "/containers/" + id;
    }
    [[nodiscard]] std::string stepOf(const std::string& id) const {
        return m_settings.runFolder + "/steps/" + id;
    }
    [[nodiscard]] std::string filesOf(const std::string& id) const {
        return m_settings.runFolder + "/files/" + id;
    }
    [[nodiscard]] std::string sharedMemoryOf(const std::string& id) const { return bundleOf(id) + "/shm"; }
    [[nodiscard]] std::string attachSocketOf(const std::string& id) const { return bundleOf(id) + "/attach"; }
    [[nodiscard]] std::string exitFileOf(const std::string& id) const { return bundleOf(id) + kExitFile; }
    [[nodiscard]] std::string processFileOf(const std::string& id) const {
        return bundleOf(id) + kProcessFile;
    }
    /// Of the run folder, which is emptied when the machine starts.
    [[nodiscard]] std::string startedMark() const { return m_settings.runFolder + "/started"; }

    Store& m_store;
    const ContainersSettings m_settings;
    const CgroupLayout m_cgroups;
    ContainerRecords m_records;
    LayerMounts m_layers;
    Networks m_networks;
    PortReservations m_ports;
    PortRules m_portRules;
    SecretFiles m_secrets;
    RuntimeProgram m_runtime;
    std::unique_ptr<Volumes> m_volumes; // from takeOver() on

    /// Taken last: nothing of the store is asked under it, as lists take it under the store's lock.
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Slot>> m_slots;
    std::function<void(uid_t, const std::string&)> m_listener;
    std::vector<std::weak_ptr<Listener>> m_watchers;
    std::function<void(uid_t, const std::string&)> m_networkListener;
    std::map<std::string, Exec> m_execs;
    WaitingSessions m_waitingSessions;
    std::map<std::uint64_t, RootfsPlan> m_stepRoots; // that are open, by the number of their mount
    std::map<std::string, OwnedPorts> m_published;   // by container
    std::map<std::string, Container> m_named;        // those that run and are in networks
    std::atomic<std::uint64_t> m_namesAsked = 0;     // how often serveNames() was called
    std::mutex m_serving;                            // guards the next three
    std::uint64_t m_namesTold = 0;                   // the last of these calls whose change was told
    std::unique_ptr<DnsServer> m_dns;                // once there is something to tell it
    std::string m_namesProblem;                      // "what\nhint": why names are not served now
    unsigned m_background = 0;                       // threads of inBackground() that still run
    std::condition_variable m_backgroundEnded;
    Cancellation m_closing;
    std::atomic<bool> m_machineEnds = false; // nothing starts again

    std::unique_ptr<EventLog> m_events;
    std::unique_ptr<StatsSampler> m_sampler;
    std::unique_ptr<TimerThread> m_timers; // last: they end first
    std::unique_ptr<ExitWatch> m_watch;
    std::map<std::string, std::string> m_overlaps; // by network; the route watch's
    std::unique_ptr<RulesetWatch> m_rulesetWatch;
    std::unique_ptr<RouteWatch> m_routeWatch;
};

/// The first of a container's networks by which it reaches the world, and is reached; their number when none
/// does.
std::size_t defaultRouteOf(const std::vector<NetworkRecord>& networks);

/// Keys of m_watch: a container's id, or this and an exec's.
constexpr std::string_view kExecKey = "exec:";

/// Waits until `pidFd` is readable (the process has ended). Timeout, or Cancelled when `cancellation` is not
/// null.
Result<void> waitForEnd(int pidFd, std::chrono::milliseconds time, const Cancellation* cancellation);

} // namespace escale
