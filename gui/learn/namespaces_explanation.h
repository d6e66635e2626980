// What the namespaces page says of what is chosen in it: of a namespace its meaning, who is in it and what it
// holds now. Pure.
#pragma once

#include "gui/learn/namespaces_model.h"

namespace escale::gui {

/// What was read of one container, as far as it was asked for.
struct NamespaceContent {
    QString container; // whose; empty: nothing was read
    const dbus::NamespaceFacts* facts = nullptr;
    const dbus::MountList* mounts = nullptr;
};

/// `id`: a box of namespaces_view.h; empty: the whole view.
QString namespacesExplanation(const QString& id, const NamespacesModel& model,
                              const NamespaceContent& content);

/// Whether the explanation of that box wants facts, or mounts, of the container that it is of (which is
/// answered; empty: of none).
struct WantedContent {
    QString container;
    bool facts = false, mounts = false;
};
WantedContent wantedContent(const QString& id);

} // namespace escale::gui
