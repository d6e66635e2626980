#include "gui/containers/action_trace.h"

#include "engine/image/reference.h"
#include "gui/containers/build_trace.h"
#include "gui/containers/busctl_line.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/kernel_steps.h"
#include "gui/containers/network_trace.h"
#include "gui/containers/option_changes.h"
#include "gui/containers/secrets.h"
#include "gui/containers/stack_trace.h"
#include "gui/containers/volume_trace.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString familiar(const QString& image) {
    const auto reference = Reference::parse(image.toStdString());
    return reference ? QString::fromStdString(reference->familiar()) : image;
}

struct Told {
    QString title, docker;
};

// A call's arguments, with the container's name in the place of its id.
struct Call {
    QString method;
    QVariantList arguments;
    QString name;

    [[nodiscard]] QString text(int index) const { return arguments.value(index).toString(); }
    [[nodiscard]] QVariantMap options() const {
        return arguments.isEmpty() ? QVariantMap() : arguments.last().toMap();
    }
    [[nodiscard]] bool flag(const char* key, bool unset = false) const {
        return options().value(QLatin1String(key), unset).toBool();
    }
    // The flags of those options that are given, in this order.
    [[nodiscard]] QStringList flags(std::initializer_list<std::pair<const char*, const char*>> known) const {
        QStringList words;
        const QVariantMap all = options();
        for (const auto& [key, flag] : known) {
            const QVariant value = all.value(QLatin1String(key));
            if (value.metaType() == QMetaType::fromType<bool>() && value.toBool())
                words << QLatin1String(flag);
            else if (value.metaType() == QMetaType::fromType<QStringList>())
                for (const QString& one : value.toStringList())
                    words << QLatin1String(flag) << one;
            else if (value.isValid() && value.metaType() != QMetaType::fromType<bool>())
                words << QLatin1String(flag) << value.toString();
        }
        return words;
    }
};

QString docker(const char* verb, const QStringList& words) {
    return dockerCommand(QLatin1String(verb), words);
}

QString updateLine(const Call& call) {
    const QVariantMap options = call.options();
    QList<OptionChange> changes;
    for (auto option = options.begin(); option != options.end(); ++option)
        changes.append({option.key(), {}, {}, true});
    return dockerUpdateLines(changes, {{}, {}, options}, call.name).join(u'\n');
}

RunRequest requestOf(const Call& call) {
    return {familiar(call.text(0)), call.arguments.value(1).toStringList(), call.options()};
}

QString runLine(const Call& call) {
    return call.flag("stdin-once") ? dockerRunLine(requestOf(call)) : dockerRunDetachedLine(requestOf(call));
}

std::optional<Told> tellFiles(const Call& call) {
    const QString path = call.name + u':' + call.text(1);
    if (call.method == u"CopyOut")
        return Told{translate("ActionTrace", "Copy from %1").arg(call.name),
                    docker("cp", call.flags({{"follow-link", "-L"}}) << path << QStringLiteral("-"))};
    if (call.method == u"CopyIn")
        return Told{translate("ActionTrace", "Copy into %1").arg(call.name),
                    docker("cp", {QStringLiteral("-"), path})};
    if (call.method == u"Export")
        return Told{translate("ActionTrace", "Export %1").arg(call.name), docker("export", {call.name})};
    if (call.method == u"Commit") {
        QStringList words = call.flags({{"author", "--author"}, {"comment", "--message"}});
        if (!call.flag("pause", true))
            words << QStringLiteral("--pause=false");
        return Told{translate("ActionTrace", "Make an image of %1").arg(call.name),
                    docker("commit", words << call.name << familiar(call.text(1)))};
    }
    return std::nullopt;
}

std::optional<Told> tellProcesses(const Call& call) {
    if (call.method == u"Exec")
        return Told{translate("ActionTrace", "Run a command in %1").arg(call.name),
                    docker("exec", call.flags({{"stdin", "--interactive"},
                                               {"tty", "--tty"},
                                               {"privileged", "--privileged"},
                                               {"user", "--user"},
                                               {"workdir", "--workdir"},
                                               {"environment", "--env"}})
                                       << call.name << call.arguments.value(1).toStringList())};
    if (call.method == u"Attach")
        return Told{translate("ActionTrace", "Attach to %1").arg(call.name),
                    docker("attach", call.flags({{"detach-keys", "--detach-keys"}}) << call.name)};
    if (call.method == u"Kill")
        return Told{translate("ActionTrace", "Send a signal to %1").arg(call.name),
                    docker("kill", {QStringLiteral("--signal"), call.text(1), call.name})};
    return tellFiles(call);
}

std::optional<Told> tellContainers(const Call& call) {
    const QString& name = call.name;
    const QStringList timeout = call.flags({{"timeout", "--time"}});
    if (call.method == u"Run" || call.method == u"Create") {
        QString made = call.options().value(QStringLiteral("name")).toString();
        if (made.isEmpty())
            made = familiar(call.text(0));
        return call.method == u"Run"
                   ? Told{translate("ActionTrace", "Run %1").arg(made), runLine(call)}
                   : Told{translate("ActionTrace", "Create %1").arg(made), dockerCreateLine(requestOf(call))};
    }
    if (call.method == u"Start")
        return Told{translate("ActionTrace", "Start %1").arg(name), docker("start", {name})};
    if (call.method == u"Stop")
        return Told{translate("ActionTrace", "Stop %1").arg(name),
                    docker("stop", timeout + QStringList(name))};
    if (call.method == u"Restart")
        return Told{translate("ActionTrace", "Restart %1").arg(name),
                    docker("restart", timeout + QStringList(name))};
    if (call.method == u"Remove")
        return Told{translate("ActionTrace", "Remove %1").arg(name),
                    docker("rm", call.flags({{"force", "--force"}}) << name)};
    if (call.method == u"Pause")
        return Told{translate("ActionTrace", "Pause %1").arg(name), docker("pause", {name})};
    if (call.method == u"Unpause")
        return Told{translate("ActionTrace", "Unpause %1").arg(name), docker("unpause", {name})};
    if (call.method == u"Rename")
        return Told{translate("ActionTrace", "Rename %1 to %2").arg(name, call.text(1)),
                    docker("rename", {name, call.text(1)})};
    if (call.method == u"Update")
        return Told{translate("ActionTrace", "Change %1").arg(name), updateLine(call)};
    if (call.method == u"Prune")
        return Told{translate("ActionTrace", "Remove the containers that do not run"),
                    docker("container", {QStringLiteral("prune"), QStringLiteral("--force")})};
    return tellProcesses(call);
}

QStringList familiar(const QStringList& images) {
    QStringList names;
    for (const QString& image : images)
        names.append(familiar(image));
    return names;
}

QString pruneLine(const Call& call) {
    QStringList words{QStringLiteral("prune"), QStringLiteral("--force")};
    if (call.flag("all"))
        words << QStringLiteral("--all");
    const QVariantMap options = call.options();
    if (const qint64 until = options.value(QStringLiteral("until")).toLongLong(); until > 0)
        words << QStringLiteral("--filter") << QStringLiteral("until=%1").arg(until / 1000);
    for (const QString& label : options.value(QStringLiteral("label")).toStringList())
        words << QStringLiteral("--filter") << QStringLiteral("label=") + label;
    return docker("image", words);
}

QString pushLines(const Call& call) {
    const QString target = familiar(call.options().value(QStringLiteral("target")).toString());
    if (target.isEmpty() || target == familiar(call.text(0)))
        return docker("push", {familiar(call.text(0))});
    return docker("tag", {familiar(call.text(0)), target}) + u'\n' + docker("push", {target});
}

std::optional<Told> tellArchives(const Call& call) {
    if (call.method == u"Push") {
        const QString target = call.options().value(QStringLiteral("target")).toString();
        return Told{
            translate("ActionTrace", "Push %1").arg(familiar(target.isEmpty() ? call.text(0) : target)),
            pushLines(call)};
    }
    if (call.method == u"Save") {
        const QStringList names = familiar(call.arguments.value(0).toStringList());
        return Told{translate("ActionTrace", "Save %1").arg(names.join(QStringLiteral(", "))),
                    docker("save", names)};
    }
    if (call.method == u"Load")
        return Told{translate("ActionTrace", "Load images from a file"),
                    docker("load", call.flags({{"platform", "--platform"}}))};
    if (call.method == u"Import")
        return Told{
            translate("ActionTrace", "Import %1").arg(familiar(call.text(1))),
            docker("import",
                   call.flags({{"changes", "--change"}, {"message", "--message"}, {"platform", "--platform"}})
                       << QStringLiteral("-") << familiar(call.text(1)))};
    return std::nullopt;
}

std::optional<Told> tellImages(const Call& call) {
    if (call.method == u"Prune")
        return Told{translate("ActionTrace", "Remove the images that are not used"), pruneLine(call)};
    if (call.method == u"Verify")
        return Told{call.flag("mend") ? translate("ActionTrace", "Verify the images, and mend them")
                                      : translate("ActionTrace", "Verify the images"),
                    {}}; // docker has no command for it
    if (call.method == u"Pull")
        return Told{translate("ActionTrace", "Pull %1").arg(familiar(call.text(0))),
                    docker("pull", call.flags({{"platform", "--platform"}}) << familiar(call.text(0)))};
    if (call.method == u"Remove") {
        const QString separator =
            call.text(1).startsWith(u"sha256:") ? QStringLiteral("@") : QStringLiteral(":");
        const QString image = familiar(call.text(0) + separator + call.text(1));
        return Told{translate("ActionTrace", "Remove the image %1").arg(image), docker("rmi", {image})};
    }
    if (call.method == u"Tag")
        return Told{translate("ActionTrace", "Name an image %1").arg(familiar(call.text(1))),
                    docker("tag", {familiar(call.text(0)), familiar(call.text(1))})};
    return tellArchives(call);
}

} // namespace

std::optional<ActionTrace> traceOf(const BusCall& call,
                                   const std::function<QString(const QString& id)>& nameOf) {
    const QVariantList shown = maskSecrets(call.arguments);
    if (call.interface.endsWith(u".Networks")) {
        const auto what = networkTrace(call.method, shown, nameOf);
        if (!what)
            return std::nullopt;
        return ActionTrace{what->title, what->docker, busctlLine(call.interface, call.method, shown),
                           networkKernelSteps(call.method, shown)};
    }
    if (call.interface.endsWith(u".Volumes")) {
        const auto what = volumeTrace(call.method, shown);
        if (!what)
            return std::nullopt;
        return ActionTrace{what->title, what->docker, busctlLine(call.interface, call.method, shown),
                           volumeKernelSteps(call.method, shown)};
    }
    if (call.interface.endsWith(u".Builds")) {
        const auto what = buildTrace(call.method, shown);
        if (!what)
            return std::nullopt;
        return ActionTrace{what->title, what->docker, busctlLine(call.interface, call.method, shown),
                           buildKernelSteps(call.method)};
    }
    if (call.interface.endsWith(u".Stacks")) {
        const auto what = stackTrace(call.method, shown);
        if (!what)
            return std::nullopt;
        return ActionTrace{what->title, what->docker,
                           busctlLine(call.interface, call.method, withoutStack(shown)),
                           stackKernelSteps(call.method)};
    }
    Call told{call.method, shown, nameOf(shown.value(0).toString())};
    const std::optional<Told> what = call.interface.endsWith(u".Containers") ? tellContainers(told)
                                     : call.interface.endsWith(u".Images")   ? tellImages(told)
                                                                             : std::nullopt;
    if (!what)
        return std::nullopt;
    return ActionTrace{what->title, what->docker, busctlLine(call.interface, call.method, shown),
                       kernelSteps(call.interface, call.method, shown)};
}

} // namespace escale::gui
