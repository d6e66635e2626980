// The arguments of callers, checked by small pure functions before anything is done with them. The engine's
// modules check again what they must rely on; here every text gets its limits, so that no caller can make
// root work without bounds.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"
#include "helper/worker/load.h"
#include "helper/worker/pull.h"
#include "helper/worker/push.h"

#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>
#include <sys/types.h>
#include <utility>

namespace escale {

/// In quotation marks, for an error: at most 80 characters of it.
std::string quoted(const QString& text);

/// An image reference as far as root looks at it: 1 to 512 characters of [A-Za-z0-9._:/@-], an "@" only
/// before a digest (so that no "user:password@host" is taken, shown and logged). The fetch worker parses it.
Result<std::string> checkReference(const QString& text);
/// "linux/arm64/v8"; empty for this machine's.
Result<std::string> checkPlatform(const QString& text);
/// A container's id, the beginning of one, or a name.
Result<std::string> checkContainerId(const QString& text);
/// At most `most` of them.
Result<std::vector<std::string>> checkContainerIds(const QStringList& texts, int most);
/// At most 4096 words, 128 KiB together; `what` is named in the error.
Result<std::vector<std::string>> boundedWords(const QStringList& words, const char* what);
/// As execve(2) takes it: at most 4096 words, 128 KiB together.
Result<std::vector<std::string>> checkCommand(const QStringList& words);
/// "NAME=value" each; the limits of checkCommand.
Result<std::vector<std::string>> checkEnvironment(const QStringList& variables);

/// A path in a container: absolute, at most 4095 bytes.
Result<std::string> checkPathInside(const QString& text);
/// The name of an archive's first entry: one component, at most 255 bytes; empty: none was given.
Result<std::string> checkEntryName(const QString& text);
/// The options "user" and "group" of CopyIn, both or none.
Result<std::optional<std::pair<uid_t, gid_t>>> copiedOwner(const QVariantMap& options);

Result<PullRequest> pullRequest(uid_t owner, const QString& reference, const QVariantMap& options);
/// The options of Load; without its input.
Result<LoadRequest> loadRequest(uid_t owner, const QVariantMap& options);
Result<PushRequest> pushRequest(uid_t owner, const QString& image, const QVariantMap& options);
Result<ContainerOptions> containerOptions(const QString& image, const QStringList& command,
                                          const QVariantMap& options);
/// The option "timeout" of Stop; nullopt when absent.
Result<std::optional<unsigned>> stopTimeout(const QVariantMap& options);

} // namespace escale
