#include "engine/runtime/lifecycle/seccomp_listener.h"

#include "engine/runtime/lifecycle/unix_socket.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/plan/seccomp.h"

namespace escale {

Result<SeccompListener> connectListener(const spec::Spec& spec, const SavedState& container,
                                        ContainerStatus status) {
    if (!spec.seccomp)
        return SeccompListener();
    TRY_ASSIGN(const bool needed, needsListener(*spec.seccomp));
    if (!needed)
        return SeccompListener();
    SeccompListener listener;
    TRY_ASSIGN(listener.socket, connectUnix(spec.seccomp->listenerPath, "seccomp listener"));
    Json json;
    // The version in the specification's own example, and what crun says: agents compare with it.
    json.set("ociVersion", "0.2.0").set("fds", Json::strings({"seccompFd"})).set("pid", kPidPlaceholder);
    json.set("metadata", spec.seccomp->listenerMetadata);
    json.set("state", stateDocument(container, status,
                                    status == ContainerStatus::Running ? container.pid : kPidPlaceholder));
    listener.state = json.dump();
    return listener;
}

} // namespace escale
