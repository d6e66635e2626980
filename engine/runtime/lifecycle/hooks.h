// Hooks that the runtime runs in its own namespaces: prestart, createRuntime, poststart and poststop
// (config.md#posix-platform-hooks). Those of the container are steps of the child (child/hook_step.cpp).
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/runtime/child/protocol.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/spec/spec.h"

namespace escale {

/// One after the other; the first that fails ends it. A hook begins in the bundle, reads `state` from its
/// standard input, and writes where we write, or into the files that the annotations run.oci.hooks.stdout and
/// run.oci.hooks.stderr name. Timeout when it is not done in its time: it is killed then.
Result<void> runHooks(const char* point, const std::vector<spec::Hook>& hooks, const Json& state);
/// All of them, when the container is gone; a failure is a warning.
void runPoststop(const spec::Hooks& hooks, const SavedState& state);
/// Why the child's hook failed.
Error hookError(const char* point, const std::vector<spec::Hook>& hooks, const child::Report& report);

} // namespace escale
