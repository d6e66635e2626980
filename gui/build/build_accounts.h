// Who one is at the registries that a build pulls its base images from. GUI thread.
#pragma once

#include "gui/build/build_model.h"
#include "gui/client/call.h"

#include <QVariantMap>

namespace escale::gui {

class RegistryAccounts;

/// Of the images that a build begins with or takes files of, but for its own stages.
QStringList registriesOf(const QList<ShownStage>& stages);
/// "accounts" and "insecure-registries" of Builds.Build. A registry whose account cannot be had is left out:
/// its images may be here already, or be anybody's.
void findBuildAccounts(RegistryAccounts& accounts, const QStringList& registries, QObject* guard,
                       std::function<void(const QVariantMap& options)> answer);

} // namespace escale::gui
