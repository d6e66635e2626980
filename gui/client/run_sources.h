// What a container gets of this machine's files: folders and files that are mounted in it, and secrets. They
// are opened here, with this person's rights: the engine gets descriptors, and opens no path for anybody.
#pragma once

#include "engine/base/result.h"
#include "gui/client/run_request.h"

namespace escale::gui {

/// A secret of a request's option "secrets", which holds "FILE:TARGET" here, and descriptors on the bus.
struct SecretSource {
    QString file, target;
};
SecretSource secretSource(const QString& text);

/// Nothing of it has to be opened.
bool needsNoSources(const RunRequest& request);
/// The request as the bus takes it, with "bind-sources" and the secrets' descriptors. A source that is
/// missing is made when its mount says so. Blocks on the disk: not on the GUI thread. NotFound,
/// PermissionDenied, with the path.
Result<RunRequest> withSources(RunRequest request);

} // namespace escale::gui
