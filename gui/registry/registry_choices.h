// What a person has chosen for one registry, in ~/.config/escale; no secret is in it.
#pragma once

#include "engine/registry/registry_settings.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

struct RegistryChoices {
    QString account;         // whose password the keyring has; empty: nobody is logged in
    bool insecure = false;   // no HTTPS, or an unverified certificate
    QString certificateFile; // PEM, of an authority of its own
    QStringList mirrors;     // "host:port/folder"

    static RegistryChoices load(const QString& registry);
    void save(const QString& registry) const;

    /// For a client or a pull; reads the certificate's file. Errors name what is wrong.
    [[nodiscard]] Result<RegistryAccess> access() const;
};

} // namespace escale::gui
