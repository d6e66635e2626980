#include "gui/stacks/compose_paths.h"

#include <QDir>

#include <algorithm>

namespace escale::gui {

// Whose values are paths; those of volumes may be names, too.
static bool isPath(const QString& path, const QString& written) {
    static const QStringList kPaths{QStringLiteral("services.*.env_file"),
                                    QStringLiteral("services.*.env_file[]"),
                                    QStringLiteral("services.*.env_file[].path"),
                                    QStringLiteral("services.*.label_file"),
                                    QStringLiteral("services.*.label_file[]"),
                                    QStringLiteral("services.*.build"),
                                    QStringLiteral("services.*.build.context"),
                                    QStringLiteral("services.*.extends.file"),
                                    QStringLiteral("configs.*.file"),
                                    QStringLiteral("secrets.*.file"),
                                    QStringLiteral("include[]"),
                                    QStringLiteral("include[].path"),
                                    QStringLiteral("include[].path[]"),
                                    QStringLiteral("include[].env_file")};
    if (kPaths.contains(path))
        return true;
    const bool isMount =
        path == QLatin1String("services.*.volumes[]") || path == QLatin1String("services.*.volumes[].source");
    return isMount && !written.contains(u':') &&
           (written.startsWith(u'.') || written.startsWith(u'/') || written.startsWith(QLatin1String("~/")));
}

std::optional<PathPlace> pathAt(const ComposeOutline& outline, int position) {
    const ComposePosition place = positionAt(outline, position);
    const bool isValue =
        place.kind == ComposePosition::Kind::Value || place.kind == ComposePosition::Kind::Item;
    if (!isValue || place.schema == nullptr || place.written.contains(u'$') ||
        !isPath(place.schema->path, place.written))
        return std::nullopt;
    return PathPlace{place.begin, place.written, place.written.left(place.written.lastIndexOf(u'/') + 1)};
}

QStringList entriesOf(const QString& base, const QString& folder, int most) {
    QString path = folder;
    if (path.startsWith(QLatin1String("~/")))
        path = QDir::homePath() + path.mid(1);
    const QDir dir(QDir(base).filePath(path.isEmpty() ? QStringLiteral(".") : path));
    QStringList names;
    const auto entries =
        dir.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::Readable,
                          QDir::Name | QDir::DirsFirst);
    for (const QFileInfo& entry : entries.mid(0, most))
        names.append(entry.isDir() ? entry.fileName() + u'/' : entry.fileName());
    return names;
}

CompletionOffer offerOf(const PathPlace& place, const QStringList& entries) {
    CompletionOffer offer{place.begin, {}, place.written, false};
    const QString name = place.written.mid(place.folder.size());
    for (const QString& entry : entries) {
        // What is hidden is offered to who asks for it.
        if (entry.startsWith(name, Qt::CaseInsensitive) && entry != name &&
            (!entry.startsWith(u'.') || name.startsWith(u'.') || entry.contains(QLatin1String("env")))) {
            CompletionWord word{place.folder + entry, {}};
            word.isContinued = entry.endsWith(u'/');
            offer.words.append(word);
        }
    }
    return offer;
}

} // namespace escale::gui
