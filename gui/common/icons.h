// One-colour SVG icons of resources/icons, drawn in the palette's text colour when they are painted: a change
// of palette needs no new icons.
#pragma once

#include <QIcon>
#include <QPalette>
#include <QPixmap>
#include <QString>

namespace escale::gui {

/// The icon resources/icons/<name>.svg. On `role` it takes another of the palette's colours (HighlightedText
/// on accents).
QIcon icon(const QString& name, QPalette::ColorRole role = QPalette::WindowText);
/// The same in any colour, a square of `side` pixels at scale 1.
QPixmap tintedIcon(const QString& name, const QColor& color, int side, qreal ratio);

} // namespace escale::gui
