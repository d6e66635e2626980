// What main() and the tests set up alike: names, translations, theme.
#pragma once

#include "gui/common/theme.h"

#include <QApplication>
#include <QTranslator>

#include <memory>

namespace escale::gui {

class Application {
public:
    /// `language`: "fr", "en", or empty for the system's (LANGUAGE, LC_MESSAGES, LANG).
    Application(QApplication& application, const QString& language);
    [[nodiscard]] Theme& theme() { return m_theme; }

private:
    QTranslator m_translator;
    QTranslator m_plurals; // of the source language
    QTranslator m_qtTranslator;
    Theme m_theme;
};

} // namespace escale::gui
