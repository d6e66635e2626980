// Cgroup::watchOom: cgroup-v2.rst ("memory.events" is told by inotify(7)); cgroup-v1/memory.rst, "OOM
// Control".
#include "engine/base/file.h"
#include "engine/cgroup/cgroup.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

namespace escale {
namespace {

Result<UniqueFd> watchV1(const std::string& directory) {
    UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event)
        return failErrno("cannot make an event descriptor");
    TRY_ASSIGN(const auto control, openFile(directory + "/memory.oom_control", O_RDONLY));
    TRY(writeExisting(directory + "/cgroup.event_control",
                      std::to_string(event.get()) + " " + std::to_string(control.get())));
    return event;
}

Result<UniqueFd> watchV2(const std::string& directory) {
    UniqueFd watch(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string file = directory + "/memory.events";
    if (!watch || ::inotify_add_watch(watch.get(), file.c_str(), IN_MODIFY) < 0)
        return failErrno("cannot watch " + file);
    return watch;
}

} // namespace

Result<UniqueFd> Cgroup::watchOom() const {
    const auto* memory = m_layout.find("memory");
    if (memory == nullptr)
        return UniqueFd();
    return memory->version == 2 ? watchV2(directory(*memory)) : watchV1(directory(*memory));
}

} // namespace escale
