#include "helper/validation/commit_options.h"

#include "engine/base/process.h"
#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"
#include "helper/validation/image_changes.h"

#include <QRegularExpression>

#include <algorithm>

namespace escale {
namespace {

Result<void> applyPorts(const QVariantMap& options, ImageConfig& settings) {
    static const QRegularExpression port(QStringLiteral("\\A([0-9]{1,5})/(tcp|udp|sctp)\\z"));
    TRY_ASSIGN(const auto ports,
               boundedWords(options.value(QStringLiteral("exposed-ports")).toStringList(), "the ports"));
    for (const auto& each : ports) {
        const auto match = port.match(QString::fromStdString(each));
        const int number = match.captured(1).toInt();
        if (!match.hasMatch() || number < 1 || number > 65535)
            return fail(ErrorCode::InvalidArgument, "\"" + each + "\" is no port", "Write it as 8080/tcp.");
        if (std::find(settings.exposedPorts.begin(), settings.exposedPorts.end(), each) ==
            settings.exposedPorts.end())
            settings.exposedPorts.push_back(each);
    }
    return {};
}

Result<void> applyLabels(const QVariantMap& options, ImageConfig& settings) {
    const auto labels = qdbus_cast<dbus::TextMap>(options.value(QStringLiteral("labels")));
    TRY(boundedWords(labels.keys(), "the labels"));
    TRY(boundedWords(labels.values(), "the labels"));
    for (auto label = labels.begin(); label != labels.end(); ++label) {
        if (label.key().isEmpty())
            return fail(ErrorCode::InvalidArgument, "a label has no name");
        setLabel(settings.labels, label.key().toStdString(), label.value().toStdString());
    }
    return {};
}

} // namespace

Result<std::string> commitText(const QVariantMap& options, const char* key) {
    const std::string text = options.value(QLatin1String(key)).toString().left(4097).toStdString();
    if (text.size() > 4096)
        return fail(ErrorCode::InvalidArgument, std::string("the option ") + key + " is too long");
    return text;
}

Result<void> applyCommitOptions(const QVariantMap& given, ImageConfig& settings) {
    TRY_ASSIGN(QVariantMap options, parseImageChanges(given.value(QStringLiteral("changes")).toStringList()));
    options.insert(given);
    const auto has = [&options](const char* key) { return options.contains(QLatin1String(key)); };
    if (has("entrypoint")) {
        TRY_ASSIGN(settings.entrypoint,
                   checkCommand(options.value(QStringLiteral("entrypoint")).toStringList()));
        settings.command.clear(); // as in a Dockerfile
    }
    if (has("command")) {
        TRY_ASSIGN(settings.command, checkCommand(options.value(QStringLiteral("command")).toStringList()));
    }
    TRY_ASSIGN(const auto environment,
               checkEnvironment(options.value(QStringLiteral("environment")).toStringList()));
    for (const auto& variable : environment)
        setVariable(settings.environment, variable);
    if (has("user")) {
        TRY_ASSIGN(settings.user, commitText(options, "user"));
    }
    if (has("workdir")) {
        TRY_ASSIGN(settings.workingDir, checkPathInside(options.value(QStringLiteral("workdir")).toString()));
    }
    if (has("stop-signal")) {
        TRY_ASSIGN(settings.stopSignal, commitText(options, "stop-signal"));
        TRY(parseSignal(settings.stopSignal));
    }
    TRY(applyPorts(options, settings));
    return applyLabels(options, settings);
}

} // namespace escale
