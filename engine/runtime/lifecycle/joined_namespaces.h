// Namespaces that exist already (linux.namespaces with a path), opened and checked before anything is made.
//
// We enter them around the clone, so that the container's first process is born in them, and go back. Not so
// a user namespace, out of which nobody comes back, and with it the pid namespace: a process between does
// (user_entry.h). A cgroup namespace the child enters itself, once it is in its cgroup.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/spec.h"

#include <utility>
#include <vector>

namespace escale {

class JoinedNamespaces {
public:
    /// NotFound or PermissionDenied for a path, InvalidArgument when it is a namespace of another kind, or
    /// the host's own and a sysctl would be written in it. Takes the mappings of a user namespace into
    /// `spec`: whatever stands there is another namespace's.
    static Result<JoinedNamespaces> open(spec::Spec& spec);

    /// -1 when none of that kind is joined.
    [[nodiscard]] int file(int flag) const;

    /// While it lives, children are born in the namespaces.
    class Visit {
    public:
        Visit() = default;
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;
        ~Visit();
        Result<void> enter(const JoinedNamespaces& joined);

    private:
        std::vector<std::pair<UniqueFd, int>> m_own;
    };

private:
    struct Joined {
        spec::Namespace wanted;
        UniqueFd other;
    };
    std::vector<Joined> m_all;
};

} // namespace escale
