// What the runtime remembers of a container: <root>/<id>/state.json, a copy of its config.json, and the
// socket that `start` connects to. Folders are 0700 and live on a file system that a reboot empties (/run):
// nothing is synced to a disk.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale {

/// runtime.md#state; Paused is ours, as of runc and crun (found_container.h).
enum class ContainerStatus : std::uint8_t { Creating, Created, Running, Stopped, Paused };
std::string_view statusName(ContainerStatus status);

struct SavedState {
    std::string id;
    std::string bundle;
    std::string cgroupPath;
    std::string createdAt; // RFC 3339
    pid_t pid = 0;         // of the container's first process, as we see it; 0 while it is being made
    std::uint64_t pidStartTime = 0; // clock ticks since boot (proc(5) stat, field 22): tells a reused pid
    std::vector<std::pair<std::string, std::string>> annotations;
    std::string systemdUnit{}; // the scope that systemd made for it; empty: the cgroup is ours alone
    bool hooks = false;        // its configuration has some: `start` and `delete` read it only then
};

/// runtime.md#state: what `state` prints and hooks are told. `pid` as the reader sees it.
Json stateDocument(const SavedState& state, ContainerStatus status, std::int64_t pid);

class StateFolder {
public:
    /// AlreadyExists when a container of that id is there.
    static Result<StateFolder> create(const std::string& root, const std::string& id);
    /// NotFound when there is none.
    static Result<StateFolder> open(const std::string& root, const std::string& id);

    Result<void> save(const SavedState& state) const;
    Result<SavedState> load() const;
    /// The container's config.json as it was created: what the bundle says later is another container's.
    Result<void> saveConfig(std::string_view text) const;
    Result<std::string> loadConfig() const;
    /// Creating, Created, Running or Stopped by looking at the process and the start socket.
    [[nodiscard]] ContainerStatus status(const SavedState& state) const;
    Result<void> remove() const;

    /// A listening socket for the child.
    Result<UniqueFd> listen() const;
    /// WrongState when the container waits no more.
    Result<UniqueFd> connect() const;
    /// From now on the container counts as running.
    Result<void> removeSocket() const;

private:
    StateFolder(std::string path, UniqueFd directory)
        : m_path(std::move(path))
        , m_directory(std::move(directory)) {}
    std::string m_path;
    UniqueFd m_directory;
};

/// 1 to 255 of [A-Za-z0-9_.+-], not beginning with a dot or a dash.
Result<void> validateContainerId(std::string_view id);
/// Now, in UTC, with nanoseconds.
std::string rfc3339Now();

} // namespace escale
