#include "gui/build/build_settings.h"

#include "engine/image/reference.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr qulonglong kUsualShm = 64ULL << 20; // bytes, as docker has it

QString say(const char* text) {
    return QCoreApplication::translate("BuildSettings", text);
}

// Over the bus a map of texts comes as an argument that is not read yet.
dbus::TextMap textMap(const QVariant& value) {
    return value.canConvert<dbus::TextMap>() ? value.value<dbus::TextMap>()
                                             : qdbus_cast<dbus::TextMap>(value);
}

QString fileProblem(const BuildSettings& settings) {
    if (settings.dockerfile.isEmpty())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "Choose a folder with a Dockerfile."));
    if (!settings.folder.isEmpty() && !QFileInfo(settings.folder).isDir())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "There is no folder %1.")).arg(settings.folder);
    return {};
}

QString secretProblem(const BuildSecret& secret) {
    if (!isSecretId(secret.id))
        return say(QT_TRANSLATE_NOOP("BuildSettings", "A secret's name is made of letters, digits, “_”, “.” "
                                                      "and “-”: %1"))
            .arg(secret.id);
    if (secret.file.isEmpty())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "Choose the file of the secret %1.")).arg(secret.id);
    if (!QFileInfo(secret.file).isFile())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "There is no file %1.")).arg(secret.file);
    return {};
}

QString outputProblem(const BuildSettings& settings) {
    if (settings.output == BuildOutput::Archive && settings.outputPath.isEmpty())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "Choose the file that the image is saved in."));
    if (settings.output == BuildOutput::Folder && settings.outputPath.isEmpty())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "Choose the folder that the files are written to."));
    if (settings.output == BuildOutput::Push && settings.tags.isEmpty())
        return say(QT_TRANSLATE_NOOP("BuildSettings", "Name the image to push it: registry/name:tag."));
    return {};
}

} // namespace

const QStringList& buildLimits() {
    static const QStringList kKeys{QStringLiteral("memory"), QStringLiteral("cpus"),
                                   QStringLiteral("shm-size"), QStringLiteral("extra-hosts")};
    return kKeys;
}

QString shownDockerfile(const BuildSettings& settings) {
    if (settings.folder.isEmpty())
        return settings.dockerfile;
    const QString below = QDir(settings.folder).relativeFilePath(settings.dockerfile);
    return below.startsWith(QStringLiteral("../")) ? settings.dockerfile : below;
}

QVariantMap buildOptions(const BuildSettings& settings) {
    QVariantMap options;
    const auto put = [&options](const char* key, const QVariant& value, bool isSet) {
        if (isSet)
            options.insert(QLatin1String(key), value);
    };
    put("name", settings.folder, !settings.folder.isEmpty());
    put("dockerfile", shownDockerfile(settings), !settings.dockerfile.isEmpty());
    put("tags", settings.tags, !settings.tags.isEmpty());
    put("target", settings.target, !settings.target.isEmpty());
    put("arguments", QVariant::fromValue(settings.arguments), !settings.arguments.isEmpty());
    put("labels", QVariant::fromValue(settings.labels), !settings.labels.isEmpty());
    put("no-cache", true, settings.noCache);
    put("pull", true, settings.pull);
    put("platform", settings.platform, !settings.platform.isEmpty());
    put("network", settings.network, !settings.network.isEmpty() && settings.network != u"default");
    put("allow", settings.allowed, !settings.allowed.isEmpty());
    options.insert(settings.limits);
    return options;
}

BuildSettings settingsOf(const QVariantMap& options) {
    const auto text = [&options](const char* key) { return options.value(QLatin1String(key)).toString(); };
    const auto texts = [&options](const char* key) {
        return options.value(QLatin1String(key)).toStringList();
    };
    BuildSettings settings;
    settings.folder = text("name");
    if (const QString file = text("dockerfile"); !file.isEmpty())
        settings.dockerfile = settings.folder.isEmpty() ? file : QDir(settings.folder).filePath(file);
    settings.tags = texts("tags");
    settings.target = text("target");
    settings.arguments = textMap(options.value(QStringLiteral("arguments")));
    settings.labels = textMap(options.value(QStringLiteral("labels")));
    settings.noCache = options.value(QStringLiteral("no-cache")).toBool();
    settings.pull = options.value(QStringLiteral("pull")).toBool();
    settings.platform = text("platform");
    settings.network = text("network");
    settings.allowed = texts("allow");
    // The engine tells what holds where nothing was said, too.
    for (const QString& key : buildLimits()) {
        const QVariant value = options.value(key);
        const bool isList = value.typeId() == QMetaType::QStringList;
        if (isList ? !value.toStringList().isEmpty()
                   : value.toDouble() > 0 && !(key == u"shm-size" && value.toULongLong() == kUsualShm))
            settings.limits.insert(key, value);
    }
    for (const QString& id : texts("secrets"))
        settings.secrets.append({id, {}});
    settings.usesAgent = !texts("ssh").isEmpty();
    return settings;
}

QString tagProblem(const QString& tag) {
    const auto reference = Reference::parse(tag.toStdString());
    if (!reference)
        return say(QT_TRANSLATE_NOOP("BuildSettings", "“%1” is no image name: lower-case letters, digits and "
                                                      "“-”, as in shop/web:1.2."))
            .arg(tag);
    if (tag.contains(u'@'))
        return say(QT_TRANSLATE_NOOP("BuildSettings", "“%1” has a digest, which nobody can choose."))
            .arg(tag);
    return {};
}

QStringList splitTags(const QString& text) {
    static const QRegularExpression kBetween(QStringLiteral("[,\\s]+"));
    QStringList tags = text.split(kBetween, Qt::SkipEmptyParts);
    tags.removeDuplicates();
    return tags;
}

bool isSecretId(const QString& id) {
    static const QRegularExpression kId(QStringLiteral("^[A-Za-z0-9_.-]{1,128}$"));
    return kId.match(id).hasMatch();
}

QString settingsProblem(const BuildSettings& settings) {
    if (const QString problem = fileProblem(settings); !problem.isEmpty())
        return problem;
    for (const QString& tag : settings.tags) {
        if (const QString problem = tagProblem(tag); !problem.isEmpty())
            return problem;
    }
    for (const BuildSecret& secret : settings.secrets) {
        if (const QString problem = secretProblem(secret); !problem.isEmpty())
            return problem;
    }
    if (settings.usesAgent && qEnvironmentVariableIsEmpty("SSH_AUTH_SOCK"))
        return say(QT_TRANSLATE_NOOP("BuildSettings", "No SSH agent runs in this session: start one with "
                                                      "ssh-add, or leave it out."));
    return outputProblem(settings);
}

QString builtImageId(const QString& name, const QString& digest) {
    const auto reference = Reference::parse(name.toStdString());
    return reference && !reference->digest ? QString::fromStdString(reference->name() + ":" + reference->tag)
                                           : QStringLiteral("localhost/build@") + digest;
}

QString proposedTag(const QString& folder) {
    QString name = QFileInfo(folder).fileName().toLower();
    static const QRegularExpression kOther(QStringLiteral("[^a-z0-9]+"));
    name.replace(kOther, QStringLiteral("-"));
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'-'))
        name.chop(1);
    return (name.isEmpty() ? QStringLiteral("image") : name) + QStringLiteral(":latest");
}

QStringList dockerfilesIn(const QString& folder) {
    if (folder.isEmpty())
        return {};
    const QStringList patterns{QStringLiteral("Dockerfile"),    QStringLiteral("Dockerfile.*"),
                               QStringLiteral("*.Dockerfile"),  QStringLiteral("*.dockerfile"),
                               QStringLiteral("Containerfile"), QStringLiteral("Containerfile.*")};
    QStringList names = QDir(folder).entryList(patterns, QDir::Files, QDir::Name | QDir::IgnoreCase);
    names.erase(std::remove_if(names.begin(), names.end(),
                               [](const QString& name) { return name.endsWith(u".dockerignore"); }),
                names.end());
    std::stable_partition(names.begin(), names.end(), [](const QString& name) {
        return name == u"Dockerfile" || name == u"Containerfile";
    });
    return names;
}

BuildSettings settingsForPath(const QString& path) {
    const QFileInfo info(path);
    BuildSettings settings;
    if (info.isDir()) {
        settings.folder = QDir(info.absoluteFilePath()).canonicalPath();
        const QStringList names = dockerfilesIn(settings.folder);
        settings.dockerfile = QDir(settings.folder).filePath(names.value(0, QStringLiteral("Dockerfile")));
    } else if (info.isFile()) {
        settings.folder = QDir(info.absolutePath()).canonicalPath();
        settings.dockerfile = QDir(settings.folder).filePath(info.fileName());
    }
    return settings;
}

} // namespace escale::gui
