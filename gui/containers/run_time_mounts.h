// What the engine mounts over a container's own files when it starts (engine/container/oci_mounts.cpp): the
// container sees that, and whoever reads its file system sees what lies below. Pure.
#pragma once

#include <QSet>
#include <QStringList>
#include <QVariantMap>

namespace escale::gui {

/// Absolute paths, of a container with these options.
QStringList runTimeMounts(const QVariantMap& options);
/// The names of those in a folder.
QSet<QString> mountsIn(const QStringList& mounts, const QString& folder);
/// A folder is one of them, or below one.
bool isBelowMount(const QStringList& mounts, const QString& folder);

} // namespace escale::gui
