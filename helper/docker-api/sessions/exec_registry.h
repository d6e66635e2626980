// The commands that clients have asked for with `docker exec`. Docker makes one first and starts it later,
// the engine does both at once: so what was asked for is kept here until it is started, and how it went until
// its container is gone. In memory, of this process: an exec that was made is not known any more after its
// end.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/sessions/terminal_size.h"

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace escale::docker_api {

struct ExecConfig {
    std::string container; // its id
    std::vector<std::string> command, environment;
    std::string user, workingDirectory, detachKeys;
    bool hasTerminal = false, isPrivileged = false;
    bool opensInput = false, opensOutput = false, opensErrors = false;
    TerminalSize size; // 0: not known
};

struct Exec {
    enum class State { Created, Started, Ended };
    std::string id;
    ExecConfig config;
    State state = State::Created;
    std::string engineId;                      // of the engine's; empty: it has none (yet)
    int exitCode = 0;                          // once it has ended
    std::shared_ptr<TerminalSizeChange> sizes; // while somebody carries its session
};

/// Of any thread.
class ExecRegistry {
public:
    static constexpr std::size_t kMost = 4096;

    /// That of this process.
    static ExecRegistry& instance();

    /// Its id. Makes room by forgetting the oldest that has ended; InUse: there is none.
    Result<std::string> add(ExecConfig config);
    /// NotFound: "No such exec instance: ID".
    Result<Exec> find(const std::string& id);
    /// It is to be started; `sizes`: of whom carries its session, none: nobody does. WrongState: it was
    /// already.
    Result<Exec> start(const std::string& id, std::shared_ptr<TerminalSizeChange> sizes);
    void setEngineId(const std::string& id, const std::string& engineId);
    void setEnded(const std::string& id, int exitCode);
    /// Before its start: for its start. WrongState: it has ended, or nobody carries its terminal.
    Result<void> resize(const std::string& id, TerminalSize size);
    /// Its container is no more.
    void forget(const std::string& container);

private:
    Exec* search(const std::string& id); // the mutex is held
    std::mutex m_mutex;
    std::list<Exec> m_execs; // the oldest first
};

} // namespace escale::docker_api
