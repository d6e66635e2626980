// What Commit changes in the new image's settings, checked.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container_image.h"

#include <QVariantMap>

#include <string>

namespace escale {

/// "changes" (image_changes.h), and over them the options "command", "entrypoint", "environment", "labels",
/// "user", "workdir", "stop-signal" and "exposed-ports" over what the settings hold; environment, labels and
/// ports are added to them.
Result<void> applyCommitOptions(const QVariantMap& given, ImageConfig& settings);
/// "author" and "comment": a line each, at most 4096 bytes.
Result<std::string> commitText(const QVariantMap& options, const char* key);

} // namespace escale
