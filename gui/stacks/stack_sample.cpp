#include "gui/stacks/stack_sample.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>

#include <algorithm>

namespace escale::gui {
namespace {

const QString kAbout = QStringLiteral("sample.json");
const QString kCompose = QStringLiteral("compose.yaml");

QString inLanguage(const QJsonObject& words) {
    const QString language = QLocale().name().section(u'_', 0, 0);
    const QString own = words[language].toString();
    return own.isEmpty() ? words[QLatin1String("en")].toString() : own;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QByteArray StackSample::compose() const {
    return contentOf(folder + u'/' + kCompose);
}

QStringList StackSample::files() const {
    QStringList names;
    const QDir root(folder);
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString file = root.relativeFilePath(all.next());
        if (file != kAbout)
            names << file;
    }
    names.sort();
    return names;
}

QList<StackSample> stackSamples(const QString& root) {
    QList<StackSample> samples;
    for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        StackSample sample;
        sample.name = name;
        sample.folder = root + u'/' + name;
        if (!QFile::exists(sample.folder + u'/' + kCompose))
            continue;
        const QJsonObject about = QJsonDocument::fromJson(contentOf(sample.folder + u'/' + kAbout)).object();
        sample.title = inLanguage(about[QLatin1String("title")].toObject());
        if (sample.title.isEmpty())
            sample.title = name;
        sample.text = inLanguage(about[QLatin1String("text")].toObject());
        sample.isOffline = about[QLatin1String("offline")].toBool();
        for (const QJsonValue& port : about[QLatin1String("ports")].toArray())
            sample.ports << port.toInt();
        samples.append(sample);
    }
    std::stable_sort(samples.begin(), samples.end(), [](const StackSample& a, const StackSample& b) {
        return a.isOffline != b.isOffline ? a.isOffline : a.title.localeAwareCompare(b.title) < 0;
    });
    return samples;
}

QStringList existingSampleFiles(const StackSample& sample, const QString& folder) {
    QStringList names;
    for (const QString& name : sample.files()) {
        const QFileInfo info(QDir(folder).filePath(name));
        if (info.exists() || info.isSymLink())
            names << name;
    }
    return names;
}

Result<QString> writeSample(const StackSample& sample, const QString& folder, bool replaces) {
    if (const QStringList there = existingSampleFiles(sample, folder); !there.isEmpty() && !replaces)
        return fail(ErrorCode::AlreadyExists, folder.toStdString() + " has " +
                                                  there.join(QStringLiteral(", ")).toStdString() +
                                                  " already");
    for (const QString& name : sample.files()) {
        const QString path = QDir(folder).filePath(name);
        if (!QDir().mkpath(QFileInfo(path).path()))
            return fail(ErrorCode::SystemFailure,
                        "cannot make the folder " + QFileInfo(path).path().toStdString());
        const QByteArray bytes = contentOf(sample.folder + u'/' + name);
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            return fail(ErrorCode::SystemFailure,
                        "cannot write " + path.toStdString() + ": " + file.errorString().toStdString());
        // What a script begins with says that it is one: a resource has no such bit.
        if (bytes.startsWith("#!"))
            QFile::setPermissions(path, QFile::permissions(path) | QFileDevice::ExeOwner |
                                            QFileDevice::ExeGroup | QFileDevice::ExeOther);
    }
    return QDir(folder).filePath(kCompose);
}

} // namespace escale::gui
