#include "gui/stacks/place_text.h"

#include <QDir>

namespace escale::gui {

QString placeText(const compose::Loaded& loaded, const compose::Place& place) {
    if (place.line == 0 || place.file >= loaded.files.size())
        return {};
    const QDir folder(QString::fromStdString(loaded.project.directory));
    const QString path = folder.relativeFilePath(QString::fromStdString(loaded.files[place.file].path));
    return QStringLiteral("%1:%2").arg(path).arg(place.line);
}

} // namespace escale::gui
