// The eight kinds of namespaces in words and colours: one hue, one name, one sentence each, here and nowhere
// else.
#pragma once

#include "engine/inspect/namespace_type.h"

#include <QString>

namespace escale::gui {

/// "mnt", as in /proc/PID/ns: what its chips are called.
QString namespaceFile(NamespaceType type);
/// "Mounts".
QString namespaceName(NamespaceType type);
/// What is its own in such a namespace, one sentence.
QString namespaceMeaning(NamespaceType type);
/// What follows when two share one, one sentence.
QString namespaceSharing(NamespaceType type);
/// "mount_namespaces(7)".
QString namespaceManPage(NamespaceType type);
/// Degrees of the colour circle.
int namespaceHue(NamespaceType type);

} // namespace escale::gui
