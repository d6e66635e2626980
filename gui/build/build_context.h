// What the editor must know of the folder that a build takes files from. Reads the disk: for worker threads.
#pragma once

#include "engine/base/result.h"
#include "engine/build/lint/lint.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

/// The file that says what stays out: "NAME.dockerignore" beside the Dockerfile goes before .dockerignore in
/// the folder; nothing when there is neither, or it says nonsense.
std::optional<IgnoreFile> findIgnoreFile(const QString& contextFolder, const QString& dockerfile);

/// .hadolint.yaml and its other names, in the Dockerfile's folder or else the context's. Default settings
/// when there is none. InvalidArgument: the file says nonsense; the message begins with its name.
Result<LintSettings> findLintSettings(const QString& contextFolder, const QString& dockerfile);

/// What is known of the folder: nothing without one. `file`: whose sources are looked for.
LintContext readLintContext(const QString& contextFolder, const QString& dockerfile, const Dockerfile& file);

/// Names in `folder` below the context that COPY could take, folders with "/" at their end, sorted; at most
/// `most`. Ignored ones are left out.
QStringList listContextFolder(const QString& contextFolder, const QString& folder, const IgnoreFile& ignored,
                              int most);

} // namespace escale::gui
