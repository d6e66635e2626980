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
#include "engine/cgroup/metrics.h"
#include "engine/container/container.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Store;

struct ContainersSettings {
    std::string runtimeProgram;            // absolute path of escale-runtime
    std::string runFolder = "/run/escale"; // made with mode 0700 when missing
    std::string cgroupParent =
        "/escale";                  // below each hierarchy's mount point; made and removed by this engine
    std::string bridge = "escale0"; // interface of the network "bridge"
    std::string table = "escale";   // its nftables table
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
    /// (name). Returns the id.
    Result<std::string> create(uid_t owner, const ContainerOptions& options);
    /// WrongState when it runs already. The error of a failed start is kept in the row, too.
    Result<void> start(uid_t owner, const std::string& id, const Cancellation& cancellation);
    /// The image's stop signal, then SIGKILL after the grace period (nullopt: the container's own; 0: at
    /// once). Returns when it has stopped and everything is cleaned. No error when it does not run.
    /// Cancelling ends the waiting before SIGKILL.
    Result<void> stop(uid_t owner, const std::string& id, std::optional<unsigned> timeoutSeconds,
                      const Cancellation& cancellation);
    /// WrongState when it runs, unless `force` (SIGKILL first). Leaves no row, folder, mount, cgroup or
    /// interface.
    Result<void> remove(uid_t owner, const std::string& id, bool force);

    /// Newest first.
    Result<std::vector<Container>> list(uid_t owner);
    Result<Container> find(uid_t owner, const std::string& idOrName);

    /// The log, for reading, from its start: Docker's json-file lines, appended to while the container runs.
    /// An open file stays readable when the container is removed. NotFound before the first start.
    Result<UniqueFd> openLog(uid_t owner, const std::string& id);
    /// WrongState when it does not run.
    Result<CgroupMetrics> metrics(uid_t owner, const std::string& id);

    /// Called after every change of a row (also of one that went away), from any thread, without locks held.
    /// Set before use.
    void onChanged(std::function<void(uid_t owner, const std::string& id)> listener);

    /// Removes everything this instance made: every owner's containers, mounts, cgroups, the bridge and its
    /// table. Goes on over failures; the error lists them as causes.
    Result<void> purge();

private:
    class State;
    explicit Containers(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace escale
