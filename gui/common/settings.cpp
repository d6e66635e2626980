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

// The number grows when a table's columns change: an old state would hide or mix up the new ones.
static QString columnsKey(const QString& table) {
    return QStringLiteral("columns1/") + table;
}

QByteArray columns(const QString& table) {
    return QSettings().value(columnsKey(table)).toByteArray();
}

void setColumns(const QString& table, const QByteArray& state) {
    QSettings().setValue(columnsKey(table), state);
}

QString toolImage() {
    return stored("toolImage");
}

void setToolImage(const QString& reference) {
    QSettings().setValue(QStringLiteral("toolImage"), reference);
}

bool notifications() {
    return QSettings().value(QStringLiteral("notifications"), true).toBool();
}

void setNotifications(bool on) {
    QSettings().setValue(QStringLiteral("notifications"), on);
}

} // namespace escale::gui::Settings
