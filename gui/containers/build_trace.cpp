#include "gui/containers/build_trace.h"

#include "gui/containers/docker_command.h"
#include "gui/containers/docker_options.h"
#include "helper/dbus/types.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace escale::gui {
namespace {

QString steps(const char* text) {
    return QCoreApplication::translate("KernelSteps", text);
}

QString title(const char* text) {
    return QCoreApplication::translate("ActionTrace", text);
}

QString text(const QVariantMap& options, const char* key) {
    return options.value(QLatin1String(key)).toString();
}

QStringList pairs(const QVariantMap& options, const char* key, const char* flag) {
    const QVariant value = options.value(QLatin1String(key));
    const auto map =
        value.canConvert<dbus::TextMap>() ? value.value<dbus::TextMap>() : qdbus_cast<dbus::TextMap>(value);
    QStringList words;
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        words << QLatin1String(flag) << entry.key() + u'=' + entry.value();
    return words;
}

QString pruneLine(const QVariantMap& options) {
    QStringList words{QStringLiteral("prune"), QStringLiteral("--force")};
    if (options.contains(QStringLiteral("until"))) {
        const qint64 age =
            QDateTime::currentMSecsSinceEpoch() - options.value(QStringLiteral("until")).toLongLong();
        words << QStringLiteral("--filter")
              << QStringLiteral("until=%1h").arg(std::max<qint64>(age / 3'600'000, 0));
    } else
        words << QStringLiteral("--all");
    if (options.contains(QStringLiteral("keep-bytes")))
        words << QStringLiteral("--max-used-space")
              << QString::number(options.value(QStringLiteral("keep-bytes")).toULongLong());
    return dockerCommand(QStringLiteral("builder"), words);
}

QString nameOf(const QVariantMap& options) {
    const QStringList tags = options.value(QStringLiteral("tags")).toStringList();
    if (!tags.isEmpty())
        return tags.first();
    const QString folder = QFileInfo(text(options, "name")).fileName();
    return folder.isEmpty() ? title(QT_TRANSLATE_NOOP("ActionTrace", "an image")) : folder;
}

} // namespace

QString dockerBuildLine(const QVariantMap& options, const QString& folder,
                        const QList<std::pair<QString, QString>>& secrets, bool usesAgent,
                        const QString& output) {
    QStringList words;
    for (const QString& tag : options.value(QStringLiteral("tags")).toStringList())
        words << QStringLiteral("-t") << tag;
    if (const QString file = text(options, "dockerfile"); !file.isEmpty() && file != u"Dockerfile")
        words << QStringLiteral("-f") << file;
    const std::pair<const char*, const char*> values[] = {
        {"target", "--target"}, {"platform", "--platform"}, {"network", "--network"}};
    for (const auto& [key, flag] : values) {
        if (const QString value = text(options, key); !value.isEmpty())
            words << QLatin1String(flag) << value;
    }
    words << pairs(options, "arguments", "--build-arg") << pairs(options, "labels", "--label");
    for (const char* key : {"memory", "cpus", "shm-size", "extra-hosts"}) {
        const DockerOption* option = dockerOption(QLatin1String(key));
        if (!options.contains(QLatin1String(key)))
            continue;
        for (const QString& one : optionTexts(*option, options.value(QLatin1String(key))))
            words << QStringLiteral("--") + QLatin1String(option->flag) << one;
    }
    for (const QString& right : options.value(QStringLiteral("allow")).toStringList())
        words << QStringLiteral("--allow") << right;
    for (const char* key : {"no-cache", "pull"}) {
        if (options.value(QLatin1String(key)).toBool())
            words << QStringLiteral("--") + QLatin1String(key);
    }
    for (const auto& [id, file] : secrets)
        words << QStringLiteral("--secret") << QStringLiteral("id=%1,src=%2").arg(id, file);
    if (usesAgent)
        words << QStringLiteral("--ssh") << QStringLiteral("default");
    if (!output.isEmpty())
        words << QStringLiteral("--output") << output;
    return dockerCommand(QStringLiteral("build"), words << folder);
}

std::optional<BuildTrace> buildTrace(const QString& method, const QVariantList& arguments) {
    const QVariantMap options = arguments.isEmpty() ? QVariantMap() : arguments.last().toMap();
    if (method == u"Build")
        return BuildTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Build %1")).arg(nameOf(options)),
                          dockerBuildLine(options, QStringLiteral("."))};
    if (method == u"Remove")
        return BuildTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Take builds out of the history")),
                          dockerCommand(QStringLiteral("buildx"),
                                        QStringList{QStringLiteral("history"), QStringLiteral("rm")} +
                                            arguments.value(0).toStringList())};
    if (method == u"OpenFailed")
        return BuildTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Make an image of a failed step")), {}};
    if (method == u"PruneCache")
        return BuildTrace{title(QT_TRANSLATE_NOOP("ActionTrace", "Shrink the build cache")),
                          pruneLine(options)};
    return std::nullopt;
}

QStringList buildKernelSteps(const QString& method) {
    if (method != u"Build")
        return {};
    return {
        steps(QT_TRANSLATE_NOOP("KernelSteps",
                                "Your own process reads the folder and streams what is new through a socket "
                                "pair (socketpair(2)); the engine opens none of your files")),
        steps(QT_TRANSLATE_NOOP("KernelSteps",
                                "A worker without files, network and rights reads the Dockerfile and orders "
                                "the steps")),
        steps(QT_TRANSLATE_NOOP("KernelSteps",
                                "Each RUN is a container: overlayfs on the layers so far, namespaces, a "
                                "cgroup; what it writes lands in the overlay's upper folder")),
        steps(QT_TRANSLATE_NOOP("KernelSteps",
                                "That folder becomes the step's layer, named by the SHA-256 digest of its "
                                "archive")),
    };
}

} // namespace escale::gui
