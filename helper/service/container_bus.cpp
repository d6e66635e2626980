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
    return {{QStringLiteral("entrypoint"), toStringList(image.entrypoint)},
            {QStringLiteral("command"), toStringList(image.command)},
            {QStringLiteral("environment"), toStringList(image.environment)},
            {QStringLiteral("workdir"), toQString(image.workingDir)},
            {QStringLiteral("user"), toQString(image.user)},
            {QStringLiteral("stop-signal"), toQString(image.stopSignal)},
            {QStringLiteral("exposed-ports"), toStringList(image.exposedPorts)},
            {QStringLiteral("health-command"), toStringList(image.health.command)},
            {QStringLiteral("labels"), QVariant::fromValue(labels)}};
}

} // namespace escale
