#include "gui/common/settings.h"

#include <QSettings>

namespace escale::gui::Settings {

static QString stored(const char* key) {
    return QSettings().value(QLatin1String(key)).toString();
}

QString registry() {
    return qEnvironmentVariableIsSet("ESCALE_REGISTRY") ? qEnvironmentVariable("ESCALE_REGISTRY")
                                                        : stored("registry");
}

void setRegistry(const QString& registry) {
    if (!qEnvironmentVariableIsSet("ESCALE_REGISTRY"))
        QSettings().setValue(QStringLiteral("registry"), registry);
}

QString language() {
    return qEnvironmentVariableIsSet("ESCALE_LANGUAGE") ? qEnvironmentVariable("ESCALE_LANGUAGE")
                                                        : stored("language");
}

void setLanguage(const QString& language) {
    QSettings().setValue(QStringLiteral("language"), language);
}

Appearance appearance() {
    const QString name = stored("appearance");
    return name == QLatin1String("dark")    ? Appearance::Dark
           : name == QLatin1String("light") ? Appearance::Light
                                            : Appearance::System;
}

void setAppearance(Appearance appearance) {
    QSettings().setValue(QStringLiteral("appearance"), appearance == Appearance::Dark ? QStringLiteral("dark")
                                                       : appearance == Appearance::Light
                                                           ? QStringLiteral("light")
                                                           : QString());
}

} // namespace escale::gui::Settings
