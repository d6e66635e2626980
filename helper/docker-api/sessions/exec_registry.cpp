#include "helper/docker-api/sessions/exec_registry.h"

#include "engine/base/identifier.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

tl::unexpected<Error> noSuchExec(const std::string& id) {
    return fail(ErrorCode::NotFound, "No such exec instance: " + id);
}

} // namespace

ExecRegistry& ExecRegistry::instance() {
    static ExecRegistry registry;
    return registry;
}

Exec* ExecRegistry::search(const std::string& id) {
    const auto found =
        std::find_if(m_execs.begin(), m_execs.end(), [&id](const Exec& exec) { return exec.id == id; });
    return found == m_execs.end() ? nullptr : &*found;
}

Result<std::string> ExecRegistry::add(ExecConfig config) {
    const std::lock_guard lock(m_mutex);
    if (m_execs.size() >= kMost) {
        // One that was made and never started is nobody's any more, too, when so many came behind it.
        const auto oldest = std::find_if(m_execs.begin(), m_execs.end(),
                                         [](const Exec& exec) { return exec.state != Exec::State::Started; });
        if (oldest == m_execs.end())
            return fail(ErrorCode::InUse, std::to_string(kMost) + " commands are executed already",
                        "Wait until some have ended.");
        m_execs.erase(oldest);
    }
    Exec exec;
    exec.id = randomId();
    exec.config = std::move(config);
    m_execs.push_back(std::move(exec));
    return m_execs.back().id;
}

Result<Exec> ExecRegistry::find(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const Exec* const exec = search(id);
    if (exec == nullptr)
        return noSuchExec(id);
    return *exec;
}

Result<Exec> ExecRegistry::start(const std::string& id, std::shared_ptr<TerminalSizeChange> sizes) {
    const std::lock_guard lock(m_mutex);
    Exec* const exec = search(id);
    if (exec == nullptr)
        return noSuchExec(id);
    if (exec->state == Exec::State::Ended)
        return fail(ErrorCode::WrongState, "exec command " + id + " has already run");
    if (exec->state == Exec::State::Started)
        return fail(ErrorCode::WrongState, "exec command " + id + " is already running");
    exec->state = Exec::State::Started;
    exec->sizes = std::move(sizes);
    return *exec;
}

void ExecRegistry::setEngineId(const std::string& id, const std::string& engineId) {
    const std::lock_guard lock(m_mutex);
    if (Exec* const exec = search(id))
        exec->engineId = engineId;
}

void ExecRegistry::setEnded(const std::string& id, int exitCode) {
    const std::lock_guard lock(m_mutex);
    if (Exec* const exec = search(id)) {
        exec->state = Exec::State::Ended;
        exec->exitCode = exitCode;
        exec->sizes.reset();
    }
}

Result<void> ExecRegistry::resize(const std::string& id, TerminalSize size) {
    const std::lock_guard lock(m_mutex);
    Exec* const exec = search(id);
    if (exec == nullptr)
        return noSuchExec(id);
    if (exec->state == Exec::State::Ended)
        return fail(ErrorCode::WrongState, "exec " + id + " is not running");
    exec->config.size = size;
    if (exec->sizes)
        exec->sizes->ask(size);
    else if (exec->state == Exec::State::Started)
        return fail(ErrorCode::WrongState,
                    "nobody is attached to exec " + id + ": its terminal keeps its size");
    return {};
}

void ExecRegistry::forget(const std::string& container) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_execs, [&container](const Exec& exec) { return exec.config.container == container; });
}

} // namespace escale::docker_api
