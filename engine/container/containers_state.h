// Containers' inside. The actions are spread over files by what they do: containers.cpp (the interface),
// start_container.cpp, finish_container.cpp (exit and removal), take_over.cpp (open and purge).
//
// Locks, outermost first: a container's `Slot::action` (held through a whole action) → the parts' own mutexes
// and the store's lock → m_mutex (the maps; held for look-ups only). The listener is called with none of
// them.
#pragma once

#include "engine/base/revert.h"
#include "engine/cgroup/layout.h"
#include "engine/container/bridge_addresses.h"
#include "engine/container/container_record.h"
#include "engine/container/containers.h"
#include "engine/container/exit_watch.h"
#include "engine/container/idmapped_layers.h"
#include "engine/container/run_records.h"
#include "engine/container/runtime_program.h"
#include "engine/store/store.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace escale {

class Containers::State {
public:
    State(Store& store, ContainersSettings settings, CgroupLayout cgroups);
    ~State();

    // What is known of a container beside its row.
    struct Slot {
        std::mutex action;     // serialises the actions on it
        ProcessRecord process; // while it runs; under State::m_mutex
    };

    // take_over.cpp
    Result<void> takeOver();
    Result<void> purge();

    // containers.cpp
    Result<std::string> create(uid_t owner, ContainerOptions options);
    Result<void> stop(const std::string& id, std::optional<unsigned> timeoutSeconds,
                      const Cancellation& cancellation);
    void setListener(std::function<void(uid_t, const std::string&)> listener);
    void notify(const Container& container);
    std::shared_ptr<Slot> slotOf(const std::string& id);
    Container withPid(Container container);
    ContainerRecords& records() { return m_records; }
    Store& store() { return m_store; }
    [[nodiscard]] std::string logPath(const std::string& id) const {
        return m_store.containerFolder(id) + "/log/container.log";
    }
    [[nodiscard]] std::string cgroupPath(const std::string& id) const {
        return m_settings.cgroupParent + "/" + id;
    }

    // start_container.cpp
    Result<void> start(const std::string& id, const Cancellation& cancellation);

    // finish_container.cpp
    Result<void> remove(const std::string& id, bool force);

private:
    struct Launch; // what a start has made so far (launch.h)
    Result<void> launch(Launch& launch, Revert& revert, const Cancellation& cancellation);
    Result<void> recordStart(const Launch& launch);
    Result<void> prepareRootfs(Launch& launch, Revert& revert);
    Result<void> prepareNetwork(Launch& launch, Revert& revert);
    Result<void> prepareSharedMemory(Launch& launch, Revert& revert);
    Result<void> writeBundle(Launch& launch);
    Result<void> writeNameFiles(const Launch& launch) const;
    // join_container.cpp: the modes "container:ID"
    Result<void> prepareJoins(Launch& launch);
    Result<Container> runningTarget(uid_t owner, const std::string& idOrName);
    Result<std::string> holdNamespace(Launch& launch, const Container& target, const char* name);
    Result<void> createUnderMonitor(Launch& launch, Revert& revert);

    // The container's action lock is held for those below; they do not notify.

    /// After the monitor has ended: reads how, cleans, writes the row. Failures of the cleaning are logged
    /// and in its `error`.
    void finish(Container& container);
    Result<void> removeStopped(const Container& container);
    Result<void> stopGently(const Container& container, std::chrono::seconds grace,
                            const Cancellation& cancellation);
    /// SIGKILL, and waits until the monitor has ended.
    Result<void> killNow(const std::string& id);
    /// Takes away what a container has beside row, folder and bundle: processes, the runtime's state, cgroup,
    /// interface, mount. Goes on over failures, which come as causes.
    Result<void> clean(const Container& container);
    /// Kills what still runs, with the runtime's record and the cgroup, and waits for the monitor.
    Result<void> endProcesses(const std::string& id);

    void monitorEnded(const std::string& id);
    void takeOverOne(Container container);
    Result<bool> adopt(const Container& container);
    Result<void> removeUnknown(const std::set<std::string>& known);
    Result<void> removeUnknownBundle(const std::string& id);
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
    [[nodiscard]] std::string sharedMemoryOf(const std::string& id) const { return bundleOf(id) + "/shm"; }
    [[nodiscard]] std::string exitFileOf(const std::string& id) const { return bundleOf(id) + "/exit.json"; }
    [[nodiscard]] std::string processFileOf(const std::string& id) const {
        return bundleOf(id) + "/processes.json";
    }
    static std::string hostInterfaceOf(const std::string& id) { return "esc" + id.substr(0, 12); }

    Store& m_store;
    const ContainersSettings m_settings;
    const CgroupLayout m_cgroups;
    ContainerRecords m_records;
    IdmappedLayers m_layers;
    BridgeAddresses m_bridge;
    RuntimeProgram m_runtime;

    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Slot>> m_slots;
    std::function<void(uid_t, const std::string&)> m_listener;
    unsigned m_finishing = 0; // threads of monitorEnded() that still run
    std::condition_variable m_finished;

    std::unique_ptr<ExitWatch> m_watch; // last: it ends first
};

/// Waits until `pidFd` is readable (the process has ended). Timeout, or Cancelled when `cancellation` is not
/// null.
Result<void> waitForEnd(int pidFd, std::chrono::milliseconds time, const Cancellation* cancellation);

} // namespace escale
