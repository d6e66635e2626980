#include "gui/containers/stack_trace.h"

#include "gui/containers/docker_command.h"
#include "helper/dbus/types.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackTrace)
};

struct Verb {
    const char* method;
    const char* command; // of docker compose
    const char* title;
};

constexpr Verb kVerbs[] = {
    {"Up", "up", QT_TRANSLATE_NOOP("StackTrace", "Bring %1 up")},
    {"Down", "down", QT_TRANSLATE_NOOP("StackTrace", "Take %1 down")},
    {"Start", "start", QT_TRANSLATE_NOOP("StackTrace", "Start %1")},
    {"Stop", "stop", QT_TRANSLATE_NOOP("StackTrace", "Stop %1")},
    {"Restart", "restart", QT_TRANSLATE_NOOP("StackTrace", "Restart %1")},
    {"Kill", "kill", QT_TRANSLATE_NOOP("StackTrace", "Kill %1")},
    {"Pause", "pause", QT_TRANSLATE_NOOP("StackTrace", "Pause %1")},
    {"Unpause", "unpause", QT_TRANSLATE_NOOP("StackTrace", "Let %1 go on")},
    {"Remove", "rm", QT_TRANSLATE_NOOP("StackTrace", "Remove what is stopped of %1")},
    {"Scale", "scale", QT_TRANSLATE_NOOP("StackTrace", "Scale %1")},
    {"Run", "run", QT_TRANSLATE_NOOP("StackTrace", "Run a command of %1")},
    {"Build", "build", QT_TRANSLATE_NOOP("StackTrace", "Build the images of %1")},
    {"Pull", "pull", QT_TRANSLATE_NOOP("StackTrace", "Pull the images of %1")},
    {"Push", "push", QT_TRANSLATE_NOOP("StackTrace", "Push the images of %1")},
    {"Exec", "exec", QT_TRANSLATE_NOOP("StackTrace", "Run a command in %1")},
};

bool isStack(const QVariant& value) {
    return value.metaType() == QMetaType::fromType<dbus::Stack>();
}

// What docker compose has to be told of the files: nothing of those that it finds by itself in their folder.
QStringList placeOf(const QVariant& argument) {
    if (!isStack(argument))
        return {QStringLiteral("-p"), argument.toString()};
    const auto stack = argument.value<dbus::Stack>();
    static const QStringList kUsual{QStringLiteral("compose.yaml"), QStringLiteral("compose.yml"),
                                    QStringLiteral("docker-compose.yaml"),
                                    QStringLiteral("docker-compose.yml")};
    const bool isUsual =
        stack.configFiles.size() == 1 && kUsual.contains(QFileInfo(stack.configFiles.first()).fileName());
    if (isUsual)
        return {QStringLiteral("--project-directory"), QFileInfo(stack.configFiles.first()).path()};
    QStringList words;
    for (const QString& file : stack.configFiles)
        words << QStringLiteral("-f") << file;
    return words;
}

QStringList flagsOf(const QVariantMap& options) {
    static constexpr std::pair<const char*, const char*> kFlags[] = {
        {"no-deps", "--no-deps"},
        {"force-recreate", "--force-recreate"},
        {"no-recreate", "--no-recreate"},
        {"renew-anon-volumes", "--renew-anon-volumes"},
        {"remove-orphans", "--remove-orphans"},
        {"no-start", "--no-start"},
        {"wait", "--wait"},
        {"build", "--build"},
        {"no-build", "--no-build"},
        {"volumes", "--volumes"},
        {"no-cache", "--no-cache"},
        {"stop", "--stop"}};
    QStringList words;
    for (const auto& [key, flag] : kFlags) {
        const QVariant value = options.value(QLatin1String(key));
        if (value.metaType() == QMetaType::fromType<bool>() && value.toBool())
            words << QLatin1String(flag);
    }
    if (options.contains(QStringLiteral("timeout")))
        words << QStringLiteral("--timeout") << options.value(QStringLiteral("timeout")).toString();
    return words;
}

} // namespace

std::optional<StackTrace> stackTrace(const QString& method, const QVariantList& arguments) {
    const auto verb = std::find_if(std::begin(kVerbs), std::end(kVerbs),
                                   [&](const Verb& each) { return method == QLatin1String(each.method); });
    if (verb == std::end(kVerbs) || arguments.isEmpty())
        return std::nullopt;
    const QVariant& first = arguments.first();
    const QString project = isStack(first) ? first.value<dbus::Stack>().project : first.toString();
    const QVariantMap options = arguments.last().toMap();
    QStringList words = placeOf(first);
    words << QLatin1String(verb->command);
    if (method == u"Up")
        words << QStringLiteral("-d");
    words << flagsOf(options) << options.value(QStringLiteral("services")).toStringList();
    if (method == u"Scale") {
        const auto counts = arguments.value(2).value<dbus::CountMap>();
        for (auto count = counts.begin(); count != counts.end(); ++count)
            words << QStringLiteral("%1=%2").arg(count.key()).arg(count.value());
    } else if (method == u"Run") {
        words << arguments.value(2).toString() << arguments.value(3).toStringList();
    } else if (method == u"Exec") {
        words << arguments.value(1).toString() << arguments.value(3).toStringList();
    } else if (!isStack(first) && arguments.size() == 3) {
        words << arguments.value(1).toStringList();
    }
    return StackTrace{Words::tr(verb->title).arg(project), dockerCommand(QStringLiteral("compose"), words)};
}

QStringList stackKernelSteps(const QString& method) {
    if (method == u"Up" || method == u"Scale")
        return {
            Words::tr("Your own process reads the Compose files and opens the folders and files that they "
                      "name; the engine gets descriptors over a socket pair (socketpair(2)), no path"),
            Words::tr("Networks first: a bridge each, with its nftables rules and its name server"),
            Words::tr("Then containers, several at once, each when those that it depends on are started, "
                      "healthy or ended; every one is namespaces, a cgroup and an overlay of its own"),
            Words::tr("Labels on them say whose they are, so that docker compose would know them, too")};
    if (method == u"Down" || method == u"Stop")
        return {
            Words::tr("Whoever depends on others ends first: each container's processes get its stop signal, "
                      "and SIGKILL when their time is over")};
    return {};
}

QVariantList withoutStack(const QVariantList& arguments) {
    QVariantList shown = arguments;
    for (QVariant& argument : shown) {
        if (isStack(argument))
            argument = QStringLiteral("<%1>").arg(argument.value<dbus::Stack>().project);
    }
    return shown;
}

} // namespace escale::gui
