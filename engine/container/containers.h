// The life cycle of containers: create, start, stop, remove, and taking over what already runs.
//
//   create   a row and the folders <state>/containers/<id>/
//   start    owner's idmapped layers → overlay → bundle → `escale-runtime monitor` (creates) → endpoint →
//   `start` exit     seen by the monitor's pidfd: exit record read, runtime's state, endpoint, mount and
//   bundle taken away, row → exited remove   row and folders go
//
// Every step of a start registers its undo: a start that fails leaves nothing behind but the row's `error`.
// The monitors, not this object, hold the containers: they run on when it goes away, and open() finds them
// again.
//
// Ids: every method takes the full id, a name, or the first digits (at least 2) of an id that are
// unambiguous. Containers of other people are NotFound: nothing tells that they exist. Thread-safe. Methods
// block; actions on one container are serialised, different containers go on in parallel.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/layout.h"
#include "engine/container/container.h"
#include "engine/container/container_making.h"
#include "engine/container/container_processes.h"
#include "engine/container/event_log.h"
#include "engine/container/health.h"
#include "engine/container/secret_files.h"
#include "engine/container/stats.h"
#include "engine/network/networks.h"
#include "engine/network/port_reach.h"
#include "engine/volume/volumes.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale {

class Store;
struct StepContainer;
struct StepRoot;

struct ContainersSettings {
    std::string runtimeProgram;            // absolute path of escale-runtime
    std::string dnsProgram;                // of escale-dns; empty: beside the calling program
    std::string runFolder = "/run/escale"; // made with mode 0700 when missing
    std::string cgroupParent =
        "/escale";                  // below each hierarchy's mount point; made and removed by this engine
    std::string bridge = "escale0"; // interface of the first network "bridge"
    std::string table = "escale";   // of nftables
    std::vector<SubnetPool> pools = defaultPools(); // that subnets of networks are chosen from
    /// The folders are filled in: below the store's and the run folder.
    VolumesSettings volumes = {};
    /// How long layers stay mounted for the next container that needs them; 0: not at all.
    std::chrono::seconds keepLayers{30};
};

/// What is passed beside the options when a container is made.
struct MountSources {
    /// What the owner has opened (O_PATH) for the mounts of type bind, in their order. None: found by their
    /// paths, with the owner's rights.
    std::vector<UniqueFd> binds;
    std::vector<Secret> secrets;
};

/// What a session carries (engine/base/session_frame.h), for attach() and exec().
struct SessionOptions {
    bool input = true;      // what the client sends reaches the program
    bool output = true;     // the client gets what the program writes
    std::string detachKeys; // "ctrl-p,ctrl-q"; empty: those, where there is a terminal
    bool nextStart = false; // attach(): when it does not run, from its next start on
};

struct StartOptions {
    bool awaitsClient = true; // where the input ends with its first client: output waits for that client
};

/// What Wait waits for, as `docker wait --condition` names it.
enum class WaitFor : std::uint8_t {
    End,      // "not-running": it has ended for good; at once when it does not run
    NextExit, // "next-exit": also one that it starts again from
    Removal,  // "removed"
};

struct ExecOptions {
    Texts command;
    bool terminal = false;
    bool openInput = false;
    bool detached = false; // nobody sees what it writes
    std::string user;      // empty: the container's
    std::string workingDirectory;
    Texts environment; // over the container's
    bool privileged = false;
    std::uint16_t rows = 0; // of the terminal; 0: unknown
    std::uint16_t columns = 0;
    std::string detachKeys;
};

struct ExecStarted {
    std::string id;
    UniqueFd session; // connected; not valid when detached
};

struct ExecState {
    std::string container;
    bool running = false;
    int exitCode = 0;
    pid_t pid = 0; // on this machine
};

/// A container's root file system, held open; nothing but descriptors (container_root.cpp).
class ContainerRoot {
public:
    ContainerRoot(ContainerRoot&& other) noexcept
        : m_directory(std::move(other.m_directory))
        , m_userNamespace(std::move(other.m_userNamespace))
        , m_release(std::exchange(other.m_release, nullptr)) {}
    ContainerRoot& operator=(ContainerRoot&&) = delete;
    /// Must have ended before: processes that were given the descriptors.
    ~ContainerRoot();
    /// The folder: the container's overlay, without what is mounted in it.
    [[nodiscard]] int directory() const { return m_directory.get(); }
    /// A user namespace with the container's ids; -1 when they are the host's.
    [[nodiscard]] int userNamespace() const { return m_userNamespace.get(); }

private:
    friend class Containers;
    ContainerRoot(UniqueFd directory, UniqueFd userNamespace, std::function<void()> release)
        : m_directory(std::move(directory))
        , m_userNamespace(std::move(userNamespace))
        , m_release(std::move(release)) {}
    UniqueFd m_directory;
    UniqueFd m_userNamespace;
    std::function<void()> m_release;
};

/// Where a container's changes lie: the upper folder, and the layers below by their names.
struct ContainerLayers {
    UniqueFd upper;
    UniqueFd userNamespace;   // with the container's ids; not valid when they are the host's
    std::uint32_t idBase = 0; // which host id is theirs of root; 0: they are the host's
    UniqueFd layersFolder;
    std::vector<std::string> layers; // top first
    std::shared_ptr<void> mounts;    // the layers are there while it is
};

/// Where the kernel shows one that runs. What is read by a number is of that process when its pidfd says
/// afterwards that it lives still (hasProcessEnded()).
struct RunningContainer {
    Container container;
    UniqueFd process; // the first process's pidfd; its number: container.pid
    UniqueFd monitor; // of its parent; not valid when that has ended
    pid_t monitorPid = 0;
    std::vector<pid_t> members; // of its cgroup and those below
    CgroupLayout cgroups{{}};
    std::string cgroup;     // below the hierarchies' mount points
    std::string configFile; // config.json that it was made of; root's
};

class Containers {
public:
    /// Takes over the containers that run, and finishes those that ended while nobody looked. `store`
    /// outlives this object.
    static Result<std::unique_ptr<Containers>> open(Store& store, ContainersSettings settings);
    Containers(const Containers&) = delete;
    Containers& operator=(const Containers&) = delete;
    /// Waits for actions of other threads that still run; containers run on.
    ~Containers();

    /// Checks the options and writes the row; milliseconds. InvalidArgument, NotFound (image), AlreadyExists
    /// (name). Volumes that are named but not there are made, too. Returns the id.
    Result<std::string> create(uid_t owner, const ContainerOptions& options,
                               const MountSources& sources = {});
    /// WrongState when it runs already. The error of a failed start is kept in the row, too.
    Result<void> start(uid_t owner, const std::string& id, const Cancellation& cancellation,
                       const StartOptions& options = {});
    /// The image's stop signal, then SIGKILL after the grace period (nullopt: the container's own; 0: at
    /// once). Returns when it has stopped and everything is cleaned. No error when it does not run.
    /// Cancelling ends the waiting before SIGKILL.
    Result<void> stop(uid_t owner, const std::string& id, std::optional<unsigned> timeoutSeconds,
                      const Cancellation& cancellation);
    /// WrongState when it runs, unless `force` (SIGKILL first). Leaves no row, folder, mount, cgroup or
    /// interface. `volumes`: with its anonymous volumes that no other container has.
    Result<void> remove(uid_t owner, const std::string& id, bool force, bool volumes = false);

    /// stop(), then start(). One that does not run is started.
    Result<void> restart(uid_t owner, const std::string& id, std::optional<unsigned> timeoutSeconds,
                         const Cancellation& cancellation, const StartOptions& options = {});
    /// To the first process. WrongState when it does not run.
    Result<void> kill(uid_t owner, const std::string& id, int signal);
    /// Freezes all of its processes, and lets them go on. WrongState when there is nothing to do.
    Result<void> pause(uid_t owner, const std::string& id);
    Result<void> unpause(uid_t owner, const std::string& id);
    /// AlreadyExists.
    Result<void> rename(uid_t owner, const std::string& id, const std::string& name);
    /// Limits and the restart policy, also of one that runs: `change` gets the options as they are. When the
    /// kernel refuses a limit nothing is changed.
    using Change = std::function<Result<void>(ContainerOptions&)>;
    Result<void> update(uid_t owner, const std::string& id, const Change& change);
    /// Calls `ended` once with the exit code, when what is waited for has come. A removal ends every wait.
    /// NotFound. From any thread; it must be quick.
    Result<void> wait(uid_t owner, const std::string& id, WaitFor what, std::function<void(int)> ended);

    /// A connected session with the container. WrongState when it does not run (or was not started); InUse
    /// when as many as can be are attached already.
    ///
    /// With `nextStart` one that does not run is no error: the session is with it from its next start on,
    /// whoever starts it, and misses nothing; its first frame is the monitor's Hello then. It ends without a
    /// word when that start fails, the container is removed, or this object goes.
    Result<UniqueFd> attach(uid_t owner, const std::string& id, const SessionOptions& options);
    /// Clients that wait for a start.
    [[nodiscard]] bool hasWaitingSessions() const;
    /// Runs a command in it. NotFound (no such program), WrongState, InvalidArgument.
    Result<ExecStarted> exec(uid_t owner, const std::string& id, const ExecOptions& options);
    /// Known until the container ends.
    Result<ExecState> inspectExec(uid_t owner, const std::string& execId);
    Result<std::vector<ContainerProcess>> processes(uid_t owner, const std::string& id);
    /// How it was made at its last start, also after its end. NotFound: it was never started, or by a version
    /// that wrote nothing down. May wait half a second right after a start.
    Result<ContainerMaking> making(uid_t owner, const std::string& id);
    /// The last probes of the health check, newest last; empty when there is none.
    Result<std::vector<HealthProbe>> health(uid_t owner, const std::string& id);
    /// The options with the networks that it is in now, in the place of those that it was made with.
    Result<ContainerOptions> currentOptions(const Container& container);
    /// The networks; containers are connected to them by the next two.
    Networks& networks();
    /// Also while it runs. NotFound, AlreadyExists, InUse (an address), WrongState ("host" and the like).
    Result<void> connectNetwork(uid_t owner, const std::string& id, const std::string& network,
                                const EndpointRequest& request);
    Result<void> disconnectNetwork(uid_t owner, const std::string& id, const std::string& network);
    /// Whether containers find each other by name there: in bridges that people make, as with Docker.
    static bool answersNames(const NetworkRecord& network);
    /// Why they do not now, as "what\nhint"; empty when they do.
    std::string namesProblem();
    /// Who can reach each published port of one that runs, by its words.
    Result<std::vector<std::pair<std::string, PortReach>>> reach(const Container& container);
    /// Gives the network a free subnet; containers that run get new addresses.
    Result<NetworkRecord> moveNetwork(uid_t owner, const std::string& network);
    /// "create", "destroy", "prune" …, with the network's name and driver; told to onNetworkChanged(), too.
    void emitNetworkEvent(const NetworkRecord& record, std::string action, TextMap attributes = {});

    /// The volumes that containers mount.
    Volumes& volumes();
    /// "create", "destroy", "prune" … of a volume.
    void emitVolumeEvent(const VolumeRecord& record, std::string action, TextMap attributes = {});

    /// What happened; see event_log.h.
    EventLog& events();
    /// Removes those that do not run and were created before `until` (Unix milliseconds; 0: all) and have
    /// every one of `labels` ("name" or "name=value"). Goes on over failures. Returns the ids.
    Result<std::vector<std::string>> prune(uid_t owner, std::int64_t until, const Texts& labels);
    /// What of `container` comes from its image.
    Result<ImageConfig> imageConfig(const Container& container);

    /// Newest first.
    Result<std::vector<Container>> list(uid_t owner);
    /// The same without copies, for lists of many: hands them to `see`, one by one. Each lasts until it
    /// returns, and it is quick: the store waits for it.
    Result<void> visit(uid_t owner, ContainerChoice choice, const std::function<void(const Container&)>& see);
    Result<std::size_t> count(uid_t owner);
    Result<Container> find(uid_t owner, const std::string& idOrName);
    /// WrongState when it does not run. Paused ones run.
    Result<RunningContainer> findRunning(uid_t owner, const std::string& idOrName);

    /// The log's files for reading, the oldest first (log_folder.h; engine/log reads them): Docker's
    /// json-file lines, in the last one appended to while the container runs. An open file stays readable
    /// when the container is removed. NotFound before the first start.
    Result<std::vector<UniqueFd>> openLog(uid_t owner, const std::string& id);
    /// What it uses now. WrongState when it does not run.
    Result<ContainerStats> stats(uid_t owner, const std::string& id);
    /// What it used in the last hour of this run, later than `since` (Unix milliseconds). Empty when it does
    /// not run.
    Result<std::vector<StatsPoint>> statsHistory(uid_t owner, const std::string& id, std::int64_t since);

    /// Called after every change of a row (also of one that went away), from any thread, without locks held.
    /// Set before use.
    void onChanged(std::function<void(uid_t owner, const std::string& id)> listener);

    /// The same for whoever waits for something, until the answer goes; a call may still run then.
    std::shared_ptr<void> watch(std::function<void(uid_t owner, const std::string& id)> listener);

    /// The same for a network: somebody came or went, or what it is has changed.
    void onNetworkChanged(std::function<void(uid_t owner, const std::string& network)> listener);

    /// Of a container in any state; one that does not run has its root mounted meanwhile, and starts, stops
    /// and is removed as ever. It must be gone before this object. `action`: the event that tells of it,
    /// after Docker ("extract-to-dir"); empty: none.
    Result<ContainerRoot> openRoot(uid_t owner, const std::string& id, const std::string& action = {});
    Result<ContainerLayers> openLayers(uid_t owner, const std::string& id, const std::string& action = {});

    /// Runs a build's step to its end (step_container.h) and answers with its exit code; 128 and the signal's
    /// number when one has ended it. Nothing of it stays but `folder`. NotFound: no such program or user.
    Result<int> runStep(const StepContainer& step, const Cancellation& cancellation);
    /// Such a file system as a folder to read in, with its owner's ids, while the answer lives.
    Result<ContainerRoot> openStepRoot(uid_t owner, const StepRoot& root);

    /// For the machine's end: every container gets its stop signal at once, and SIGKILL after its own grace
    /// period or `longest`. None starts again; what the restart policies ask for holds at the machine's next
    /// start. Returns when all have ended; failures are logged.
    void endWithMachine(std::chrono::seconds longest);

    /// Removes everything this instance made: every owner's containers, mounts, cgroups, the bridge and its
    /// table. Goes on over failures; the error lists them as causes.
    Result<void> purge();

private:
    class State;
    explicit Containers(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace escale
