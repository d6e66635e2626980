#include "gui/containers/volume_trace.h"

#include "gui/containers/docker_command.h"
#include "helper/dbus/types.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString steps(const char* text) {
    return QCoreApplication::translate("KernelSteps", text);
}

QString title(const char* text) {
    return QCoreApplication::translate("ActionTrace", text);
}

QString docker(const QStringList& words) {
    return dockerCommand(QStringLiteral("volume"), words);
}

// docker has no command for it: a container does it by hand.
QString tarLine(const QString& volume, bool reads) {
    const QString mount = volume + (reads ? QStringLiteral(":/volume:ro") : QStringLiteral(":/volume"));
    QStringList words{QStringLiteral("--rm"), QStringLiteral("-v"), mount};
    if (!reads)
        words << QStringLiteral("-i");
    words << QStringLiteral("debian:12") << QStringLiteral("tar") << QStringLiteral("-C")
          << QStringLiteral("/volume") << (reads ? QStringLiteral("-cf") : QStringLiteral("-xpf"))
          << QStringLiteral("-");
    if (reads)
        words << QStringLiteral(".");
    return dockerCommand(QStringLiteral("run"), words);
}

QString pruneLine(const QVariantMap& options) {
    QStringList words{QStringLiteral("prune"), QStringLiteral("--force")};
    if (options.value(QStringLiteral("all")).toBool())
        words << QStringLiteral("--all");
    for (const QString& label : options.value(QStringLiteral("label")).toStringList())
        words << QStringLiteral("--filter") << QStringLiteral("label=") + label;
    return docker(words);
}

std::optional<VolumeTrace> filesTrace(const QString& method, const QString& volume,
                                      const QVariantList& arguments) {
    const QString path = arguments.value(1).toString();
    if (method == u"MakeFolder")
        return VolumeTrace{
            title(QT_TRANSLATE_NOOP("ActionTrace", "Make the folder %1 in %2")).arg(path, volume), {}};
    if (method == u"MoveFile")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Rename %1 in %2")).arg(path, volume), {}};
    if (method == u"RemoveFiles")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Remove files of %1")).arg(volume), {}};
    if (method == u"SetAttributes")
        return VolumeTrace{
            title(QT_TRANSLATE_NOOP("ActionTrace", "Change who may use %1 in %2")).arg(path, volume), {}};
    if (method == u"CopyOut")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Copy from the volume %1")).arg(volume),
                           {}};
    if (method == u"CopyIn")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Copy into the volume %1")).arg(volume),
                           {}};
    return std::nullopt;
}

} // namespace

QString dockerVolumeLine(const QString& name, const QVariantMap& options) {
    QStringList words{QStringLiteral("create")};
    if (const QString driver = options.value(QStringLiteral("driver")).toString();
        !driver.isEmpty() && driver != u"local")
        words << QStringLiteral("--driver") << driver;
    const auto add = [&](const char* key, const char* flag) {
        const auto map = options.value(QLatin1String(key)).value<dbus::TextMap>();
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            words << QLatin1String(flag) << entry.key() + u'=' + entry.value();
    };
    add("driver-options", "--opt");
    add("labels", "--label");
    if (!name.isEmpty())
        words << name;
    return docker(words);
}

std::optional<VolumeTrace> volumeTrace(const QString& method, const QVariantList& arguments) {
    const QVariantMap options = arguments.isEmpty() ? QVariantMap() : arguments.last().toMap();
    const QString name = arguments.value(0).toString();
    if (method == u"Create")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Create the volume %1")).arg(name),
                           dockerVolumeLine(name, options)};
    if (method == u"Remove")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Remove the volume %1")).arg(name),
                           docker({QStringLiteral("rm"), name})};
    if (method == u"Prune")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Remove the volumes that are not used")),
                           pruneLine(options)};
    if (method == u"Measure")
        return VolumeTrace{
            title(QT_TRANSLATE_NOOP("ActionTrace", "Count what is in volumes")),
            dockerCommand(QStringLiteral("system"), {QStringLiteral("df"), QStringLiteral("-v")})};
    if (method == u"Backup")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Back up %1")).arg(name),
                           tarLine(name, true)};
    if (method == u"Restore")
        return VolumeTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Restore %1")).arg(name),
                           tarLine(name, false)};
    return filesTrace(method, name, arguments);
}

QStringList volumeKernelSteps(const QString& method, const QVariantList& arguments) {
    Q_UNUSED(arguments)
    if (method == u"Create")
        return {
            steps(QT_TRANSLATE_NOOP("KernelSteps", "mkdir: a folder in the engine's store, and a row in its "
                                                   "database; what is elsewhere is mounted for the first "
                                                   "container that needs it"))};
    if (method == u"Remove" || method == u"Prune")
        return {
            steps(QT_TRANSLATE_NOOP("KernelSteps", "rename: the folder leaves the store at once; then its "
                                                   "files are unlinked"))};
    if (method == u"Backup")
        return {
            steps(QT_TRANSLATE_NOOP("KernelSteps", "open_tree, mount_setattr: an idmapped view of the files, "
                                                   "with the owners that containers see")),
            steps(QT_TRANSLATE_NOOP("KernelSteps", "a worker without privileges reads them and writes a tar "
                                                   "archive into a pipe"))};
    if (method == u"Restore")
        return {
            steps(QT_TRANSLATE_NOOP("KernelSteps", "a worker without privileges extracts the archive beside "
                                                   "the old files; syncfs")),
            steps(QT_TRANSLATE_NOOP("KernelSteps", "renameat2(RENAME_EXCHANGE): the new files take the old "
                                                   "ones' place in one moment"))};
    return {};
}

} // namespace escale::gui
