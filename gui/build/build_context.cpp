#include "gui/build/build_context.h"

#include "engine/build/lint/lint_configuration.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <glob.h>

namespace escale::gui {

static constexpr qint64 kLargest = 256 * 1024; // of a file of settings, bytes

// Nothing: not there, no regular file, or no file of settings by its size.
static std::optional<std::string> readSmall(const QString& path) {
    const QFileInfo info(path);
    if (!info.isFile() || info.size() > kLargest)
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(kLargest).toStdString();
}

std::optional<IgnoreFile> findIgnoreFile(const QString& contextFolder, const QString& dockerfile) {
    std::optional<std::string> text;
    if (!dockerfile.isEmpty())
        text = readSmall(dockerfile + QStringLiteral(".dockerignore"));
    if (!text && !contextFolder.isEmpty())
        text = readSmall(contextFolder + QStringLiteral("/.dockerignore"));
    if (!text)
        return std::nullopt;
    auto file = IgnoreFile::parse(*text);
    return file ? std::optional(std::move(*file)) : std::nullopt;
}

Result<LintSettings> findLintSettings(const QString& contextFolder, const QString& dockerfile) {
    const QString beside = dockerfile.isEmpty() ? QString() : QFileInfo(dockerfile).absolutePath();
    for (const QString& folder : {beside, contextFolder}) {
        if (folder.isEmpty())
            continue;
        for (const std::string_view name : lintConfigurationNames()) {
            const QString file = QString::fromUtf8(name.data(), qsizetype(name.size()));
            const auto text = readSmall(folder + QLatin1Char('/') + file);
            if (!text)
                continue;
            auto settings = readLintConfiguration(*text);
            if (!settings)
                return fail(std::move(settings).error().prefixed(name));
            return settings;
        }
    }
    return LintSettings();
}

// "**" is more than glob(3) knows: what it names is taken as there.
static bool isThere(const QString& folder, const std::string& source) {
    if (source.find("**") != std::string::npos)
        return true;
    const QByteArray path = QFile::encodeName(folder) + '/' + QByteArray::fromStdString(source);
    if (source.find_first_of("*?[\\") == std::string::npos)
        return QFileInfo::exists(QFile::decodeName(path)) || QFileInfo(QFile::decodeName(path)).isSymLink();
    glob_t found{};
    const bool any = glob(path.constData(), GLOB_NOSORT | GLOB_PERIOD, nullptr, &found) == 0;
    globfree(&found);
    return any;
}

LintContext readLintContext(const QString& contextFolder, const QString& dockerfile, const Dockerfile& file) {
    LintContext context;
    if (contextFolder.isEmpty() || !QFileInfo(contextFolder).isDir())
        return context;
    context.knowsFolder = true;
    context.ignoreFile = findIgnoreFile(contextFolder, dockerfile);
    context.sources.emplace();
    for (const std::string& source : copySources(file)) {
        if (isThere(contextFolder, source))
            context.sources->insert(source);
    }
    return context;
}

QStringList listContextFolder(const QString& contextFolder, const QString& folder, const IgnoreFile& ignored,
                              int most) {
    const QString clean = QDir::cleanPath(folder);
    if (contextFolder.isEmpty() || clean == QLatin1String("..") || clean.startsWith(QLatin1String("../")))
        return {};
    const QString relative = clean == QLatin1String(".") || clean == QLatin1String("/") ? QString() : clean;
    QString path = relative;
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    const QString prefix = path.isEmpty() ? QString() : path + QLatin1Char('/');
    QStringList names;
    QDirIterator entries(contextFolder + QLatin1Char('/') + path,
                         QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    while (entries.hasNext() && names.size() < most) {
        entries.next();
        const QFileInfo info = entries.fileInfo();
        const std::string whole = (prefix + info.fileName()).toStdString();
        const bool isFolder = info.isDir() && !info.isSymLink();
        if (isFolder ? ignored.ignoresAllIn(whole) : ignored.ignores(whole))
            continue;
        names.append(info.fileName() + (isFolder ? QStringLiteral("/") : QString()));
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

} // namespace escale::gui
