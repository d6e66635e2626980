#include "helper/validation/exec_options.h"

#include "helper/validation/arguments.h"

namespace escale {

Result<ExecOptions> execOptions(const QStringList& command, const QVariantMap& map, bool detached) {
    const auto text = [&map](const char* key) {
        return map.value(QLatin1String(key)).toString().left(4096).toStdString();
    };
    ExecOptions options;
    TRY_ASSIGN(options.command, checkCommand(command));
    TRY_ASSIGN(options.environment,
               checkEnvironment(map.value(QStringLiteral("environment")).toStringList()));
    options.terminal = map.value(QStringLiteral("tty")).toBool();
    options.openInput = map.value(QStringLiteral("stdin")).toBool();
    options.detached = detached;
    options.user = text("user");
    options.workingDirectory = text("workdir");
    options.privileged = map.value(QStringLiteral("privileged")).toBool();
    options.rows = map.value(QStringLiteral("rows")).value<ushort>();
    options.columns = map.value(QStringLiteral("columns")).value<ushort>();
    options.detachKeys = text("detach-keys");
    return options;
}

} // namespace escale
