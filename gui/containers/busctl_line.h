// A call to the engine as a line of systemd's busctl, which sends the same. Pure.
#pragma once

#include <QString>
#include <QVariantList>

namespace escale::gui {

/// "busctl call org.escale.Engine1 /org/escale/Engine1 … Stop 'sa{sv}' web 0", quoted for a shell. An open
/// file cannot be handed over by busctl: such a call is told as a comment.
QString busctlLine(const QString& interface, const QString& method, const QVariantList& arguments);

} // namespace escale::gui
