#include "helper/docker-api/bus/wakeup.h"

#include <sys/eventfd.h>

#include <string>

namespace escale::docker_api {

Result<Wakeup> Wakeup::create(const char* what) {
    UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event)
        return failErrno(std::string("cannot wait for ") + what);
    return Wakeup(std::move(event));
}

void Wakeup::wake() const {
    (void)::eventfd_write(m_event.get(), 1); // never full
}

void Wakeup::clear() const {
    eventfd_t count = 0;
    (void)::eventfd_read(m_event.get(), &count); // EAGAIN: nothing was said
}

} // namespace escale::docker_api
