#include "helper/service/container_bus.h"

namespace escale {

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList toStringList(const std::vector<std::string>& texts) {
    QStringList list;
    for (const auto& text : texts)
        list.append(toQString(text));
    return list;
}

dbus::Container toBus(const Container& container) {
    dbus::Container result;
    result.id = toQString(container.id);
    result.name = toQString(container.options.name);
    result.imageDigest = toQString(container.imageDigest);
    result.image = toQString(container.options.image);
    result.command = toStringList(container.options.command);
    result.state = toQString(stateName(container.state));
    result.pid = static_cast<quint32>(container.pid);
    result.exitCode = container.exitCode;
    result.oomKilled = container.oomKilled;
    result.created = container.createdAt;
    result.started = container.startedAt;
    result.finished = container.finishedAt;
    result.address = toQString(container.address);
    result.error = toQString(container.error);
    for (const auto& [name, value] : container.options.labels)
        result.labels.insert(toQString(name), toQString(value));
    result.health = toQString(container.health);
    result.restartCount = container.restartCount;
    result.ports = toStringList(container.ports);
    result.removeWhenStopped = container.options.removeWhenStopped;
    return result;
}

dbus::ContainerProcess toBus(const ContainerProcess& process) {
    return {static_cast<quint32>(process.pid),
            static_cast<quint32>(process.insidePid),
            static_cast<quint32>(process.parentPid),
            process.uid,
            QString(QLatin1Char(process.state)),
            process.cpuMilliseconds,
            process.memoryBytes,
            process.startedAt,
            toQString(process.terminal),
            toQString(process.command)};
}

dbus::ContainerStats toBus(const std::string& id, const ContainerStats& stats) {
    const CgroupMetrics& c = stats.cgroup;
    dbus::ContainerStats result;
    result.id = toQString(id);
    result.time = stats.time;
    result.cpuNanoseconds = c.cpuNanoseconds;
    for (const std::uint64_t nanoseconds : c.perCpuNanoseconds)
        result.perCpu.append(nanoseconds);
    result.cpuLimit = c.cpuLimit;
    result.cpuPeriods = c.cpuPeriods;
    result.throttledPeriods = c.cpuThrottledPeriods;
    result.throttledNanoseconds = c.cpuThrottledNanoseconds;
    result.memory = c.memoryBytes;
    result.memoryLimit = c.memoryLimit;
    result.anonymous = c.anonymousBytes;
    result.file = c.fileBytes;
    result.shared = c.sharedBytes;
    result.kernel = c.kernelBytes;
    result.swap = c.swapBytes;
    result.pids = c.pids;
    result.pidsLimit = c.pidsLimit;
    result.read = c.ioReadBytes;
    result.written = c.ioWrittenBytes;
    result.reads = c.ioReads;
    result.writes = c.ioWrites;
    result.hasPressure = c.hasPressure;
    result.cpuSome = c.cpuPressure.some;
    result.cpuFull = c.cpuPressure.full;
    result.memorySome = c.memoryPressure.some;
    result.memoryFull = c.memoryPressure.full;
    result.ioSome = c.ioPressure.some;
    result.ioFull = c.ioPressure.full;
    for (const auto& interface : stats.interfaces) {
        const InterfaceCounters& n = interface.counters;
        result.interfaces.append({toQString(interface.name), n.receivedBytes, n.receivedPackets,
                                  n.receiveErrors, n.receiveDrops, n.sentBytes, n.sentPackets, n.sendErrors,
                                  n.sendDrops});
    }
    return result;
}

dbus::StatsPoint toBus(const StatsPoint& p) {
    return {p.time, p.cpu,  p.throttled,   p.memory,         p.anonymous,
            p.file, p.swap, p.read,        p.written,        p.received,
            p.sent, p.pids, p.cpuPressure, p.memoryPressure, p.ioPressure};
}

dbus::HealthProbe toBus(const HealthProbe& probe) {
    return {probe.startedAt, probe.endedAt, probe.exitCode, toQString(probe.output)};
}

dbus::Event toBus(const Event& event) {
    dbus::Event result{event.sequence,          event.time,          toQString(event.type),
                       toQString(event.action), toQString(event.id), {}};
    for (const auto& [name, value] : event.attributes)
        result.attributes.insert(toQString(name), toQString(value));
    return result;
}

QVariantMap toBus(const ImageConfig& image) {
    dbus::TextMap labels;
    for (const auto& [name, value] : image.labels)
        labels.insert(toQString(name), toQString(value));
    return {
        {QStringLiteral("entrypoint"), toStringList(image.entrypoint)},
        {QStringLiteral("command"), toStringList(image.command)},
        {QStringLiteral("environment"), toStringList(image.environment)},
        {QStringLiteral("workdir"), toQString(image.workingDir)},
        {QStringLiteral("user"), toQString(image.user)},
        {QStringLiteral("stop-signal"), toQString(image.stopSignal)},
        {QStringLiteral("exposed-ports"), toStringList(image.exposedPorts)},
        {QStringLiteral("volumes"), toStringList(image.volumes)},
        {QStringLiteral("health-command"), toStringList(image.health.command)},
        {QStringLiteral("health-interval"), QVariant::fromValue<qulonglong>(image.health.interval)},
        {QStringLiteral("health-timeout"), QVariant::fromValue<qulonglong>(image.health.timeout)},
        {QStringLiteral("health-start-period"), QVariant::fromValue<qulonglong>(image.health.startPeriod)},
        {QStringLiteral("health-start-interval"),
         QVariant::fromValue<qulonglong>(image.health.startInterval)},
        {QStringLiteral("health-retries"), image.health.retries},
        {QStringLiteral("labels"), QVariant::fromValue(labels)}};
}

} // namespace escale
