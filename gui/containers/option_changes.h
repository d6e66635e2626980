// What differs between a container as it is and as a form says it should be: per option, and whether it can
// be changed while it runs (Containers.Update, Containers.Rename) or needs a new container. Pure.
#pragma once

#include "gui/client/run_request.h"

#include <QList>

namespace escale::gui {

struct ContainerDetails;

/// The request that made this container, as far as the engine tells.
RunRequest requestOf(const ContainerDetails& details);

struct OptionChange {
    QString key;           // of dockerOptions(), or "image" or "command"
    QString before, after; // as a person types it; empty: not set
    bool live = false;
};
/// In the order of dockerOptions().
QList<OptionChange> optionChanges(const RunRequest& before, const RunRequest& after);

/// Those that Containers.Update takes; one that is no longer set gets the engine's default.
QVariantMap updateOptions(const QList<OptionChange>& changes, const RunRequest& after);

/// What holds for these options of Containers.Update: what is set, else the engine's default.
QVariantMap inForce(const QVariantMap& options, const QStringList& keys);

/// The same as docker commands: update, rename; nothing when there is nothing to do.
QStringList dockerUpdateLines(const QList<OptionChange>& changes, const RunRequest& after,
                              const QString& name);

} // namespace escale::gui
