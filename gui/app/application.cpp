#include "gui/app/application.h"

#include "gui/common/icons.h"

#include <QLibraryInfo>
#include <QLocale>

namespace escale::gui {

Application::Application(QApplication& application, const QString& language)
    : m_theme(application) {
    QCoreApplication::setApplicationName(QStringLiteral("escale"));
    QCoreApplication::setOrganizationName(QStringLiteral("escale"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Escale"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.escale.Escale"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/escale.svg")));

    const QLocale locale = language.isEmpty() ? QLocale() : QLocale(language);
    if (!language.isEmpty())
        QLocale::setDefault(locale);
    // English is the language of the sources; its catalogue holds the plural forms only.
    if (m_plurals.load(QStringLiteral(":/i18n/escale_en.qm")))
        QCoreApplication::installTranslator(&m_plurals);
    if (m_qtTranslator.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
    if (m_translator.load(locale, QStringLiteral("escale"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_translator);
}

} // namespace escale::gui
