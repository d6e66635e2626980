#include "gui/containers/container_node.h"

#include "gui/containers/containers_model.h"
#include "gui/containers/state_text.h"

#include <algorithm>
#include <tuple>

namespace escale::gui {

bool ContainerNode::summarize() {
    const auto before = std::tuple(total, running, unhealthy, failed, started);
    total = running = unhealthy = failed = 0;
    started = 0;
    cpuSum.reset();
    memorySum.reset();
    for (const std::unique_ptr<ContainerNode>& child : children) {
        if (child->isDebug())
            continue;
        const dbus::Container& c = child->container;
        ++total;
        if (child->usage)
            cpuSum = cpuSum.value_or(0) + child->usage->cpuPercent;
        if (child->reading)
            memorySum = memorySum.value_or(0) + child->reading->memory;
        if (isRunning(c)) {
            ++running;
            started = started == 0 ? c.started : std::min(started, c.started);
        }
        if (isRunning(c) && c.health == QLatin1String("unhealthy"))
            ++unhealthy;
        else if (stateTone(c) == Tone::Bad)
            ++failed;
    }
    return before != std::tuple(total, running, unhealthy, failed, started);
}

void ContainerNode::read(const dbus::ContainerStats& now) {
    if (reading && now.time == reading->time)
        return; // asked for more often than the engine looks
    const double elapsed = reading ? static_cast<double>(now.time - reading->time) * 1e6 : 0; // nanoseconds
    // A counter that went back belongs to a new start of the container.
    if (reading && elapsed > 0 && now.cpuNanoseconds >= reading->cpuNanoseconds) {
        usage =
            UsageSample{static_cast<double>(now.cpuNanoseconds - reading->cpuNanoseconds) * 100.0 / elapsed};
        cpu.append(static_cast<float>(usage->cpuPercent));
    } else {
        usage.reset();
        cpu.clear();
        memory.clear();
    }
    memory.append(static_cast<float>(now.memory));
    reading = now;
}

void ContainerNode::forgetUsage() {
    reading.reset();
    usage.reset();
    cpu.clear();
    memory.clear();
}

namespace {

template <class T>
int order(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int stateRank(const ContainerNode& node) {
    static const QLatin1String states[] = {QLatin1String("running"), QLatin1String("paused"),
                                           QLatin1String("restarting"), QLatin1String("created"),
                                           QLatin1String("exited")};
    if (node.isStack())
        return node.running > 0 ? 0 : static_cast<int>(std::size(states));
    return static_cast<int>(std::find(std::begin(states), std::end(states), node.container.state) - states);
}

// What runs longest comes last; what does not run comes first, the oldest end before the others.
std::pair<bool, qint64> upTimeRank(const ContainerNode& node) {
    if (node.isStack())
        return {node.running > 0, -node.started};
    const dbus::Container& c = node.container;
    const bool up = isRunning(c) || isPaused(c);
    return {up, up ? -c.started : std::max(c.finished, c.created)};
}

// Where the person can do something about it comes first.
int toneRank(const ContainerNode& node) {
    return node.isStack() ? (node.failed + node.unhealthy > 0 ? 0 : 1)
                          : (stateTone(node.container) == Tone::Bad ? 0 : 1);
}

std::optional<double> cpuOf(const ContainerNode& node) {
    return node.isStack() ? node.cpuSum : node.usage ? std::optional(node.usage->cpuPercent) : std::nullopt;
}

std::optional<quint64> memoryOf(const ContainerNode& node) {
    return node.isStack() ? node.memorySum
           : node.reading ? std::optional(node.reading->memory)
                          : std::nullopt;
}

int compareColumn(const ContainerNode& a, const ContainerNode& b, int column) {
    switch (column) {
    case ContainersModel::Image:
        return a.container.image.compare(b.container.image, Qt::CaseInsensitive);
    case ContainersModel::State:
        return order(std::tuple(toneRank(a), stateRank(a), a.container.exitCode),
                     std::tuple(toneRank(b), stateRank(b), b.container.exitCode));
    case ContainersModel::Ports:
        return order(a.ports.isEmpty() ? 0 : a.ports.first().port,
                     b.ports.isEmpty() ? 0 : b.ports.first().port);
    case ContainersModel::UpTime:
        return order(upTimeRank(a), upTimeRank(b));
    case ContainersModel::Cpu:
        return order(cpuOf(a), cpuOf(b));
    case ContainersModel::Memory:
        return order(memoryOf(a), memoryOf(b));
    case ContainersModel::Address:
        return a.container.address.compare(b.container.address);
    default:
        return 0;
    }
}

} // namespace

int compareNodes(const ContainerNode& a, const ContainerNode& b, int column) {
    if (const int by = compareColumn(a, b, column); by != 0)
        return by;
    if (const int by = a.nameKey && b.nameKey ? a.nameKey->compare(*b.nameKey) : a.name().compare(b.name());
        by != 0)
        return by;
    return a.container.id.compare(b.container.id);
}

} // namespace escale::gui
