// What a person chose, kept in ~/.config/escale. Environment variables win, for tests and demonstrations.
#pragma once

#include "gui/common/theme.h"

#include <QByteArray>
#include <QString>

namespace escale::gui::Settings {

/// ESCALE_REGISTRY, else the last one browsed; empty on a first start.
QString registry();
void setRegistry(const QString& registry);
/// ESCALE_LANGUAGE, else "fr", "en" or empty for the system's.
QString language();
void setLanguage(const QString& language);
Appearance appearance();
void setAppearance(Appearance appearance);
/// Order, widths and sorting of a table's columns (QHeaderView::saveState), by the table's name.
QByteArray columns(const QString& table);
void setColumns(const QString& table, const QByteArray& state);
/// The image whose tools the last debug terminal had; empty before the first.
QString toolImage();
void setToolImage(const QString& reference);
/// Whether the desktop is told of containers that die or turn unhealthy; on until it is turned off.
bool notifications();
void setNotifications(bool on);

} // namespace escale::gui::Settings
