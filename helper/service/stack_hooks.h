// Commands that run in a container after its start and before its stop.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/container/containers.h"
#include "engine/stack/stack.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

/// One after the other, to its end. The error has the last lines that it wrote. Cancelled: it runs on.
Result<void> runHooks(Containers& containers, uid_t owner, const std::string& container,
                      const std::vector<StackHook>& hooks, const Cancellation& cancellation);

} // namespace escale
