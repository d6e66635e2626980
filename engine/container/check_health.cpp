// Health checks of containers that run: when a probe is due, and what it says. The rules are in health.h.
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "engine/container/containers_state.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

Texts commandOf(const HealthConfig& config) {
    if (config.command.front() == "CMD-SHELL")
        return {"/bin/sh", "-c", config.command.at(1)};
    return {config.command.begin() + 1, config.command.end()};
}

// Reads until the end, the deadline, or the engine's own end; keeps the beginning only. True at the end.
bool readBeginning(int fd, std::chrono::steady_clock::time_point deadline, int closing, std::string& text) {
    std::array<char, 4096> piece;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
                .count();
        std::array<pollfd, 2> ready{{{fd, POLLIN, 0}, {closing, POLLIN, 0}}};
        if (left <= 0 || (::poll(ready.data(), ready.size(), static_cast<int>(left)) < 0 && errno != EINTR))
            return false;
        if (ready[1].revents != 0)
            return false;
        if (ready[0].revents == 0)
            continue;
        const auto got = ::read(fd, piece.data(), piece.size());
        if (got == 0 || (got < 0 && errno != EINTR))
            return true;
        if (got > 0 && text.size() < Health::kLongestOutput)
            text.append(piece.data(), static_cast<std::size_t>(got));
    }
}

// The process that the runtime started: it would live on without the runtime.
void killByFile(const std::string& pidFile) {
    const auto text = readFile(pidFile);
    pid_t pid = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), pid).ec != std::errc() ||
        pid <= 0)
        return;
    // The runtime, its parent, has not reaped it: the number is still its own.
    ::kill(pid, SIGKILL);
}

} // namespace

void Containers::State::beginHealth(const Container& container, const HealthConfig& images) {
    const auto config = healthConfigOf(container.options, images);
    if (!config)
        return;
    Health health(*config, container.startedAt);
    if (const auto text = readFile(healthFileOf(container.id))) { // of the helper before this one
        if (const auto json = Json::parse(*text))
            health.restore(*json);
    }
    const auto delay = health.nextDelay(nowMilliseconds());
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_slots.find(container.id); found != m_slots.end())
            found->second->health = std::move(health);
    }
    scheduleProbe(container.id, container.startedAt, delay);
}

void Containers::State::endHealth(const std::string& id) {
    m_timers->cancel("health:" + id);
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_slots.find(id); found != m_slots.end())
        found->second->health.reset();
}

void Containers::State::scheduleProbe(const std::string& id, std::int64_t run,
                                      std::chrono::milliseconds delay) {
    m_timers->schedule("health:" + id, delay,
                       [this, id, run] { inBackground([this, id, run] { probe(id, run); }); });
}

// `run` tells this start of the container from a later one.
void Containers::State::probe(const std::string& id, std::int64_t run) {
    const auto container = m_records.byId(id);
    std::optional<HealthConfig> config;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_slots.find(id); found != m_slots.end() && found->second->health)
            config = found->second->health->config();
    }
    if (!container || container->startedAt != run || !config)
        return;
    if (container->state == ContainerState::Paused)
        return scheduleProbe(id, run, std::chrono::milliseconds(config->interval));
    if (container->state != ContainerState::Running)
        return;
    HealthProbe result = runProbe(*container, *config);
    if (m_closing.isCancelled()) // cut short by us: it says nothing
        return;
    std::string status;
    std::string record;
    bool changed = false;
    std::chrono::milliseconds delay{0};
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_slots.find(id);
        if (found == m_slots.end() || !found->second->health)
            return; // it has ended meanwhile
        Health& health = *found->second->health;
        changed = health.take(std::move(result));
        status = health.status();
        record = health.toJson().dump();
        delay = health.nextDelay(nowMilliseconds());
    }
    if (const auto written = writeFileAtomically(healthFileOf(id), record); !written)
        logWarning("container " + shortId(id) + ": " + written.error().text());
    scheduleProbe(id, run, delay);
    if (!changed)
        return;
    emitEvent(*container, "health_status: " + status);
    notify(*container);
}

HealthProbe Containers::State::runProbe(const Container& container, const HealthConfig& config) {
    HealthProbe probe;
    probe.startedAt = nowMilliseconds();
    probe.exitCode = -1;
    const std::string base = bundleOf(container.id) + "/probe";
    const auto failed = [&probe](const Error& error) {
        probe.endedAt = nowMilliseconds();
        probe.output = error.text();
        return probe;
    };
    ExecOptions options;
    options.command = commandOf(config);
    const auto process = execProcess(container, options);
    if (!process)
        return failed(process.error());
    if (const auto written = writeFileAtomically(base + ".json", process->dump()); !written)
        return failed(written.error());
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failed(systemError("cannot make a pipe"));
    const UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    const std::string pidFile = base + ".pid";
    ::unlink(pidFile.c_str());
    auto child =
        Subprocess::start({.arguments = {m_runtime.program(), "--root", m_runtime.root(), "exec", "--process",
                                         base + ".json", "--pid-file", pidFile, container.id},
                           .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"},
                           .fds = {{writing.get(), 1}, {writing.get(), 2}},
                           .workingDirectory = "/"});
    writing.reset();
    if (!child)
        return failed(child.error());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(config.timeout);
    bool inTime = readBeginning(reading.get(), deadline, m_closing.fd(), probe.output);
    if (inTime) {
        const auto left = std::max(std::chrono::duration_cast<std::chrono::milliseconds>(
                                       deadline - std::chrono::steady_clock::now()),
                                   std::chrono::milliseconds(100));
        const auto status = child->waitFor(left);
        inTime = bool(status);
        if (status)
            probe.exitCode = status->code;
    }
    if (!inTime) {
        killByFile(pidFile);
        (void)child->waitFor(
            std::chrono::seconds(5)); // it ends with its child; at the latest with this object
        probe.output += "\nthe check took longer than " + std::to_string(config.timeout) + " ms";
    }
    probe.endedAt = nowMilliseconds();
    return probe;
}

std::vector<HealthProbe> Containers::State::healthOf(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_slots.find(id);
    if (found == m_slots.end() || !found->second->health)
        return {};
    const auto& probes = found->second->health->probes();
    return {probes.begin(), probes.end()};
}

} // namespace escale
