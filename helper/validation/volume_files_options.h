// What callers say of volumes' files, checked before a worker gets it.
#pragma once

#include "engine/volume/volumes.h"
#include "helper/worker/files_worker.h"

#include <QStringList>
#include <QVariantMap>

namespace escale {

/// Of Measure, at most 4096; some at least.
Result<std::vector<std::string>> checkVolumeNames(const QStringList& names);
/// Of RemoveFiles, at most 4096, 1 MiB together.
Result<std::vector<std::string>> checkPathsInside(const QStringList& paths);
/// Of SearchFiles: 1 to 255 bytes.
Result<std::string> checkSearchText(const QString& text);
/// The options of SetAttributes: one of them at least.
Result<AttributeChange> attributeChange(const QVariantMap& options);
/// Of Backup; zstd when nothing is said.
Result<LayerCompression> backupCompression(const QVariantMap& options);
/// Of Restore: a local volume of this name.
Result<VolumeRequest> restoredVolume(const std::string& name, const QVariantMap& options);

} // namespace escale
