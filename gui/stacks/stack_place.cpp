#include "gui/stacks/stack_place.h"

#include "engine/stack/compose/load_project.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

namespace escale::gui {

static constexpr qsizetype kMostRecent = 12;
static const QString kKey = QStringLiteral("stacks/recent");

QString StackPlace::name() const {
    return QFileInfo(folder).fileName();
}

StackPlace stackPlaceAt(const QString& path) {
    const QFileInfo info(path);
    if (path.isEmpty() || !info.exists())
        return {};
    if (info.isDir()) {
        const QString folder = QDir::cleanPath(info.absoluteFilePath());
        const auto found = compose::findComposeFiles(QFile::encodeName(folder).toStdString());
        if (!found)
            return {};
        StackPlace place{folder, {}};
        for (const std::string& file : *found)
            place.files << QFile::decodeName(QByteArray::fromStdString(file));
        // docker compose looks upwards, too: another folder's is not what was meant.
        return QFileInfo(place.files.value(0)).absolutePath() == folder ? place : StackPlace();
    }
    const QString suffix = info.suffix().toLower();
    if (suffix != u"yaml" && suffix != u"yml")
        return {};
    // One of a folder's usual names stands for all of them.
    if (const StackPlace whole = stackPlaceAt(info.absolutePath());
        whole.files.value(0) == info.absoluteFilePath())
        return whole;
    return {info.absolutePath(), {info.absoluteFilePath()}};
}

StackPlace droppedStack(const QMimeData& data) {
    for (const QUrl& url : data.urls()) {
        if (!url.isLocalFile())
            continue;
        if (const StackPlace place = stackPlaceAt(url.toLocalFile()); place.isValid())
            return place;
    }
    return {};
}

QList<StackPlace> recentStacks() {
    QList<StackPlace> places;
    for (const QString& line : QSettings().value(kKey).toStringList()) {
        const QStringList files = line.split(u'\n', Qt::SkipEmptyParts);
        if (!files.isEmpty() && QFile::exists(files.first()))
            places.append({QFileInfo(files.first()).absolutePath(), files});
    }
    return places;
}

static void keep(const QList<StackPlace>& places) {
    QStringList lines;
    for (const StackPlace& place : places)
        lines << place.files.join(u'\n');
    QSettings().setValue(kKey, lines);
}

void rememberStack(const StackPlace& place) {
    if (!place.isValid())
        return;
    QList<StackPlace> places = recentStacks();
    places.removeAll(place);
    places.prepend(place);
    keep(places.mid(0, kMostRecent));
}

void forgetStack(const StackPlace& place) {
    QList<StackPlace> places = recentStacks();
    places.removeAll(place);
    keep(places);
}

} // namespace escale::gui
