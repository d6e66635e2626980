// How an action on containers is undone, and until when: what is honest to undo has a way back, what destroys
// something has none. No widget.
#pragma once

#include "gui/containers/bulk_action.h"
#include "gui/containers/container_actions.h"

namespace escale::gui {

struct ContainerDetails;

struct WayBack {
    QString what; // "stop web"
    QString told; // "“web” was stopped."
    QList<BulkTarget> targets;
    /// Why the action can no longer be undone on a container, as it is now; empty: it can. Called for every
    /// state that a container takes after the action.
    std::function<QString(const dbus::Container& now)> obstacle;
    BulkAction::Act act;
    /// The same as `obstacle`, for what only Inspect tells; asked when a container's limits were changed. May
    /// be empty.
    std::function<QString(const ContainerDetails& now)> limitsObstacle;
};

/// From Start, Stop, Pause and Unpause of these containers, as they were before. Those that cannot be brought
/// back (removed when they stop) are left out; nothing when none is left, or for other kinds.
std::optional<WayBack> wayBackFrom(ContainerActions::Kind kind, const QList<dbus::Container>& before,
                                   EngineClient& client);
/// From a rename, with the old name.
WayBack wayBackFromRename(const QString& id, const QString& before, const QString& after,
                          EngineClient& client);
/// From Containers.Update with these options, to what was in force before.
WayBack wayBackFromUpdate(const ContainerDetails& before, const QVariantMap& options, EngineClient& client);

/// An action of the engine that ends when its job does.
BulkAction::Act jobAct(EngineClient& client,
                       void (EngineClient::*method)(const QString&, QObject*, Answer<Job*>));
/// One that answers when it is done.
BulkAction::Act plainAct(EngineClient& client,
                         void (EngineClient::*method)(const QString&, QObject*, Answer<>));

} // namespace escale::gui
