#include "gui/build/build_template.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(BuildTemplates)
public:
    static QList<BuildTemplate> all();
};

QList<BuildTemplate> Words::all() {
    return {
        {QStringLiteral("node"), tr("Node.js"),
         tr("A server in JavaScript: packages from the lock file with npm ci, only those of production in "
            "the image.")},
        {QStringLiteral("python"), tr("Python"),
         tr("A program with requirements.txt: a virtual environment made in one stage and copied into the "
            "next.")},
        {QStringLiteral("go"), tr("Go"),
         tr("A program without any library around it: the image holds it, certificates, and nothing else.")},
        {QStringLiteral("rust"), tr("Rust"),
         tr("Cargo with caches for the registry and for what was compiled; the image holds the program "
            "alone.")},
        {QStringLiteral("java"), tr("Java"), tr("Maven builds, a Java runtime without the compiler runs.")},
        {QStringLiteral("cpp"), tr("C++"),
         tr("CMake and Ninja build with ccache; the image holds the program and the libraries it needs.")},
        {QStringLiteral("nginx"), tr("Static pages (nginx)"),
         tr("Pages built with Node.js, served by nginx as a user without rights.")},
        {QStringLiteral("php"), tr("PHP"),
         tr("Composer installs the packages, Apache with PHP serves the application.")},
    };
}

constexpr std::pair<const char*, bool> kFiles[] = {{"Dockerfile", false}, {".dockerignore", true}};

QByteArray fileOf(const QString& name, const QString& file) {
    QFile source(QStringLiteral(":/templates/%1/%2").arg(name, file));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

} // namespace

QByteArray BuildTemplate::dockerfile() const {
    return fileOf(name, QStringLiteral("Dockerfile"));
}

QByteArray BuildTemplate::ignoreFile() const {
    return fileOf(name, QStringLiteral(".dockerignore"));
}

QList<BuildTemplate> buildTemplates() {
    return Words::all();
}

QStringList existingTemplateFiles(const QString& folder) {
    QStringList names;
    for (const auto& [name, isIgnore] : kFiles) {
        const QFileInfo info(QDir(folder).filePath(QLatin1String(name)));
        if (info.exists() || info.isSymLink())
            names.append(QLatin1String(name));
    }
    return names;
}

Result<void> writeTemplate(const BuildTemplate& model, const QString& folder, bool replaces) {
    if (const QStringList there = existingTemplateFiles(folder); !there.isEmpty() && !replaces)
        return fail(ErrorCode::AlreadyExists, folder.toStdString() + " has a " +
                                                  there.join(QStringLiteral(" and a ")).toStdString() +
                                                  " already");
    for (const auto& [name, isIgnore] : kFiles) {
        const QString path = QDir(folder).filePath(QLatin1String(name));
        const QByteArray bytes = isIgnore ? model.ignoreFile() : model.dockerfile();
        // What appeared since we looked is not replaced either.
        if (!replaces) {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(bytes) != bytes.size() ||
                !file.flush())
                return fail(ErrorCode::SystemFailure,
                            "cannot write " + path.toStdString() + ": " + file.errorString().toStdString());
            continue;
        }
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            return fail(ErrorCode::SystemFailure,
                        "cannot write " + path.toStdString() + ": " + file.errorString().toStdString());
    }
    return {};
}

} // namespace escale::gui
