// What callers say of volumes, checked before the engine gets it.
#pragma once

#include "engine/volume/volumes.h"

#include <QString>
#include <QVariantMap>

namespace escale {

/// A volume's name, which must be there. What it may hold is the engine's to say.
Result<std::string> checkVolumeName(const QString& text);
/// The name and the options of Create, Check and TestConnection (the gate has seen to names and types), of
/// bounded length.
Result<VolumeRequest> volumeRequest(const QString& name, const QVariantMap& options);
/// There is one driver, "local".
Result<void> checkVolumeDriver(const QVariantMap& options);

struct VolumePrune {
    bool all = false; // or the anonymous ones
    std::int64_t until = 0;
    std::vector<std::string> labels;
};
Result<VolumePrune> volumePrune(const QVariantMap& options);

} // namespace escale
