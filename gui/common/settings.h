// What a person chose, kept in ~/.config/escale. Environment variables win, for tests and demonstrations.
#pragma once

#include "gui/common/theme.h"

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

} // namespace escale::gui::Settings
