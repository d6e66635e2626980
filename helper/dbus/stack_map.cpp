#include "helper/dbus/stack_map.h"

#include "helper/dbus/stack_options_map.h"

#include <array>

namespace escale {
namespace {

constexpr std::array kPolicies{std::pair(PullPolicy::Missing, "missing"),
                               std::pair(PullPolicy::Always, "always"), std::pair(PullPolicy::Never, "never"),
                               std::pair(PullPolicy::Build, "build")};

QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}
QStringList texts(const Texts& values) {
    QStringList list;
    for (const std::string& value : values)
        list.append(text(value));
    return list;
}
Texts textsFrom(const QStringList& list) {
    Texts values;
    for (const QString& value : list)
        values.push_back(value.toStdString());
    return values;
}

dbus::StackHook hookToBus(const StackHook& hook) {
    return {texts(hook.command), text(hook.user), text(hook.workingDirectory), texts(hook.environment),
            hook.privileged};
}
StackHook hookFromBus(const dbus::StackHook& hook) {
    return {textsFrom(hook.command), hook.user.toStdString(), hook.workingDirectory.toStdString(),
            textsFrom(hook.environment), hook.isPrivileged};
}

dbus::StackService serviceToBusWhole(const StackService& service) {
    dbus::StackService sent;
    sent.name = text(service.name);
    sent.image = text(service.image);
    sent.platform = text(service.platform);
    sent.pullPolicy = pullPolicyName(service.pullPolicy);
    sent.replicas = service.replicas;
    sent.options = serviceToBus(service.options);
    sent.binds = QList<quint32>(service.binds.begin(), service.binds.end());
    for (const StackFile& file : service.files)
        sent.files.append(
            {text(file.path), file.user, file.group, file.mode, file.source, text(file.contentDigest)});
    for (const StackDependency& one : service.dependencies)
        sent.dependencies.append(
            {text(one.service), text(dependsOnName(one.condition)), one.restart, one.required});
    for (const StackHook& hook : service.postStart)
        sent.postStart.append(hookToBus(hook));
    for (const StackHook& hook : service.preStop)
        sent.preStop.append(hookToBus(hook));
    if (service.build)
        sent.build.append({service.build->dockerfile, service.build->context, {}, {}, {}});
    return sent;
}

tl::unexpected<Error> unknown(const dbus::StackService& service, const char* what, const QString& word) {
    return fail(ErrorCode::InvalidArgument, "the service \"" + service.name.left(80).toStdString() +
                                                "\": no " + what + " \"" + word.left(80).toStdString() + '"');
}

Result<StackService> serviceFrom(const dbus::StackService& sent) {
    StackService service;
    service.name = sent.name.toStdString();
    service.image = sent.image.toStdString();
    service.platform = sent.platform.toStdString();
    const auto policy = pullPolicyOf(sent.pullPolicy);
    if (!policy)
        return unknown(sent, "pull policy", sent.pullPolicy);
    service.pullPolicy = *policy;
    service.replicas = sent.replicas;
    serviceFromBus(sent.options, service.options);
    service.binds.assign(sent.binds.begin(), sent.binds.end());
    for (const auto& file : sent.files)
        service.files.push_back({file.path.toStdString(), file.user, file.group, file.mode, file.source,
                                 file.digest.toStdString()});
    for (const auto& one : sent.dependencies) {
        const auto condition = dependsOnOf(one.condition.toStdString());
        if (!condition)
            return unknown(sent, "condition", one.condition);
        service.dependencies.push_back({one.service.toStdString(), *condition, one.restart, one.required});
    }
    for (const auto& hook : sent.postStart)
        service.postStart.push_back(hookFromBus(hook));
    for (const auto& hook : sent.preStop)
        service.preStop.push_back(hookFromBus(hook));
    if (sent.build.size() > 1)
        return fail(ErrorCode::InvalidArgument,
                    "the service \"" + sent.name.left(80).toStdString() + "\" is built in two ways");
    if (!sent.build.isEmpty())
        service.build = StackBuild{sent.build.constFirst().dockerfile, sent.build.constFirst().context};
    return service;
}

} // namespace

QString pullPolicyName(PullPolicy policy) {
    for (const auto& [value, name] : kPolicies) {
        if (value == policy)
            return QLatin1String(name);
    }
    return {};
}

std::optional<PullPolicy> pullPolicyOf(const QString& name) {
    for (const auto& [value, known] : kPolicies) {
        if (name == QLatin1String(known))
            return value;
    }
    return std::nullopt;
}

dbus::Stack stackToBus(const Stack& stack) {
    dbus::Stack sent;
    sent.project = text(stack.project);
    sent.workingDirectory = text(stack.workingDirectory);
    sent.configFiles = texts(stack.configFiles);
    sent.environmentFiles = texts(stack.environmentFiles);
    sent.config = text(stack.config);
    sent.disabled = texts(stack.disabled);
    for (const StackNetwork& network : stack.networks)
        sent.networks.append(
            {text(network.key), text(network.name), network.external, networkToBus(network)});
    for (const StackVolume& volume : stack.volumes)
        sent.volumes.append({text(volume.key), text(volume.name), volume.external, volumeToBus(volume)});
    for (const StackService& service : stack.services)
        sent.services.append(serviceToBusWhole(service));
    return sent;
}

Result<Stack> stackFromBus(const dbus::Stack& sent) {
    Stack stack;
    stack.project = sent.project.toStdString();
    stack.workingDirectory = sent.workingDirectory.toStdString();
    stack.configFiles = textsFrom(sent.configFiles);
    stack.environmentFiles = textsFrom(sent.environmentFiles);
    stack.config = sent.config.toStdString();
    stack.disabled = textsFrom(sent.disabled);
    for (const auto& one : sent.networks) {
        StackNetwork& network = stack.networks.emplace_back();
        networkFromBus(one.options, network);
        network.key = one.key.toStdString();
        network.name = one.name.toStdString();
        network.external = one.isExternal;
    }
    for (const auto& one : sent.volumes) {
        StackVolume& volume = stack.volumes.emplace_back();
        volumeFromBus(one.options, volume);
        volume.key = one.key.toStdString();
        volume.name = one.name.toStdString();
        volume.external = one.isExternal;
    }
    for (const auto& one : sent.services) {
        TRY_ASSIGN(StackService service, serviceFrom(one));
        stack.services.push_back(std::move(service));
    }
    return stack;
}

} // namespace escale
