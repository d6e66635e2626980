// Changes to an image's settings as people write them for `docker commit --change` and `docker import
// --change`: instructions of a Dockerfile.
#pragma once

#include "engine/base/result.h"

#include <QStringList>
#include <QVariantMap>

namespace escale {

/// CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER and WORKDIR as the options that
/// applyCommitOptions() takes and checks. InvalidArgument: another instruction, or a malformed one.
Result<QVariantMap> parseImageChanges(const QStringList& changes);

} // namespace escale
