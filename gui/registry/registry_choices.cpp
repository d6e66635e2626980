#include "gui/registry/registry_choices.h"

#include "engine/base/file.h"

#include <QCoreApplication>
#include <QSettings>
#include <QUrl>

namespace escale::gui {

static constexpr std::size_t kLongestFile = kLongestCertificates / 2; // as the engine's Pull

// A registry's name has colons and may have brackets, which an INI file's group may not.
static QString groupOf(const QString& registry) {
    return QStringLiteral("registries/") + QString::fromLatin1(QUrl::toPercentEncoding(registry));
}

RegistryChoices RegistryChoices::load(const QString& registry) {
    QSettings settings;
    settings.beginGroup(groupOf(registry));
    return {settings.value(QStringLiteral("account")).toString(),
            settings.value(QStringLiteral("insecure")).toBool(),
            settings.value(QStringLiteral("certificateFile")).toString(),
            settings.value(QStringLiteral("mirrors")).toStringList()};
}

void RegistryChoices::save(const QString& registry) const {
    QSettings settings;
    settings.beginGroup(groupOf(registry));
    const auto keep = [&](const char* name, const QVariant& value, bool isDefault) {
        if (isDefault)
            settings.remove(QLatin1String(name));
        else
            settings.setValue(QLatin1String(name), value);
    };
    keep("account", account, account.isEmpty());
    keep("insecure", insecure, !insecure);
    keep("certificateFile", certificateFile, certificateFile.isEmpty());
    keep("mirrors", mirrors, mirrors.isEmpty());
}

Result<RegistryAccess> RegistryChoices::access() const {
    RegistryAccess access;
    access.insecure = insecure;
    if (!certificateFile.isEmpty()) {
        TRY_ASSIGN(access.certificates, readFile(certificateFile.toStdString(), kLongestFile));
        if (access.certificates.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        QCoreApplication::translate("escale::gui::RegistryChoices",
                                                    "%1 holds no certificate in the PEM format.")
                            .arg(certificateFile)
                            .toStdString());
    }
    for (const QString& location : mirrors) {
        TRY_ASSIGN(RegistryMirror mirror, RegistryMirror::parse(location.toStdString()));
        access.mirrors.push_back(std::move(mirror));
    }
    return access;
}

} // namespace escale::gui
