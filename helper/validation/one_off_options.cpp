#include "helper/validation/one_off_options.h"

#include "engine/base/identifier.h"
#include "engine/container/container_options.h"
#include "helper/validation/arguments.h"
#include "helper/validation/container_options.h"

#include <algorithm>

namespace escale {
namespace {

void append(Texts& to, const Texts& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// "name=NET,alias=web,ip=…" without what only one container can have.
std::string nameAlone(const std::string& network) {
    return network.substr(0, network.find(','));
}

} // namespace

Result<ContainerOptions> askedOfOneOff(const QStringList& command, const QVariantMap& options) {
    QVariantMap known;
    for (const char* key : {"entrypoint", "environment", "labels", "user", "workdir", "tty", "stdin",
                            "remove", "name", "publish", "mounts", "cap-add", "cap-drop"}) {
        const auto value = options.constFind(QLatin1String(key));
        if (value != options.constEnd())
            known.insert(QLatin1String(key), *value);
    }
    ContainerOptions asked;
    TRY_ASSIGN(asked.command, checkCommand(command));
    TRY(checkEnvironment(known.value(QStringLiteral("environment")).toStringList()));
    TRY(applyOptions(known, asked));
    if (!asked.name.empty())
        TRY(validateName(asked.name));
    for (const auto& [label, value] : asked.labels) {
        if (label.starts_with("com.docker.compose.") || label.starts_with("org.escale.stack."))
            return fail(ErrorCode::InvalidArgument, "the label \"" + label + "\" is the engine's to set",
                        "Leave it out.");
    }
    TRY_ASSIGN(const auto mounts, mountsOf(asked));
    if (std::any_of(mounts.begin(), mounts.end(), [](const auto& m) { return m.kind == MountKind::Bind; }))
        return fail(ErrorCode::InvalidArgument, "a folder of this machine cannot be added to a one-off",
                    "Add it to the service in the Compose file.");
    return asked;
}

Result<ContainerOptions> oneOffOptions(const ContainerOptions& service, const ContainerOptions& asked,
                                       bool withServicePorts) {
    ContainerOptions options = service;
    options.name = asked.name;
    options.restart = "no";
    options.restartMaximum = 0;
    options.networkAliases.clear();
    options.ip.clear();
    options.ip6.clear();
    options.macAddress.clear();
    std::transform(options.networks.begin(), options.networks.end(), options.networks.begin(), nameAlone);
    if (!withServicePorts)
        options.publish.clear();
    append(options.publish, asked.publish);
    append(options.mounts, asked.mounts);
    append(options.environment, asked.environment);
    append(options.capAdd, asked.capAdd);
    append(options.capDrop, asked.capDrop);
    for (const auto& [name, value] : asked.labels)
        options.labels[name] = value;
    if (!asked.command.empty() || asked.entrypoint)
        options.command = asked.command;
    if (asked.entrypoint)
        options.entrypoint = asked.entrypoint;
    if (!asked.user.empty())
        options.user = asked.user;
    if (!asked.workingDirectory.empty())
        options.workingDirectory = asked.workingDirectory;
    options.terminal = asked.terminal;
    options.openInput = asked.openInput;
    options.inputOnce = asked.openInput;
    options.removeWhenStopped = asked.removeWhenStopped;
    return options;
}

} // namespace escale
