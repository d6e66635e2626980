// Which of a person's containers belong to which stack: what their labels say (engine/stack/stack_labels.h).
#pragma once

#include "engine/container/containers.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace escale {

struct StackMember {
    Container container;
    std::string project, service;
    unsigned number = 0;
    bool oneOff = false;
};

/// Of all projects, those first that were made first.
Result<std::vector<StackMember>> stackMembers(Containers& containers, uid_t owner);
/// Of one; NotFound when it has none. `services` empty: all; NotFound names one that has none.
Result<std::vector<StackMember>> stackMembers(Containers& containers, uid_t owner, const std::string& project,
                                              const std::set<std::string>& services = {});
/// The one with that number, 0: the first that runs. NotFound, WrongState.
Result<StackMember> stackMember(Containers& containers, uid_t owner, const std::string& project,
                                const std::string& service, unsigned number);

} // namespace escale
