// What is done to a container that keeps its life: signals, pause, another name, other limits.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/container/container_options.h"
#include "engine/container/containers_state.h"
#include "engine/container/oci_config.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

// An update names every limit: one that was taken away is "none" here, where creation leaves it out.
Json limitsOf(const ContainerOptions& o) {
    Json memory = Json::Object();
    memory.set("limit", o.memoryBytes > 0 ? static_cast<std::int64_t>(o.memoryBytes) : -1);
    if (o.memoryBytes > 0 && o.memorySwap == 0)
        memory.set("swap", static_cast<std::int64_t>(o.memoryBytes) * 2);
    else
        memory.set("swap", o.memoryBytes > 0 ? o.memorySwap : std::int64_t(-1));
    memory.set("reservation", o.memoryReservation > 0 ? static_cast<std::int64_t>(o.memoryReservation) : -1);
    return memory;
}

Json updateResources(const ContainerOptions& o) {
    Json cpu = makeCpuLimits(o);
    if (o.cpus == 0 && o.cpuQuota == 0)
        cpu.set("quota", -1);
    if (o.cpuShares == 0)
        cpu.set("shares", 1024);
    Json resources = Json::Object{{"memory", limitsOf(o)}, {"cpu", std::move(cpu)}};
    resources.set("pids", Json::Object{{"limit", o.pidsLimit > 0 ? o.pidsLimit : std::int64_t(-1)}});
    if (o.blkioWeight != 0)
        resources.set("blockIO", Json::Object{{"weight", unsigned(o.blkioWeight)}});
    return resources;
}

MachineLimits machineLimits() {
    return {static_cast<unsigned>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))), 0};
}

tl::unexpected<Error> doesNotRun(const Container& container) {
    return fail(ErrorCode::WrongState, "the container " + container.options.name + " does not run",
                "Start it first.");
}

} // namespace

// Without the action lock: whoever waits for a slow stop may still kill.
Result<void> Containers::State::kill(const Container& container, int signal) {
    if (!isAlive(container.state))
        return doesNotRun(container);
    TRY_ASSIGN(const auto image, imageConfigOf(container));
    TRY_ASSIGN(const int stopSignal, stopSignalOf(container.options, image));
    if (signal == SIGKILL || signal == stopSignal)
        askStop(container.id);
    auto sent = m_runtime.kill(container.id, signal);
    if (!sent && (sent.error().code == ErrorCode::NotFound || sent.error().code == ErrorCode::WrongState))
        return doesNotRun(container); // it has just ended
    TRY(sent);
    emitEvent(container, "kill", {{"signal", std::to_string(signal)}});
    return {};
}

Result<void> Containers::State::pause(const std::string& id, bool paused) {
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        if (!isAlive(container.state))
            return doesNotRun(container);
        if (paused == (container.state == ContainerState::Paused))
            return fail(ErrorCode::WrongState, "the container " + container.options.name +
                                                   (paused ? " is paused already" : " is not paused"));
        TRY(paused ? m_runtime.pause(id) : m_runtime.resume(id));
        container.state = paused ? ContainerState::Paused : ContainerState::Running;
        if (auto recorded = m_records.update(container); !recorded) {
            // What is told must be what is.
            if (auto undone = paused ? m_runtime.resume(id) : m_runtime.pause(id); !undone)
                recorded.error().addCause(undone.error());
            return recorded;
        }
    }
    emitEvent(container, paused ? "pause" : "unpause");
    notify(container);
    return {};
}

Result<void> Containers::State::rename(const std::string& id, const std::string& name) {
    TRY(validateName(name));
    Container container;
    std::string before;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        before = std::exchange(container.options.name, name);
        TRY(m_records.updateOptions(container));
        if (isAlive(container.state)) {
            setNames(container);
            serveNames();
        }
    }
    emitEvent(container, "rename", {{"oldName", before}});
    notify(container);
    return {};
}

Result<void> Containers::State::update(const std::string& id, const Change& change) {
    Container container;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(container, m_records.byId(id));
        const ContainerOptions before = container.options;
        TRY(change(container.options));
        TRY(checkOptions(container.options, machineLimits()));
        if (container.options == before)
            return {};
        const auto apply = [&](const ContainerOptions& options) -> Result<void> {
            if (!isAlive(container.state))
                return {};
            return m_runtime.update(id, updateResources(options));
        };
        TRY(apply(container.options));
        if (auto recorded = m_records.updateOptions(container); !recorded) {
            if (auto undone = apply(before); !undone)
                recorded.error().addCause(undone.error());
            return recorded;
        }
    }
    m_sampler->limitsChanged(id);
    emitEvent(container, "update");
    notify(container);
    return {};
}

Result<void> Containers::State::wait(const std::string& id, WaitFor what, std::function<void(int)> ended) {
    std::optional<int> code;
    {
        const auto slot = slotOf(id);
        const std::lock_guard action(slot->action);
        TRY_ASSIGN(const auto container, m_records.byId(id));
        const bool lives = isAlive(container.state) || container.state == ContainerState::Restarting;
        if (!lives && what == WaitFor::End) {
            code = container.exitCode;
        } else {
            const std::lock_guard lock(m_mutex);
            slot->waiters.push_back({what, std::move(ended)});
        }
    }
    if (code)
        ended(*code);
    return {};
}

} // namespace escale
