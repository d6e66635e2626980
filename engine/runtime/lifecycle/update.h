// `update`: other limits for a container that lives (runc's and crun's command).
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <string>

namespace escale {

/// `resources` is linux.resources; what it does not name stays. A value that is refused leaves all as it was:
/// InvalidArgument, Unsupported (the machine lacks it), WrongState (the container has ended).
Result<void> updateContainer(const std::string& root, const std::string& id, const Json& resources);

} // namespace escale
