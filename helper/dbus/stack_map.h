// A Stack on the bus, for both ends of it. How images are built is beside (dbus::StackBuild): its options are
// Builds.Build's. No bounds here: root checks what it gets (helper/validation/stack_options.h).
#pragma once

#include "engine/stack/stack.h"
#include "helper/dbus/types.h"

namespace escale {

QString pullPolicyName(PullPolicy policy);
std::optional<PullPolicy> pullPolicyOf(const QString& name);

/// Services with a build get a dbus::StackBuild without options.
dbus::Stack stackToBus(const Stack& stack);
/// InvalidArgument for a word that is none of a condition or a pull policy, and for more than one build.
Result<Stack> stackFromBus(const dbus::Stack& stack);

} // namespace escale
