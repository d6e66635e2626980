// A project as it is, by the labels on containers, networks and volumes; also of one that others have made.
#pragma once

#include "engine/container/containers.h"
#include "engine/stack/stack_plan.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace escale {

/// `stack`, where there is one: its networks and volumes are looked for by name, too.
Result<Observed> observe(Containers& containers, uid_t owner, const std::string& project,
                         const Stack* stack = nullptr);
/// Of a container that has the labels of a service; nothing when it has not. Its networks are left out.
std::optional<ObservedContainer> observedOf(const Container& container);
/// "db:service_healthy:false,cache:service_started:true"
std::string dependsOnText(const std::vector<StackDependency>& dependencies);
std::vector<StackDependency> dependenciesOf(const std::string& text);
/// The label kPreStop. What cannot be read is left out.
std::string hooksText(const std::vector<StackHook>& hooks);
std::vector<StackHook> hooksOf(const std::string& text);

} // namespace escale
